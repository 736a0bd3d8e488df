/** What a promotion rule means in a flow: when it holds, how it is remembered, and how it is told. */
import { createHash } from 'node:crypto';
import type { FlowCondition } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { OpportunityType, Promotion, PromotionRule, Stage, Waterfall } from '../../../model/waterfall.ts';
import { isMissing } from '../../formulas.ts';
import { FIELD } from '../../names.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { fieldLabel } from '../../standard-fields.ts';
import { condition, number, text, yesNo } from '../elements.ts';
import { merge, quoted, record } from '../formula-text.ts';
import { CODE_LENGTH, HIGHEST_FIGURE } from './memory.ts';

export interface PromotionOfType {
  readonly promotion: Promotion;
  readonly type: OpportunityType;
  readonly from: Stage;
  /** The steps behind `from` and the closed stages: who comes from there has been moved back. */
  readonly after: readonly string[];
  /** Remembered on the opportunity. */
  readonly code: string;
}

/** The same rule gives the same code however it is named or placed; a changed one is another rule and may move it on again. */
const codeOf = ({ opportunityType, from, to, when }: Promotion): string =>
  createHash('sha256')
    .update(JSON.stringify([opportunityType, from, to, when]))
    .digest('hex')
    .slice(0, CODE_LENGTH);

/** In the order of the model, which decides where several rules hold. */
export const promotionsOf = (waterfall: Waterfall): readonly PromotionOfType[] =>
  waterfall.promotions.flatMap((promotion) => {
    const type = waterfall.opportunityTypes.find(({ key }) => key === promotion.opportunityType);
    const place = type?.stages.findIndex(({ name }) => name === promotion.from) ?? -1;
    const from = type?.stages[place];
    if (!type || !from) return [];
    const after = type.stages
      .filter(({ kind, outcome }, index) => outcome !== 'open' || (kind === 'step' && index > place))
      .map(({ name }) => name);
    return [{ promotion, type, from, after, code: codeOf(promotion) }];
  });

type Measured = Exclude<PromotionRule, { readonly kind: 'field' }>;

/** Whether the rule is about a figure that may be higher or lower, not about a field's value. */
export const isMeasured = (when: PromotionRule): when is Measured => when.kind !== 'field';

const COUNTED: Readonly<Record<Measured['kind'], string>> = {
  anyMemberScore: FIELD.highestScore,
  totalScore: FIELD.totalScore,
  groupCoverage: FIELD.groupCoverage,
  confirmedMembers: FIELD.groupConfirmed,
};

const literal = (value: string | number | boolean) =>
  typeof value === 'string' ? text(value) : typeof value === 'number' ? number(value) : yesNo(value);

/**
 * The condition of the rule, for a decision: there a percentage counts as what it is stored as, while a formula divides it by a hundred
 * (help: "Formula Data Types", Percent).
 */
export const holds = (when: PromotionRule): Authored<FlowCondition> =>
  isMeasured(when)
    ? condition(`$Record.${COUNTED[when.kind]}`, 'GreaterThanOrEqualTo', number(when.atLeast))
    : condition(`$Record.${when.field}`, 'EqualTo', literal(when.equals));

/** What the rule is measured by, as formula text: a whole number from 0 to {@link HIGHEST_FIGURE}, a percentage as its percents. */
export const figureText = ({ kind }: Measured): string => {
  const counted = `BLANKVALUE(${record(COUNTED[kind])}, 0)`;
  return `MIN(${String(HIGHEST_FIGURE)}, MAX(0, ROUND(${kind === 'groupCoverage' ? `${counted} * 100` : counted}, 0)))`;
};

/** {@link holds} as formula text, for a rule with a figure. */
export const holdsText = ({ kind, atLeast }: Measured): string =>
  `BLANKVALUE(${record(COUNTED[kind])}, 0) >= ${String(kind === 'groupCoverage' ? atLeast / 100 : atLeast)}`;

/** What moved the opportunity on, as formula text: the rule's name and what it has come to. */
export const reasonText = ({ name, when }: Promotion): string => {
  switch (when.kind) {
    case 'anyMemberScore':
      return `${quoted(`${name} (highest lead score `)} & TEXT(${record(FIELD.highestScore)}) & ")"`;
    case 'totalScore':
      return `${quoted(`${name} (total lead score `)} & TEXT(${record(FIELD.totalScore)}) & ")"`;
    case 'confirmedMembers':
      return `${quoted(`${name} (confirmed members: `)} & TEXT(${record(FIELD.groupConfirmed)}) & ")"`;
    case 'groupCoverage':
      return quoted(`${name} (buying group covers ${String(when.atLeast)} percent or more)`);
    case 'field':
      return quoted(`${name} (${fieldLabel(when.field)} is ${String(when.equals)})`);
  }
};

/** What leaving the stage asks for is there: otherwise the validation rule for it would refuse the save that promotes. */
export const requiredIsThere = ({ requiredToLeave }: Stage, org: OrgFacts): readonly string[] =>
  requiredToLeave.map((field) => `NOT(${isMissing(field, org).replace(field, () => merge(`$Record.${field}`))})`);
