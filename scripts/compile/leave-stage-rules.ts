import { allStages, type OpportunityType, type Stage, type Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { and, isMissing, isOfType, notBypassed, or, stageIs, stageWas } from './formulas.ts';
import { apiName } from './names.ts';
import { ANY_ORG } from './org-facts.ts';
import type { OrgFacts } from './org-facts.ts';
import { fieldLabel } from './standard-fields.ts';
import { validationRule } from './validation-rule.ts';

/**
 * The stages that count as forward of one: later open steps, and winning; from a detour, every open step. Losing and
 * going on a detour are ways out that need nothing.
 */
export const stagesAhead = (type: OpportunityType, from: Stage): readonly Stage[] => {
  const place = from.kind === 'detour' ? -1 : type.stages.findIndex(({ name }) => name === from.name);
  return type.stages.filter(
    ({ kind, outcome }, index) => outcome === 'won' || (kind === 'step' && outcome === 'open' && index > place),
  );
};

const forwardMove = (waterfall: Waterfall, stage: Stage): string | undefined => {
  const moves = waterfall.opportunityTypes
    .filter(({ stages }) => stage.outcome === 'open' && stages.some(({ name }) => name === stage.name))
    .map((type) => ({ type, ahead: stagesAhead(type, stage) }))
    .filter(({ ahead }) => ahead.length > 0)
    .map(({ type, ahead }) => and(isOfType(waterfall, type), or(...ahead.map(({ name }) => stageIs(name)))));
  return moves.length === 0 ? undefined : or(...moves);
};

const rule = (stage: Stage, field: string, move: string, org: OrgFacts): Component =>
  validationRule({
    name: `Waterfall_${apiName(stage.name)}_${field.replace(/__c$/, '')}`,
    description: `Requires ${fieldLabel(field)} to move forward from ${stage.name}. Off under the bypass permission.`,
    errorWhen: and(notBypassed, 'ISCHANGED(StageName)', stageWas(stage.name), move, isMissing(field, org)),
    showAt: field,
    message: `Fill in ${fieldLabel(field)} before you move this opportunity forward from ${stage.name}.`,
    source: stage.source,
  });

/**
 * One rule for each field that a stage requires before it is left forward, so that the message stands at the field. A
 * stage that types share has one rule for all of them: the number of active rules per object is limited.
 */
export const compileLeaveStageRules = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): readonly Component[] =>
  allStages(waterfall).flatMap((stage) => {
    const move = forwardMove(waterfall, stage);
    return move === undefined ? [] : stage.requiredToLeave.map((field) => rule(stage, field, move, org));
  });
