import { recordTypeName, salesProcessName } from '../compile/names.ts';
import { allStages } from '../model/waterfall.ts';
import type { OpportunityType, Stage, Waterfall } from '../model/waterfall.ts';
import type { Snapshot, StageRow } from '../org/snapshot.ts';
import { textOf } from '../plan/element.ts';
import { EMPTY_MAPPING } from '../plan/mapping.ts';
import type { Mapping, RecordTypeMapping, StageMapping } from '../plan/mapping.ts';
import { STAGE_SYNONYMS, TYPE_SYNONYMS, likeness } from './synonyms.ts';

/** Below it a correspondence is a guess and is not drafted. */
const LEAST_CONFIDENCE = 0.45;

const rounded = (score: number): number => Math.round(score * 100) / 100;

/** Which of the org's stages and record types correspond to the model's, by name and by data. Adopts nothing: that is the admin's choice. */
export function draftMapping(waterfall: Waterfall, snapshot: Snapshot): Mapping {
  return {
    ...EMPTY_MAPPING,
    recordTypes: snapshot.recordTypes
      .filter(({ developerName }) => !isOurs(developerName, waterfall, snapshot))
      .flatMap(({ developerName, name }) => recordTypeOf(developerName, name, waterfall, snapshot)),
    // A stage of the same name is shared already: there is nothing to choose.
    stages: snapshot.stages
      .filter(({ active, name }) => active && !allStages(waterfall).some((ours) => ours.name === name))
      .flatMap((stage) => stageOf(stage, waterfall, snapshot)),
  };
}

/** Ours by name and by sales process; a record type of the org's own that only has the same name is still to be decided on. */
function isOurs(developerName: string, waterfall: Waterfall, { components }: Snapshot): boolean {
  const type = waterfall.opportunityTypes.find((each) => recordTypeName(each) === developerName);
  const process = components[`RecordType:Opportunity.${developerName}`]?.metadata['businessProcess'];
  return type !== undefined && process !== undefined && textOf(process) === salesProcessName(type);
}

interface Scored {
  readonly score: number;
  readonly reasons: readonly string[];
}

function best<T>(
  candidates: readonly T[],
  scoreOf: (candidate: T) => Scored,
): (Scored & { readonly candidate: T }) | null {
  const scored = candidates
    .map((candidate) => ({ candidate, ...scoreOf(candidate) }))
    .sort((a, b) => b.score - a.score);
  const [first] = scored;
  return first && first.score >= LEAST_CONFIDENCE ? first : null;
}

function stageOf(stage: StageRow, waterfall: Waterfall, snapshot: Snapshot): readonly StageMapping[] {
  const outcome = stage.won ? 'won' : stage.closed ? 'lost' : 'open';
  // How a stage ends an opportunity is never a matter of degree.
  const candidates = allStages(waterfall).filter((ours) => ours.outcome === outcome);
  const found = best(candidates, (ours) => stageScore(stage, ours, waterfall, snapshot));
  if (!found) return [];
  return [
    {
      stage: stage.name,
      is: found.candidate.name,
      adopt: false,
      confidence: rounded(found.score),
      reason: found.reasons.join('; '),
    },
  ];
}

function stageScore(theirs: StageRow, ours: Stage, waterfall: Waterfall, snapshot: Snapshot): Scored {
  const named = likeness(theirs.name, ours.name, STAGE_SYNONYMS);
  const near = 1 - Math.abs(theirs.probability - ours.probability) / 100;
  const place = 1 - Math.abs(position(theirs, snapshot) - positionOf(ours, waterfall));
  // A path without record types is nearly always the one by which customers are won, the model's first.
  const first = waterfall.opportunityTypes[0]?.stages.some(({ name }) => name === ours.name) ?? false;
  const reasons = [
    named === 1
      ? 'same name'
      : named >= 0.75
        ? 'usual synonym'
        : named > 0
          ? 'similar name'
          : 'by order and probability only',
    `probability ${theirs.probability} and ${ours.probability}`,
  ];
  return { score: named === 1 ? 1 : named * 0.6 + near * 0.15 + place * 0.15 + (first ? 0.1 : 0), reasons };
}

/** 0 at the start of the path, 1 at its end. */
function position(stage: StageRow, { stages }: Snapshot): number {
  const open = stages.filter(({ active, closed }) => active && !closed);
  const index = open.findIndex(({ name }) => name === stage.name);
  return index === -1 ? 1 : index / Math.max(1, open.length - 1);
}

function positionOf(stage: Stage, { opportunityTypes }: Waterfall): number {
  const type = opportunityTypes.find(({ stages }) => stages.some(({ name }) => name === stage.name));
  const open = (type?.stages ?? []).filter(({ outcome, kind }) => outcome === 'open' && kind === 'step');
  const index = open.findIndex(({ name }) => name === stage.name);
  return index === -1 ? 1 : index / Math.max(1, open.length - 1);
}

function recordTypeOf(
  developerName: string,
  name: string,
  waterfall: Waterfall,
  snapshot: Snapshot,
): readonly RecordTypeMapping[] {
  const found = best(waterfall.opportunityTypes, (type) => typeScore(developerName, name, type, snapshot));
  if (!found) return [];
  return [
    {
      recordType: developerName,
      is: found.candidate.key,
      adopt: false,
      confidence: rounded(found.score),
      reason: found.reasons.join('; '),
    },
  ];
}

function typeScore(developerName: string, name: string, type: OpportunityType, snapshot: Snapshot): Scored {
  const synonyms = [...(TYPE_SYNONYMS[type.key] ?? []), type.label, type.typeValue];
  const named = Math.max(...synonyms.flatMap((word) => [likeness(developerName, word, []), likeness(name, word, [])]));
  const rows = snapshot.counts.filter(({ recordType }) => recordType === developerName);
  const total = rows.reduce((sum, { count }) => sum + count, 0);
  const matching = rows
    .filter((row) => row.type !== null && synonyms.some((word) => likeness(row.type!, word, []) >= 0.8))
    .reduce((sum, { count }) => sum + count, 0);
  const share = total === 0 ? 0 : matching / total;
  const reasons = [
    named >= 0.8 ? 'its name' : 'no likeness in the name',
    total === 0 ? 'no records' : `Type of ${Math.round(share * 100)} % of its ${total} opportunities`,
  ];
  // A telling name is enough where the records say nothing, and the other way round.
  return {
    score: total === 0 ? named * 0.9 : Math.max(named * 0.35 + share * 0.65, named >= 0.8 ? named * 0.7 : 0),
    reasons,
  };
}
