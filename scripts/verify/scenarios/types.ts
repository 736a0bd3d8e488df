/** What keeps opportunity types apart: a change of type, and stages that a type does not have. */
import type { ValidationRule } from '@salesforce/types/metadata';
import type { Component } from '../../metadata/component.ts';
import { FIELD, stageDateField } from '../../compile/names.ts';
import { compileLeaveStageRules } from '../../compile/leave-stage-rules.ts';
import { compileStageOfTypeRules } from '../../compile/stage-of-type-rules.ts';
import { allStages } from '../../model/waterfall.ts';
import type { OpportunityType, Stage, Waterfall } from '../../model/waterfall.ts';
import { TODAY, UNCHANGED, field, refusedWith } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { born, firstStep, openSteps, wonStage, inStage } from './stages.ts';

const sharedLost = (one: OpportunityType, other: OpportunityType): Stage | undefined =>
  one.stages.find((stage) => stage.outcome === 'lost' && other.stages.some((same) => same.name === stage.name));

const changesType = (type: OpportunityType, other: OpportunityType): readonly Scenario[] => {
  const first = firstStep(type);
  const target = firstStep(other);
  const lost = sharedLost(type, other);
  return [
    {
      name: `becomes ${other.label}`,
      family: 'changes its type',
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
          action: { do: 'update', values: { ...inStage(target), RecordType: { typeOf: other.key } } },
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
            family: 'changes its type',
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
  const rule = compileStageOfTypeRules(waterfall)[waterfall.opportunityTypes.indexOf(type)];
  const refused = refusedWith(messageOf(rule));
  return foreign
    ? [
        {
          name: 'refuses a stage of another type',
          family: 'refuses a stage of another type',
          type,
          records: 1,
          steps: [
            {
              trigger: first.name,
              action: { do: 'create', values: born(type, first) },
              expect: [field(stageDateField(first.name), TODAY)],
            },
            { trigger: foreign.name, action: { do: 'update', values: inStage(foreign) }, expect: [refused] },
          ],
        },
      ]
    : [];
};

const refusesToLeaveUnfinished = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const rules = compileLeaveStageRules(waterfall);
  const path = [...openSteps(type), wonStage(type)];
  return path.slice(0, -1).flatMap((stage, index) => {
    // A rule is of the stage, whichever types have it.
    const source = allStages(waterfall).find(({ name }) => name === stage.name)?.source;
    return stage.requiredToLeave.map((name): Scenario => {
      const rule = rules.find((each) => each.source === source && shownAt(each) === name);
      const next = path[index + 1] ?? wonStage(type);
      return {
        name: `keeps ${stage.name} until ${name} is filled`,
        family: 'keeps a stage until it is complete',
        type,
        records: 1,
        steps: [
          {
            trigger: stage.name,
            action: { do: 'create', values: born(type, stage, { [name]: null }) },
            expect: [field(stageDateField(stage.name), TODAY)],
          },
          {
            trigger: next.name,
            action: { do: 'update', values: { StageName: next.name } },
            expect: [refusedWith(messageOf(rule))],
          },
        ],
      };
    });
  });
};

const ruleOf = (component: Component | undefined): Partial<ValidationRule> => component?.metadata ?? {};
const shownAt = (component: Component): string | undefined => ruleOf(component).errorDisplayField;
/** Every rule is compiled from what the scenario is made of; none is missing unless the compiler has changed. */
const messageOf = (component: Component | undefined): string => {
  const { errorMessage } = ruleOf(component);
  if (errorMessage === undefined) throw new Error('No validation rule is compiled for what a scenario tries.');
  return errorMessage;
};

export const typeScenarios = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const types = waterfall.opportunityTypes;
  const other = types[(types.indexOf(type) + 1) % types.length];
  return [
    ...(other && other !== type ? changesType(type, other) : []),
    ...refusesForeignStage(type, waterfall),
    ...refusesToLeaveUnfinished(type, waterfall),
  ];
};
