import { apiName } from '../compile/names.ts';
import type { Finding } from '../finding.ts';
import type { ClosedWonRule, Handshake, OpportunityType, Promotion, Stage, Waterfall } from '../model/waterfall.ts';
import type { Snapshot } from '../org/snapshot.ts';
import type { Mapping } from './mapping.ts';

/** Names that may be deployed as they are; anything else is percent-encoded by the platform in some places and not in others. */
const PLAIN = /^[A-Za-z0-9]+( [A-Za-z0-9]+)*$/;

/**
 * The model in the org's own words: adopted record types and stages take the org's names (and stages its probability), so that
 * everything compiled from it refers to them. Pure; an impossible adoption is a finding and is left out.
 */
export function adopt(
  waterfall: Waterfall,
  mapping: Mapping,
  snapshot: Pick<Snapshot, 'recordTypes' | 'stages'>,
): { readonly waterfall: Waterfall; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const labels = recordTypeLabels(waterfall, mapping, snapshot, findings);
  const stages = stageNames(waterfall, mapping, snapshot, findings);
  const named = (name: string): string => stages.get(name)?.name ?? name;
  return {
    findings,
    waterfall: {
      ...waterfall,
      opportunityTypes: waterfall.opportunityTypes.map((type): OpportunityType => ({
        ...type,
        label: labels.get(type.key) ?? type.label,
        creation: { ...type.creation, stage: named(type.creation.stage) },
        stages: type.stages.map((stage): Stage => ({ ...stage, ...stages.get(stage.name) })),
      })),
      promotions: waterfall.promotions.map((rule): Promotion => ({
        ...rule,
        from: named(rule.from),
        to: named(rule.to),
      })),
      handshakes: waterfall.handshakes.map((rule): Handshake => ({
        ...rule,
        stage: named(rule.stage),
        onReject: { ...rule.onReject, stage: named(rule.onReject.stage) },
      })),
      closedWon: waterfall.closedWon.map((rule): ClosedWonRule => ({ ...rule, stage: named(rule.stage) })),
    },
  };
}

const problem = (code: string, message: string, place: string, action: string): Finding => ({
  severity: 'error',
  code,
  message,
  place,
  action,
});

function recordTypeLabels(
  waterfall: Waterfall,
  mapping: Mapping,
  snapshot: Pick<Snapshot, 'recordTypes'>,
  findings: Finding[],
): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { recordType, is } of mapping.recordTypes.filter(({ adopt: wanted }) => wanted)) {
    const place = `mapping recordTypes ${recordType}`;
    const present = snapshot.recordTypes.find(({ developerName }) => developerName === recordType);
    if (!waterfall.opportunityTypes.some(({ key }) => key === is)) {
      const keys = waterfall.opportunityTypes.map(({ key }) => key).join(', ');
      findings.push(
        problem('MAPPING_TYPE_UNKNOWN', `The model has no opportunity type ${is}.`, place, `Use one of ${keys}.`),
      );
    } else if (!present) {
      findings.push(
        problem(
          'MAPPING_RECORD_TYPE_UNKNOWN',
          `The org has no record type ${recordType} on Opportunity.`,
          place,
          'Correct its developer name or remove the entry.',
        ),
      );
    } else if (labels.has(is)) {
      findings.push(
        problem(
          'MAPPING_TYPE_TWICE',
          `Two record types are adopted as ${is}.`,
          place,
          'Set adopt to false for all but one of them.',
        ),
      );
    } else {
      // Names are made from the label; where the org's label would give another name, its developer name stands in.
      labels.set(is, apiName(present.name) === recordType ? present.name : recordType);
    }
  }
  return labels;
}

function stageNames(
  waterfall: Waterfall,
  mapping: Mapping,
  snapshot: Pick<Snapshot, 'stages'>,
  findings: Finding[],
): ReadonlyMap<string, Pick<Stage, 'name' | 'probability'>> {
  const ours = new Map(waterfall.opportunityTypes.flatMap(({ stages }) => stages).map((stage) => [stage.name, stage]));
  const names = new Map<string, Pick<Stage, 'name' | 'probability'>>();
  for (const { stage, is } of mapping.stages.filter((entry) => entry.adopt && entry.stage !== entry.is)) {
    const place = `mapping stages ${stage}`;
    const [present, wanted] = [snapshot.stages.find(({ name }) => name === stage), ours.get(is)];
    if (!wanted)
      findings.push(
        problem(
          'MAPPING_STAGE_UNKNOWN',
          `The model has no stage ${is}.`,
          place,
          `Use one of ${[...ours.keys()].join(', ')}.`,
        ),
      );
    else if (!present)
      findings.push(
        problem(
          'MAPPING_STAGE_UNKNOWN',
          `The org has no stage ${stage}.`,
          place,
          'Correct the name or remove the entry.',
        ),
      );
    else if (!PLAIN.test(stage))
      findings.push(
        problem(
          'MAPPING_STAGE_NAME',
          `The stage ${stage} has characters that field names cannot carry.`,
          place,
          'Set adopt to false: the stage stays, and ours is added beside it.',
        ),
      );
    else if (ours.has(stage) || names.has(is))
      findings.push(
        problem(
          'MAPPING_STAGE_TWICE',
          `Adopting ${stage} as ${is} would name two stages alike.`,
          place,
          'Set adopt to false for one of them.',
        ),
      );
    else if (present.won !== (wanted.outcome === 'won') || present.closed !== (wanted.outcome !== 'open')) {
      findings.push(
        problem(
          'MAPPING_STAGE_OUTCOME',
          `${stage} and ${is} do not end an opportunity alike.`,
          place,
          'Map stages of the same outcome (open, won, lost).',
        ),
      );
    } else names.set(is, { name: stage, probability: present.probability });
  }
  return names;
}
