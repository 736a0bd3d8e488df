import type { OpportunityTypeKey, Stage, Waterfall } from '../waterfall.ts';
import type { Path } from '../yaml-source.ts';
import { error } from './problem.ts';
import type { Check, Problem } from './problem.ts';

/** Promotions and handshakes: every name is there, and they lead where they say. */
export const checkTransitions: Check = (_raw, waterfall) => [
  ...waterfall.promotions.flatMap((rule, index): readonly Problem[] => {
    const path = ['promotions', index];
    const stages = stagesOf(waterfall, rule.opportunityType);
    if (!stages) return [noType(rule.opportunityType, path)];
    const missing = [
      ...unknownStage(stages, rule.from, [...path, 'from']),
      ...unknownStage(stages, rule.to, [...path, 'to']),
    ];
    if (missing.length > 0) return missing;
    const position = (name: string): number => stages.findIndex((stage) => stage.name === name);
    const [from, to] = [stages[position(rule.from)], stages[position(rule.to)]];
    return [
      ...(from?.outcome !== 'open' || from.kind === 'detour'
        ? [
            error(
              'MODEL_PROMOTION_FROM',
              [...path, 'from'],
              `A promotion cannot start from "${rule.from}", which is closed or a detour.`,
              'Name an open step.',
            ),
          ]
        : []),
      ...(to?.outcome !== 'open' || to.kind === 'detour'
        ? [
            error(
              'MODEL_PROMOTION_TO',
              [...path, 'to'],
              `A promotion cannot lead to "${rule.to}", which is closed or a detour.`,
              'Name an open step.',
            ),
          ]
        : []),
      ...(rule.when.kind === 'groupCoverage' && waterfall.buyingGroups.roles.length === 0
        ? [
            error(
              'MODEL_PROMOTION_NO_ROLES',
              [...path, 'when'],
              'Without roles nobody knows how much of a buying group is there.',
              'Define the roles under buyingGroups, or let another rule decide.',
            ),
          ]
        : []),
      ...(position(rule.to) <= position(rule.from)
        ? [
            error(
              'MODEL_PROMOTION_BACKWARD',
              [...path, 'to'],
              `"${rule.to}" does not come after "${rule.from}".`,
              'A promotion moves forward: name a later stage.',
            ),
          ]
        : []),
    ];
  }),
  ...waterfall.handshakes.flatMap((rule, index): readonly Problem[] => {
    const path = ['handshakes', index];
    const stages = stagesOf(waterfall, rule.opportunityType);
    if (!stages) return [noType(rule.opportunityType, path)];
    const missing = [
      ...unknownStage(stages, rule.stage, [...path, 'stage']),
      ...unknownStage(stages, rule.onReject.stage, [...path, 'onReject', 'stage']),
    ];
    if (missing.length > 0) return missing;
    const back = stages.find((stage) => stage.name === rule.onReject.stage);
    return [
      ...(rule.giver === rule.receiver
        ? [
            error(
              'MODEL_HANDSHAKE_SAME_OWNER',
              [...path, 'giver'],
              `"${rule.stage}" belongs to the giver itself, so nothing is handed over.`,
              'Name the stage in which the other function takes over.',
            ),
          ]
        : []),
      ...(back && (back.revenueFunction !== rule.giver || back.outcome !== 'open')
        ? [
            error(
              'MODEL_HANDSHAKE_REJECT',
              [...path, 'onReject', 'stage'],
              `A rejected opportunity cannot go back to "${back.name}", which is not an open stage of the giver.`,
              "Name one of the giver's open stages.",
            ),
          ]
        : []),
    ];
  }),
];

export const stagesOf = (waterfall: Waterfall, key: OpportunityTypeKey): readonly Stage[] | undefined =>
  waterfall.opportunityTypes.find((type) => type.key === key)?.stages;

export const unknownStage = (stages: readonly Stage[], name: string, path: Path): readonly Problem[] =>
  stages.some((stage) => stage.name === name)
    ? []
    : [
        error(
          'MODEL_UNKNOWN_STAGE',
          path,
          `There is no stage called "${name}" in this opportunity type.`,
          `Name one of: ${stages.map((stage) => stage.name).join(', ')}.`,
        ),
      ];

export const noType = (key: OpportunityTypeKey, path: Path): Problem =>
  error(
    'MODEL_UNKNOWN_TYPE',
    path,
    `The model has no opportunity type ${key}.`,
    'Add the type under opportunityTypes or remove this rule.',
  );
