/** Which rule of `closedWon` holds for a won opportunity, and values that may differ from rule to rule. */
import type { ClosedWonRule, OpportunityType, OpportunityTypeKey, Waterfall } from '../../../model/waterfall.ts';
import { and, anyOf, byCase, stageIsOneOf, typeIs, typeText, typeToken } from '../formula-text.ts';

export interface RuleOfType {
  /** The type of the won opportunity. */
  readonly type: OpportunityType;
  readonly rule: ClosedWonRule;
}

/** The rule that creates an opportunity of type `creates` for each type that can be won, the first one where the model has several. */
export const rulesThatCreate = (waterfall: Waterfall, creates: OpportunityTypeKey): readonly RuleOfType[] =>
  waterfall.opportunityTypes.flatMap((type) => {
    const rule = waterfall.closedWon.find(
      (candidate) => candidate.creates === creates && candidate.from.includes(type.key),
    );
    return rule ? [{ type, rule }] : [];
  });

/** A value per rule as formula text: as it stands where all rules agree, otherwise chosen by the won opportunity's type. */
export const perRule = (
  waterfall: Waterfall,
  rules: readonly RuleOfType[],
  value: (of: RuleOfType) => string,
): string =>
  byCase(
    typeText(waterfall),
    rules.map((of) => ({ token: typeToken(waterfall, of.type), value: value(of) })),
  );

export const wonStages = (type: OpportunityType): readonly string[] =>
  type.stages.filter((stage) => stage.outcome === 'won').map((stage) => stage.name);

/** The opportunity is of one of these types and in a won stage of it. */
export const isWon = (waterfall: Waterfall, types: readonly OpportunityType[]): string => {
  const byStages = Map.groupBy(types, (type) => JSON.stringify(wonStages(type)));
  return anyOf(
    [...byStages].map(([stages, group]) =>
      and(anyOf(group.map((type) => typeIs(waterfall, type))), stageIsOneOf(JSON.parse(stages) as string[])),
    ),
  );
};
