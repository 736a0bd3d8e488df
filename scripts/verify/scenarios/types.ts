/** What keeps opportunity types apart: a change of type, and stages that a type does not have. */
import { FIELD, stageDateField } from '../../compile/names.ts';
import type { OpportunityType, Stage, Waterfall } from '../../model/waterfall.ts';
import { REFUSED, TODAY, UNCHANGED, field } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { born, firstStep, openSteps } from './stages.ts';

const sharedLost = (one: OpportunityType, other: OpportunityType): Stage | undefined =>
  one.stages.find((stage) => stage.outcome === 'lost' && other.stages.some((same) => same.name === stage.name));

const changesType = (type: OpportunityType, other: OpportunityType): readonly Scenario[] => {
  const first = firstStep(type);
  const target = firstStep(other);
  const lost = sharedLost(type, other);
  return [
    {
      name: `becomes ${other.label}`,
      type,
      records: 1,
      steps: [
        {
          trigger: first.name,
          action: { do: 'create', values: born(type, first) },
          expect: [field(stageDateField(first.name), TODAY)],
        },
        {
          trigger: target.name,
          action: { do: 'update', values: { StageName: target.name, RecordType: { typeOf: other.key } } },
          expect: [
            field(stageDateField(target.name), TODAY),
            field(stageDateField(first.name), UNCHANGED),
            field(FIELD.previousStage, { is: first.name }),
          ],
        },
      ],
    },
    ...(lost
      ? [
          {
            name: `becomes ${other.label} in a stage of both`,
            type,
            records: 1,
            steps: [
              {
                trigger: lost.name,
                action: { do: 'create' as const, values: born(type, lost) },
                expect: [field(stageDateField(lost.name), TODAY)],
              },
              {
                trigger: lost.name,
                // The date is emptied in the same save, or nobody could see whether it is stamped anew.
                action: {
                  do: 'update' as const,
                  values: { RecordType: { typeOf: other.key }, [stageDateField(lost.name)]: null },
                },
                expect: [field(stageDateField(lost.name), TODAY), field(FIELD.stageEnteredAt, UNCHANGED)],
              },
            ],
          },
        ]
      : []),
  ];
};

const refusesForeignStage = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const first = firstStep(type);
  const foreign = waterfall.opportunityTypes
    .flatMap(openSteps)
    .find((stage) => !type.stages.some((own) => own.name === stage.name));
  return foreign
    ? [
        {
          name: 'refuses a stage of another type',
          type,
          records: 1,
          steps: [
            {
              trigger: first.name,
              action: { do: 'create', values: born(type, first) },
              expect: [field(stageDateField(first.name), TODAY)],
            },
            { trigger: foreign.name, action: { do: 'update', values: { StageName: foreign.name } }, expect: [REFUSED] },
          ],
        },
      ]
    : [];
};

const refusesToLeaveUnfinished = (type: OpportunityType): readonly Scenario[] => {
  const steps = openSteps(type);
  const at = steps.findIndex((stage, index) => stage.requiredToLeave.length > 0 && index < steps.length - 1);
  const stage = steps[at];
  const next = steps[at + 1];
  if (!stage || !next) return [];
  const blank = Object.fromEntries(stage.requiredToLeave.map((name) => [name, null]));
  return [
    {
      name: `keeps ${stage.name} until ${stage.requiredToLeave.join(', ')} is filled`,
      type,
      records: 1,
      steps: [
        {
          trigger: stage.name,
          action: { do: 'create', values: born(type, stage, blank) },
          expect: [field(stageDateField(stage.name), TODAY)],
        },
        { trigger: next.name, action: { do: 'update', values: { StageName: next.name } }, expect: [REFUSED] },
      ],
    },
  ];
};

export const typeScenarios = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const types = waterfall.opportunityTypes;
  const other = types[(types.indexOf(type) + 1) % types.length];
  return [
    ...(other && other !== type ? changesType(type, other) : []),
    ...refusesForeignStage(type, waterfall),
    ...refusesToLeaveUnfinished(type),
  ];
};
