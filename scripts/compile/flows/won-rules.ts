/** Which rule of `closedWon` holds for a won opportunity, and values that may differ from rule to rule. */
import type { ClosedWonRule, OpportunityType, OpportunityTypeKey, Waterfall } from '../../model/waterfall.ts';
import {
  ENTERED_A_STAGE_AT_START,
  NOT_BYPASSED,
  and,
  anyOf,
  stageIsOneOf,
  typeIs,
  typeText,
  typeToken,
} from './formula-text.ts';

export interface RuleOfType {
  /** The type of the won opportunity. */
  readonly type: OpportunityType;
  readonly rule: ClosedWonRule;
}

/**
 * The rule that creates an opportunity of type `creates` for each type that can be won, the first one where the model has several.
 * Only rules that act at once: what comes days after the win is for a scheduled path.
 */
export const rulesThatCreate = (waterfall: Waterfall, creates: OpportunityTypeKey): readonly RuleOfType[] =>
  waterfall.opportunityTypes.flatMap((type) => {
    const rule = waterfall.closedWon.find(
      (candidate) => candidate.creates === creates && candidate.delayDays === 0 && candidate.from.includes(type.key),
    );
    return rule ? [{ type, rule }] : [];
  });

/** A value per rule as formula text: as it stands where all rules agree, otherwise chosen by the won opportunity's type. */
export const perRule = (
  waterfall: Waterfall,
  rules: readonly RuleOfType[],
  value: (rule: ClosedWonRule) => string,
): string => {
  const values = rules.map(({ type, rule }) => ({ token: typeToken(waterfall, type), value: value(rule) }));
  const last = values.at(-1)?.value ?? 'NULL';
  if (values.every((each) => each.value === last)) return last;
  const cases = values.slice(0, -1).map((each) => `${each.token}, ${each.value}`);
  return `CASE(${[typeText(waterfall), ...cases, last].join(', ')})`;
};

/**
 * Entry condition: this very save won an opportunity of one of these types. ISCHANGED instead of "only when updated to meet the
 * condition", so that a change of type or owner of one that is won already is not a second win.
 */
export const becameWon = (waterfall: Waterfall, rules: readonly RuleOfType[]): string => {
  const byStages = Map.groupBy(rules, ({ type }) =>
    JSON.stringify(type.stages.filter((stage) => stage.outcome === 'won').map((stage) => stage.name)),
  );
  const wonOfType = [...byStages].map(([stages, group]) =>
    and(anyOf(group.map(({ type }) => typeIs(waterfall, type))), stageIsOneOf(JSON.parse(stages) as string[])),
  );
  return and(NOT_BYPASSED, ENTERED_A_STAGE_AT_START, anyOf(wonOfType));
};
