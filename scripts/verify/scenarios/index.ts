import { rulesThatCreate } from '../../compile/flows/closed-won/won-rules.ts';
import { stageDateField } from '../../compile/names.ts';
import type { Waterfall } from '../../model/waterfall.ts';
import { renewalScenarios } from './renewal.ts';
import { TODAY, field } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { born, lastStep, wonStage } from './stages.ts';
import { stampingScenarios } from './stamping.ts';
import { typeScenarios } from './types.ts';

/** As many as one transaction saves: created together, then won together. */
const atOnce = (waterfall: Waterfall, records: number): readonly Scenario[] => {
  const rules = rulesThatCreate(waterfall, 'renewal').filter(({ rule }) => rule.delayDays === 0);
  const type = rules[0]?.type ?? waterfall.opportunityTypes[0];
  if (!type || records < 1) return [];
  const last = lastStep(type);
  const won = wonStage(type);
  return [
    {
      name: `${String(records)} at once`,
      family: `${String(records)} at once`,
      type,
      records,
      steps: [
        {
          trigger: last.name,
          action: { do: 'create', values: born(type, last) },
          expect: [field(stageDateField(last.name), TODAY)],
        },
        {
          trigger: won.name,
          action: { do: 'update', values: { StageName: won.name } },
          expect: [
            field(stageDateField(won.name), TODAY),
            ...(rules.length > 0 ? [{ kind: 'renewals' as const, count: 1, values: {} }] : []),
          ],
        },
      ],
    },
  ];
};

/** Every scenario of a model, type by type, and last the one that saves `records` at once. Pure: nothing of the org is in it. */
export const scenariosOf = (waterfall: Waterfall, records: number): readonly Scenario[] => [
  ...waterfall.opportunityTypes.flatMap((type) => [
    ...stampingScenarios(type, waterfall),
    ...typeScenarios(type, waterfall),
    ...renewalScenarios(type, waterfall),
  ]),
  ...atOnce(waterfall, records),
];
