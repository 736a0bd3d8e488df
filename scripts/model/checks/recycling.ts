import { allStages } from '../waterfall.ts';
import type { Stage, Waterfall } from '../waterfall.ts';
import { pathOf } from '../yaml-source.ts';
import { error, repeats } from './problem.ts';
import type { Check, Problem } from './problem.ts';

/** Places in which automation puts an opportunity into a stage without anybody there to give a reason. */
const automatedEntries = ({ opportunityTypes, promotions, closedWon }: Waterfall) => [
  ...opportunityTypes.map(({ creation, source }) => ({
    stage: creation.stage,
    path: [...pathOf(source), 'creation', 'stage'],
    what: 'Automation creates opportunities in it',
  })),
  ...promotions.map(({ to, source }) => ({
    stage: to,
    path: [...pathOf(source), 'to'],
    what: 'A promotion leads to it',
  })),
  ...closedWon.map(({ stage, source }) => ({
    stage,
    path: [...pathOf(source), 'stage'],
    what: 'A win creates opportunities in it',
  })),
];

const comesBack = (stage: Stage, { opportunityTypes }: Waterfall): readonly Problem[] => {
  const { comesBackTo } = stage;
  if (comesBackTo === null) return [];
  const path = [...pathOf(stage.source), 'comesBackTo'];
  if (stage.kind !== 'detour' || stage.outcome !== 'open') {
    return [
      error(
        'MODEL_COMES_BACK_FROM',
        path,
        `"${stage.name}" is ${stage.kind === 'detour' ? stage.outcome : 'a step'}: nothing comes back from it by itself.`,
        'Make it an open detour, or remove comesBackTo.',
      ),
    ];
  }
  return opportunityTypes
    .filter(({ stages }) => stages.some(({ name }) => name === stage.name))
    .flatMap(({ label, stages }) => {
      const target = stages.find(({ name }) => name === comesBackTo);
      if (target?.kind === 'step' && target.outcome === 'open' && target.reasons.length === 0) return [];
      const steps = stages.filter(
        ({ kind, outcome, reasons }) => kind === 'step' && outcome === 'open' && reasons.length === 0,
      );
      return [
        error(
          'MODEL_COMES_BACK_TO',
          path,
          target
            ? `"${comesBackTo}" is closed, a detour, or asks for a reason: a ${label} cannot come back there by itself.`
            : `${label} has no stage called "${comesBackTo}".`,
          `Name one of: ${steps.map(({ name }) => name).join(', ')}.`,
        ),
      ];
    });
};

/** Reasons and dates: given by people, so that no automation ends where they are asked for. */
export const checkRecycling: Check = (_raw, waterfall) => {
  const stages = allStages(waterfall);
  const asking = new Set(stages.filter(({ reasons }) => reasons.length > 0).map(({ name }) => name));
  const { lostRenewal } = waterfall;
  return [
    ...stages.flatMap((stage) => [
      ...comesBack(stage, waterfall),
      ...repeats(stage.reasons).map(({ index }) =>
        error(
          'MODEL_DUPLICATE_NAME',
          [...pathOf(stage.source), 'reasons', index],
          `The reason "${stage.reasons[index] ?? ''}" of "${stage.name}" is there twice.`,
          'Remove one of the two; letter case makes no difference.',
        ),
      ),
    ]),
    ...automatedEntries(waterfall)
      .filter(({ stage }) => asking.has(stage))
      .map(({ stage, path, what }) =>
        error(
          'MODEL_REASON_UNASKED',
          path,
          `"${stage}" asks for a reason. ${what}, and nobody is there to give one.`,
          'Name another stage, or remove the reasons of this one.',
        ),
      ),
    ...(lostRenewal && asking.has(lostRenewal.stage)
      ? stages
          .filter(
            ({ name, reasons }) =>
              name === lostRenewal.stage && !reasons.some((reason) => reason === lostRenewal.reason),
          )
          .map(({ name, reasons }) =>
            error(
              'MODEL_LOST_RENEWAL_REASON',
              ['lostRenewal', 'reason'],
              lostRenewal.reason === null
                ? `"${name}" asks for a reason, and what a lost renewal ends has none.`
                : `"${lostRenewal.reason}" is no reason of "${name}".`,
              `Name one of: ${reasons.join(', ')}.`,
            ),
          )
      : []),
  ];
};
