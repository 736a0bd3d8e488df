import type { OpportunityType } from '../waterfall.ts';
import { error, repeats } from './problem.ts';
import type { Check, Problem } from './problem.ts';

export const checkTypes: Check = (_raw, waterfall) => [
  ...(waterfall.opportunityTypes.length === 0
    ? [error('MODEL_NO_TYPES', ['opportunityTypes'], 'The model has no opportunity type.', 'Add at least acquisition.')]
    : []),
  ...waterfall.opportunityTypes.flatMap(checkType),
  ...sharedTypeValues(waterfall.opportunityTypes),
];

const checkType = (type: OpportunityType): readonly Problem[] => {
  const path = ['opportunityTypes', type.key];
  const stagesPath = [...path, 'stages'];
  const creation = type.stages.find((stage) => stage.name === type.creation.stage);
  const steps = type.stages.filter((stage) => stage.kind === 'step' && stage.outcome === 'open');
  const won = type.stages.filter((stage) => stage.outcome === 'won');
  return [
    ...(won.length === 0
      ? [
          error(
            'MODEL_NO_WON_STAGE',
            stagesPath,
            `${type.label} has no won stage.`,
            'Add a stage with outcome: won, or name Closed Won.',
          ),
        ]
      : []),
    ...(won.length > 1
      ? [
          error(
            'MODEL_SEVERAL_WON_STAGES',
            stagesPath,
            `${type.label} has ${won.length} won stages: ${won.map((stage) => stage.name).join(', ')}.`,
            'Keep one: what a win creates and measures hangs on it.',
          ),
        ]
      : []),
    ...(type.stages.some((stage) => stage.outcome === 'lost' && stage.kind === 'step')
      ? []
      : [
          error(
            'MODEL_NO_LOST_STAGE',
            stagesPath,
            `${type.label} has no lost stage.`,
            'Add a stage with outcome: lost, or name Closed Lost.',
          ),
        ]),
    ...(steps.length === 0
      ? [
          error(
            'MODEL_NO_OPEN_STAGE',
            stagesPath,
            `${type.label} has no open step.`,
            'Add the stages an opportunity passes before it is won.',
          ),
        ]
      : []),
    ...(creation === undefined
      ? [
          error(
            'MODEL_UNKNOWN_STAGE',
            [...path, 'creation', 'stage'],
            `${type.label} has no stage called "${type.creation.stage}".`,
            'Name one of the stages of this type.',
          ),
        ]
      : creation.outcome !== 'open'
        ? [
            error(
              'MODEL_CREATION_CLOSED',
              [...path, 'creation', 'stage'],
              `${type.label} would be born in the closed stage "${creation.name}".`,
              'Name an open stage.',
            ),
          ]
        : []),
  ];
};

/** With the type in the picklist only, two types with one value could not be told apart. */
const sharedTypeValues = (types: readonly OpportunityType[]): readonly Problem[] =>
  repeats(types.map((type) => type.typeValue)).map(({ index, first }) =>
    error(
      'MODEL_DUPLICATE_NAME',
      ['opportunityTypes', types[index]?.key ?? '', 'typeValue'],
      `${types[index]?.label} and ${types[first]?.label} have the same typeValue.`,
      'Give each type a value of its own.',
    ),
  );
