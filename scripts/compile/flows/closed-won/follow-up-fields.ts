/** What an opportunity that a win creates is called, when it closes, what it is worth and who owns it: formulas over the won one. */
import type { FlowFormula, FlowInputFieldAssignment } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Copied, OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, stageDateField } from '../../names.ts';
import { ANY_ORG, CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { computed, fieldValue, formula, reference, text } from '../elements.ts';
import { STAGE_TEXT, accountUser, merge, quoted, record, through } from '../formula-text.ts';
import { OPPORTUNITY_NAME_LENGTH } from '../signals/opening.ts';
import { monthsAfter } from './month-arithmetic.ts';
import { perRule, wonStages } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';

export const FOLLOW_UP_KEY = 'Follow_Up_Key';

const TERM = 'Term_Months';
const TERM_START = 'Term_Start';
const TERM_END = 'Term_End';
const CLOSE_DATE = 'Follow_Up_Close_Date';

/** Months of a contract that says nothing, under a rule that has no default because it does not close at the end of a contract. */
const A_YEAR = 12;

const BLANK = 'NULL';
const start = record(FIELD.contractStart);
const end = record(FIELD.contractEnd);
const term = record(FIELD.contractTermMonths);
const amount = record('Amount');

type OfRule = (of: RuleOfType) => string;

const wonOn = record('CloseDate');

/**
 * A renewal is won after what it renews. A contract end that lies before (entered late, or for a contract that was over before it was
 * signed) gives way to the end of the term, and that to one term after the win.
 */
const endOfContract = (): string => {
  const contractEnd = `BLANKVALUE(${end}, ${merge(TERM_END)})`;
  const termAfterWin = monthsAfter(wonOn, merge(TERM));
  return `IF(${contractEnd} > ${wonOn}, ${contractEnd}, IF(${merge(TERM_END)} > ${wonOn}, ${merge(TERM_END)}, ${termAfterWin}))`;
};

/** The date of the won stage that the opportunity is in. */
const wonStageDate = (type: OpportunityType): string => {
  const dates = wonStages(type).map((stage) => ({ stage, date: record(stageDateField(stage)) }));
  const last = dates.at(-1)?.date ?? 'NULL';
  const cases = dates.slice(0, -1).map(({ stage, date }) => `${quoted(stage)}, ${date}`);
  return cases.length === 0 ? last : `CASE(${[STAGE_TEXT, ...cases, last].join(', ')})`;
};

const TODAY = merge('$Flow.CurrentDate');

/** What is created days later still counts from the win; a day that is over by then (a win that came by import) gives way to today. */
const daysAfterWin = ({ type, rule }: RuleOfType, days: number): string => {
  if (rule.delayDays === 0) return `${TODAY} + ${String(days)}`;
  const due = `${wonStageDate(type)} + ${String(days)}`;
  return `IF(${due} > ${TODAY}, ${due}, ${TODAY})`;
};

const closeDate: OfRule = (of) => {
  const { closeDate: by } = of.rule;
  return by.from === 'contractEnd' ? endOfContract() : daysAfterWin(of, by.days);
};

const defaultTerm: OfRule = ({ rule: { closeDate: by } }) =>
  String(by.from === 'contractEnd' ? by.defaultTermMonths : A_YEAR);

/** Per cent in decimal text: (100 + 7.5) / 100 is exact, 1.075 as a binary fraction is not. */
const followUpAmount: OfRule = ({ rule: { amount: by } }) =>
  by.from === 'none'
    ? BLANK
    : `IF(ISBLANK(${amount}), ${BLANK}, ROUND(${amount} * (100 + ${String(by.upliftPercent)}) / 100, 2))`;

/**
 * The first user of the chain who is set and active, then the won opportunity's owner. Should that one be inactive as well, whoever saves
 * owns it, since an inactive user cannot (INACTIVE_OWNER_OR_USER); on a scheduled path that is who won it or the default workflow user.
 */
const owner: OfRule = ({ rule: { ownerChain } }) =>
  ownerChain.reduceRight(
    (otherwise, field) => accountUser('AccountId', field, otherwise),
    `IF(${record('Owner.IsActive')}, ${record('OwnerId')}, ${merge('$User.Id')})`,
  );

const copied =
  (what: Copied, value: string): OfRule =>
  ({ rule: { copies } }) =>
    copies.includes(what) ? value : BLANK;

/** The day after this contract's last day, or one term after its start where no last day is given. */
const nextStart = `IF(ISBLANK(${end}), ${merge(TERM_END)}, ${end} + 1)`;

/**
 * The last day of the next contract. Left blank where this contract has none: it then follows from start and term, as it did here, and
 * the next renewal closes on the anniversary again.
 */
const nextEnd = `IF(ISBLANK(${end}), ${BLANK}, ${monthsAfter(`(${end} + 1)`, merge(TERM))} - 1)`;

/** A renewal's contract follows this one; anything else is sold into the contract that runs. */
const contractDates = (
  creates: OpportunityType,
): { readonly start: string; readonly end: string; readonly term: string } =>
  creates.key === 'renewal' ? { start: nextStart, end: nextEnd, term: merge(TERM) } : { start, end, term };

/** `what` stands between the type and the month: the solution, as formula text of at most `length` characters. */
const followUpName = (
  creates: OpportunityType,
  what: { readonly value: string; readonly length: number } | null,
): string => {
  const suffixLength = ` ${creates.label} 2000-01`.length + (what ? what.length + 1 : 0);
  const date = merge(CLOSE_DATE);
  return (
    `LEFT(${through('AccountId', record('Account.Name'), record('Name'))}, ${String(OPPORTUNITY_NAME_LENGTH - suffixLength)}) & ` +
    `${quoted(` ${creates.label} `)} & ${what ? `LEFT(${what.value}, ${String(what.length)}) & " " & ` : ''}` +
    `TEXT(YEAR(${date})) & "-" & LPAD(TEXT(MONTH(${date})), 2, "0")`
  );
};

/** What makes a created opportunity unique: `renewal:<id of the won one>`, for cross-sells followed by the solution. */
export const keyOf = (creates: OpportunityType): string => `${quoted(`${creates.key}:`)} & CASESAFEID(${record('Id')})`;

/** What the other formulas build on. */
const baseFormulas = (
  creates: OpportunityType,
  offered: string | null,
  ruled: (value: OfRule) => string,
): readonly Authored<FlowFormula>[] => [
  formula(
    FOLLOW_UP_KEY,
    'String',
    `What makes the ${creates.label} of this opportunity unique: won twice, created once.`,
    offered === null ? keyOf(creates) : `${keyOf(creates)} & ":" & ${offered}`,
  ),
  formula(CLOSE_DATE, 'Date', `When the ${creates.label} has to be won.`, ruled(closeDate)),
];

/** The contract's term, for what needs it. */
const termFormulas = (ruled: (value: OfRule) => string): readonly Authored<FlowFormula>[] => [
  formula(
    TERM,
    'Number',
    'Months of the contract; the default of the model where the opportunity has none.',
    `IF(BLANKVALUE(${term}, 0) > 0, ${term}, ${ruled(defaultTerm)})`,
  ),
  formula(
    TERM_START,
    'Date',
    'The day from which the term counts: contract start, or the close date where there is none.',
    `BLANKVALUE(${start}, ${wonOn})`,
  ),
  formula(
    TERM_END,
    'Date',
    'The same day of the month one term later, or the last day of a shorter month: 31 January + 1 month is 28 or 29 February.',
    monthsAfter(merge(TERM_START), merge(TERM)),
  ),
];

interface RuledField {
  readonly field: string;
  readonly name: string;
  readonly dataType: NonNullable<FlowFormula['dataType']>;
  readonly description: string;
  readonly value: OfRule;
}

const ruledFields = (
  waterfall: Waterfall,
  creates: OpportunityType,
  offered: { readonly value: string; readonly length: number } | null,
): readonly RuledField[] => {
  const contract = contractDates(creates);
  return [
    {
      field: 'Name',
      name: 'Follow_Up_Name',
      dataType: 'String',
      description: `Account, what it is${offered ? ' of which solution' : ''}, and the month it closes in.`,
      value: () => followUpName(creates, offered),
    },
    {
      field: 'StageName',
      name: 'Follow_Up_Stage',
      dataType: 'String',
      description: `The stage in which the ${creates.label} begins.`,
      value: ({ rule }) => quoted(rule.stage),
    },
    {
      field: 'Amount',
      name: 'Follow_Up_Amount',
      dataType: 'Currency',
      description:
        'The amount won, with the uplift of the model. Where products are copied the platform replaces it by their sum.',
      value: followUpAmount,
    },
    {
      field: 'OwnerId',
      name: 'Follow_Up_Owner',
      dataType: 'String',
      description:
        'The first user of the account who is set and active, otherwise the owner of the won opportunity, or the person saving where ' +
        'that user is inactive.',
      value: owner,
    },
    {
      field: FIELD.contractStart,
      name: 'Follow_Up_Contract_Start',
      dataType: 'Date',
      description:
        creates.key === 'renewal'
          ? 'The next contract starts the day after this one ends, or one term after this one started.'
          : 'The contract that runs.',
      value: copied('contractDates', contract.start),
    },
    {
      field: FIELD.contractEnd,
      name: 'Follow_Up_Contract_End',
      dataType: 'Date',
      description:
        creates.key === 'renewal'
          ? 'The last day of the next contract, where this one has a last day; otherwise it follows from start and term.'
          : 'The contract that runs.',
      value: copied('contractDates', contract.end),
    },
    {
      field: FIELD.contractTermMonths,
      name: 'Follow_Up_Contract_Term',
      dataType: 'Number',
      description: 'The term of the contract.',
      value: copied('contractDates', contract.term),
    },
    // The field exists only where the model has solutions.
    ...(waterfall.solutions.length === 0
      ? []
      : [
          {
            field: FIELD.solution,
            name: 'Follow_Up_Solution',
            dataType: 'String' as const,
            description: 'The solution that it is about.',
            value: offered ? () => offered.value : copied('solution', `TEXT(${record(FIELD.solution)})`),
          },
        ]),
  ];
};

/** What it carries whatever the rules say, beside its record type. */
const fixedValues = (creates: OpportunityType, org: OrgFacts): readonly Authored<FlowInputFieldAssignment>[] => [
  fieldValue('AccountId', reference('$Record.AccountId')),
  fieldValue(FIELD.sourceOpportunity, reference('$Record.Id')),
  fieldValue(FIELD.key, reference(FOLLOW_UP_KEY)),
  // A record type's default values are for forms; a record that is created without one has none (Apex Reference Guide,
  // SObjectType.newSObject, `loadDefaults`).
  fieldValue('Type', text(creates.typeValue)),
  // Left out, it would be the currency of whoever wins (object reference, Opportunity, CurrencyIsoCode): the right number, wrongly named.
  ...(org.multiCurrency ? [fieldValue(CURRENCY, reference(`$Record.${CURRENCY}`))] : []),
];

/** Only formulas that something refers to: what a contract is about is left out where the rules do not look at one. */
const needed = (
  base: readonly Authored<FlowFormula>[],
  terms: readonly Authored<FlowFormula>[],
  others: readonly Authored<FlowFormula>[],
): readonly Authored<FlowFormula>[] => {
  const refersToTerm = [...base, ...others].some(({ expression }) =>
    terms.some(({ name }) => expression.includes(merge(name ?? ''))),
  );
  return [...(refersToTerm ? terms : []), ...base, ...others];
};

/**
 * Field values of an opportunity that a win creates, and the formulas behind them. `offered` is the solution of a cross-sell, as formula
 * text of at most `length` characters.
 */
export const followUpFields = (
  waterfall: Waterfall,
  creates: OpportunityType,
  rules: readonly RuleOfType[],
  org: OrgFacts = ANY_ORG,
  offered: { readonly value: string; readonly length: number } | null = null,
): {
  readonly values: readonly Authored<FlowInputFieldAssignment>[];
  readonly formulas: readonly Authored<FlowFormula>[];
} => {
  const ruled = (value: OfRule): string => perRule(waterfall, rules, value);
  const fields = ruledFields(waterfall, creates, offered).map(({ field, value, ...named }) => ({
    field,
    ...computed(named, ruled(value)),
  }));
  return {
    values: [
      ...fixedValues(creates, org),
      fieldValue('CloseDate', reference(CLOSE_DATE)),
      ...fields.flatMap(({ field, value }) => (value ? [fieldValue(field, value)] : [])),
    ],
    formulas: needed(
      baseFormulas(creates, offered?.value ?? null, ruled),
      termFormulas(ruled),
      fields.flatMap(({ formulas }) => formulas),
    ),
  };
};
