/** Who a recycled opportunity belongs to, as formula text. */
import type { RevenueFunction, Stage, Waterfall } from '../../../model/waterfall.ts';
import { nurturingStages } from '../../stage-reasons.ts';
import { accountUser, and, anyOf, merge, newOrNot, prior, quoted, stageIs, typeIs } from '../formula-text.ts';

/** Name of the formula with the function that takes it back. */
export const FUNCTION = 'Revenue_Function';

export interface Return {
  readonly stage: string;
  /** Owns the stage in which it comes back. */
  readonly to: RevenueFunction;
  readonly label: string;
}

const stagesOf = ({ opportunityTypes }: Waterfall): readonly Stage[] =>
  opportunityTypes.flatMap(({ stages }) => stages);

export const returnsOf = (waterfall: Waterfall): readonly Return[] =>
  nurturingStages(waterfall).flatMap(({ name, comesBackTo }) => {
    const back = stagesOf(waterfall).find((stage) => stage.name === comesBackTo)?.revenueFunction;
    const of = waterfall.revenueFunctions.find(({ key }) => key === back);
    return of ? [{ stage: name, to: of.key, label: of.label }] : [];
  });

/** The first active user whom the account names for opportunities of the type; null where no type has such a rule. */
export const ruleText = (waterfall: Waterfall): string | null => {
  const types = waterfall.opportunityTypes.filter(
    ({ creation, stages }) => creation.ownerChain.length > 0 && stages.some(({ comesBackTo }) => comesBackTo !== null),
  );
  return types.length === 0
    ? null
    : types.reduceRight(
        (otherwise, type) =>
          `IF(${typeIs(waterfall, type)}, ${type.creation.ownerChain.reduceRight((next, field) => accountUser('AccountId', field, next), 'NULL')}, ${otherwise})`,
        'NULL',
      );
};

/** What was left belongs to another function than the one that it goes back to. */
export const elsewhereText = (waterfall: Waterfall, returns: readonly Return[]): string => {
  const own = (key: RevenueFunction): string =>
    `;${[...new Set(stagesOf(waterfall).flatMap(({ name, revenueFunction }) => (revenueFunction === key ? [name] : [])))].join(';')};`;
  return newOrNot(
    'FALSE',
    anyOf(
      returns.map(({ stage, to: key }) =>
        and(stageIs(stage), `NOT(CONTAINS(${quoted(own(key))}, ";" & TEXT(${prior('StageName')}) & ";"))`),
      ),
    ),
  );
};

/** What the task for RevOps says about who was looked for. */
export const nobodyText = (hasRule: boolean, hasHandshakes: boolean): string => {
  const looked = [
    ...(hasRule ? ['the account names no active user for it'] : []),
    ...(hasHandshakes ? ['no active user has handed it over'] : []),
  ];
  return `"Nobody of " & ${merge(FUNCTION)} & ${quoted(` was found: ${looked.join(', and ') || 'the model names nobody'}.`)}`;
};
