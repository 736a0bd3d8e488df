/** What the stamping flow does, as scenarios for one opportunity type. */
import { FIELD, stageDateField } from '../../compile/names.ts';
import type { OpportunityType, Stage, Waterfall } from '../../model/waterfall.ts';
import { BLANK, NOW, TODAY, UNCHANGED, field } from './scenario.ts';
import type { Expectation, Expected, Scenario, Step } from './scenario.ts';
import { PAST_MOMENT, born, dated, firstStep, inStage, lastStep, openSteps, pastDate, wonStage } from './stages.ts';

const dateOf = (stage: Stage, value: Expected): Expectation => field(stageDateField(stage.name), value);

const entered = (stage: Stage, previous: Stage | null): readonly Expectation[] => [
  dateOf(stage, TODAY),
  field(FIELD.stageEnteredAt, NOW),
  field(FIELD.previousStage, previous ? { is: previous.name } : BLANK),
  field(FIELD.stageSlaDue, { due: stage.sla }),
];

const moveTo = (stage: Stage, expect: readonly Expectation[]): Step => ({
  trigger: stage.name,
  action: { do: 'update', values: inStage(stage) },
  expect,
});

const walks = (type: OpportunityType): Scenario => {
  const path = [...openSteps(type), wonStage(type)];
  return {
    name: 'walks the whole path',
    family: 'walks the whole path',
    type,
    records: 1,
    steps: path.map((stage, index) => {
      const previous = path[index - 1] ?? null;
      const expect = [...entered(stage, previous), ...(previous ? [dateOf(previous, UNCHANGED)] : [])];
      return previous
        ? moveTo(stage, expect)
        : { trigger: stage.name, action: { do: 'create', values: born(type, stage) }, expect };
    }),
  };
};

const leavesThePath = (type: OpportunityType): readonly Scenario[] => {
  const first = firstStep(type);
  return type.stages
    .filter((stage) => stage.kind === 'detour' || stage.outcome === 'lost')
    .map((stage) => ({
      name: `leaves the path to ${stage.name}`,
      family: 'leaves the path',
      type,
      records: 1,
      steps: [
        {
          trigger: first.name,
          action: { do: 'create' as const, values: born(type, first) },
          expect: entered(first, null),
        },
        moveTo(stage, [
          ...entered(stage, first),
          // Nobody passes the other steps by leaving the path, so that they stay blank under either policy.
          ...openSteps(type)
            .slice(1)
            .map((step) => dateOf(step, BLANK)),
        ]),
      ],
    }));
};

const skips = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const steps = openSteps(type);
  const first = firstStep(type);
  const last = lastStep(type);
  return steps.length < 3
    ? []
    : [
        {
          name: 'skips stages',
          family: 'skips stages',
          type,
          records: 1,
          steps: [
            { trigger: first.name, action: { do: 'create', values: born(type, first) }, expect: entered(first, null) },
            moveTo(last, [
              ...entered(last, first),
              ...steps
                .slice(1, -1)
                .map((step) => dateOf(step, waterfall.stageDates.skipped === 'fill' ? TODAY : BLANK)),
            ]),
          ],
        },
      ];
};

const movesBack = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const [first, second] = openSteps(type);
  return !first || !second
    ? []
    : [
        {
          name: 'moves back',
          family: 'moves back',
          type,
          records: 1,
          steps: [
            {
              trigger: second.name,
              action: { do: 'create', values: born(type, second, dated([first, second])) },
              expect: [dateOf(first, { is: pastDate(0) }), dateOf(second, { is: pastDate(1) })],
            },
            moveTo(first, [
              dateOf(first, waterfall.stageDates.reentry === 'first' ? UNCHANGED : TODAY),
              dateOf(second, UNCHANGED),
              field(FIELD.previousStage, { is: second.name }),
              field(FIELD.stageEnteredAt, NOW),
            ]),
          ],
        },
      ];
};

const isCloned = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => {
  const [first, second] = openSteps(type);
  return !first || !second
    ? []
    : [
        {
          name: 'is cloned',
          family: 'is cloned',
          type,
          records: 1,
          steps: [
            {
              trigger: second.name,
              action: { do: 'create', values: born(type, second, dated([first, second])) },
              expect: [dateOf(first, { is: pastDate(0) }), dateOf(second, { is: pastDate(1) })],
            },
            {
              trigger: second.name,
              action: { do: 'copy' },
              expect: [
                ...entered(second, null),
                dateOf(first, waterfall.stageDates.skipped === 'fill' ? TODAY : BLANK),
                field(FIELD.key, BLANK),
                field(FIELD.sourceOpportunity, BLANK),
              ],
            },
          ],
        },
      ];
};

const isImported = (type: OpportunityType): Scenario => {
  const history = openSteps(type).slice(0, 3);
  const present = history.at(-1) ?? firstStep(type);
  return {
    name: 'is imported with its dates',
    family: 'is imported with its dates',
    type,
    records: 1,
    steps: [
      {
        trigger: present.name,
        action: {
          do: 'create',
          values: born(type, present, { ...dated(history), [FIELD.stageEnteredAt]: PAST_MOMENT }),
        },
        expect: [
          ...history.map((stage, index) => dateOf(stage, { is: pastDate(index) })),
          field(FIELD.stageEnteredAt, { is: PAST_MOMENT }),
        ],
      },
    ],
  };
};

export const stampingScenarios = (type: OpportunityType, waterfall: Waterfall): readonly Scenario[] => [
  walks(type),
  ...leavesThePath(type),
  ...skips(type, waterfall),
  ...movesBack(type, waterfall),
  ...isCloned(type, waterfall),
  isImported(type),
];
