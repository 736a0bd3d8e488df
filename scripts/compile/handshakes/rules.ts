import type { Component } from '../../metadata/component.ts';
import type { Handshake, Waterfall } from '../../model/waterfall.ts';
import { and, isOfType, not, notBypassed, or, stageIs, stageWas } from '../formulas.ts';
import { stagesAhead } from '../leave-stage-rules.ts';
import { FIELD, HANDSHAKE, HANDSHAKE_FIELD, apiName } from '../names.ts';
import { oneOf } from '../text.ts';
import { validationRule } from '../validation-rule.ts';
import { SOURCE } from './object.ts';
import { OUTCOME } from './outcomes.ts';

const { comment, opportunity, outcome, reason, rule, stage } = HANDSHAKE_FIELD;

const is = (field: string, value: string): string => `ISPICKVAL(${field}, "${value}")`;
const was = (field: string, value: string): string => `ISPICKVAL(PRIORVALUE(${field}), "${value}")`;

const allowedReasons = ({ handshakes }: Waterfall): readonly string[] => {
  const groups = Map.groupBy(handshakes, ({ onReject }) => JSON.stringify(onReject.reasons));
  return [...groups].map(([reasons, group]) => {
    const named = or(...(JSON.parse(reasons) as string[]).map((each) => is(reason, each)));
    return groups.size === 1
      ? named
      : and(or(...group.map(({ name }) => `${rule} = "${name.replaceAll(/["\\]/g, '\\$&')}"`)), named);
  });
};

const onHandshake = (waterfall: Waterfall): readonly Component[] => [
  validationRule({
    object: HANDSHAKE,
    name: 'Waterfall_Answered_Once',
    description: 'An answer stands: only a pending handshake is answered. Off under the bypass permission.',
    errorWhen: and(
      notBypassed,
      not('ISNEW()'),
      not(was(outcome, OUTCOME.pending)),
      or(`ISCHANGED(${outcome})`, `ISCHANGED(${reason})`, `ISCHANGED(${comment})`),
    ),
    showAt: outcome,
    message:
      'This handshake has been answered; an answer is not changed. Talk to the other side, or move the opportunity.',
    source: SOURCE,
  }),
  validationRule({
    object: HANDSHAKE,
    name: 'Waterfall_Rejection_Reason',
    description: 'A rejection names one of the reasons that the model has for it. Off under the bypass permission.',
    errorWhen: and(
      notBypassed,
      is(outcome, OUTCOME.rejected),
      or('ISNEW()', `ISCHANGED(${outcome})`),
      not(or(...allowedReasons(waterfall))),
    ),
    showAt: reason,
    message: `Give the reason for rejecting it: ${oneOf([...new Set(waterfall.handshakes.flatMap(({ onReject }) => onReject.reasons))])}.`,
    source: SOURCE,
  }),
  validationRule({
    object: HANDSHAKE,
    name: 'Waterfall_Withdrawal',
    description:
      'A handshake is withdrawn by moving the opportunity out of the stage, which is what the flow waits for. Off under the bypass permission.',
    errorWhen: and(
      notBypassed,
      is(outcome, OUTCOME.withdrawn),
      `ISCHANGED(${outcome})`,
      `TEXT(${opportunity.replace(/__c$/, '__r')}.StageName) = ${stage}`,
    ),
    showAt: outcome,
    message: 'Accept it or reject it. To withdraw a hand-over, move the opportunity back to an earlier stage.',
    source: SOURCE,
  }),
];

/** Back, lost and detours stay open: then the hand-over is withdrawn. */
const noMovingOn = (waterfall: Waterfall, handshake: Handshake): readonly Component[] => {
  const type = waterfall.opportunityTypes.find(({ key }) => key === handshake.opportunityType);
  const from = type?.stages.find(({ name }) => name === handshake.stage);
  const ahead = type && from ? stagesAhead(type, from) : [];
  if (!type || !from || ahead.length === 0) return [];
  const receiver =
    waterfall.revenueFunctions.find(({ key }) => key === handshake.receiver)?.label ?? handshake.receiver;
  return [
    validationRule({
      name: `Waterfall_Handshake_${apiName(type.label)}_${apiName(from.name)}`,
      description: `Keeps a ${type.label} in ${from.name} until ${receiver} has accepted. Off under the bypass permission.`,
      errorWhen: and(
        notBypassed,
        isOfType(waterfall, type),
        'ISCHANGED(StageName)',
        stageWas(from.name),
        was(FIELD.handshakeStatus, OUTCOME.pending),
        or(...ahead.map(({ name }) => stageIs(name))),
      ),
      showAt: 'StageName',
      message: `${receiver} has not accepted this opportunity yet. It can move on from ${from.name} once the pending handshake is accepted.`,
      source: handshake.source,
    }),
  ];
};

/** One rule per stage that is handed over; two handshakes for one stage (of two givers) share it. */
const onOpportunity = (waterfall: Waterfall): readonly Component[] => {
  const stages = new Map(waterfall.handshakes.map((each) => [`${each.opportunityType}.${each.stage}`, each]));
  return [...stages.values()].flatMap((each) => noMovingOn(waterfall, each));
};

export const compileHandshakeRules = (waterfall: Waterfall): readonly Component[] =>
  waterfall.handshakes.length === 0 ? [] : [...onHandshake(waterfall), ...onOpportunity(waterfall)];
