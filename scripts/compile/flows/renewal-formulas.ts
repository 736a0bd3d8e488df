/** What a renewal is called, when it closes, what it is worth and who owns it: formulas over the won opportunity. */
import type { FlowFormula, FlowInputFieldAssignment } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { ClosedWonRule, OpportunityType, Waterfall } from '../../model/waterfall.ts';
import { FIELD } from '../names.ts';
import { computed, fieldValue, formula } from './elements.ts';
import { merge, quoted, record } from './formula-text.ts';
import { monthsAfter } from './month-arithmetic.ts';
import { perRule } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';

export const RENEWAL_KEY = 'Renewal_Key';

const TERM = 'Term_Months';
const TERM_START = 'Term_Start';
const TERM_END = 'Term_End';
const CLOSE_DATE = 'Renewal_Close_Date';

/** Opportunity.Name holds 120 characters (Object Reference, Opportunity). */
const OPPORTUNITY_NAME_LENGTH = 120;
/** Months of a contract that says nothing, under a rule that has no default because it does not close at the end of a contract. */
const A_YEAR = 12;

const BLANK = 'NULL';
const start = record(FIELD.contractStart);
const end = record(FIELD.contractEnd);
const term = record(FIELD.contractTermMonths);
const amount = record('Amount');

type OfRule = (rule: ClosedWonRule) => string;

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

const closeDate: OfRule = ({ closeDate: by }) =>
  by.from === 'contractEnd' ? endOfContract() : `${merge('$Flow.CurrentDate')} + ${String(by.days)}`;

const defaultTerm: OfRule = ({ closeDate: by }) => String(by.from === 'contractEnd' ? by.defaultTermMonths : A_YEAR);

/** Per cent in decimal text: (100 + 7.5) / 100 is exact, 1.075 as a binary fraction is not. */
const renewalAmount: OfRule = ({ amount: by }) =>
  by.from === 'none'
    ? BLANK
    : `IF(ISBLANK(${amount}), ${BLANK}, ROUND(${amount} * (100 + ${String(by.upliftPercent)}) / 100, 2))`;

/** `Customer_Success_Owner__c` -> `Customer_Success_Owner__r`, `OwnerId` -> `Owner`. */
const relationship = (lookup: string): string => lookup.replace(/__c$/, '__r').replace(/Id$/, '');

const owner: OfRule = ({ ownerChain }) =>
  ownerChain.reduceRight((otherwise, field) => {
    const user = record(`Account.${field}`);
    const isActive = record(`Account.${relationship(field)}.IsActive`);
    return `IF(AND(NOT(ISBLANK(${user})), ${isActive}), ${user}, ${otherwise})`;
  }, record('OwnerId'));

const copied =
  (what: ClosedWonRule['copies'][number], value: string): OfRule =>
  ({ copies }) =>
    copies.includes(what) ? value : BLANK;

/** The day after this contract's last day, or one term after its start where no last day is given. */
const nextStart = `IF(ISBLANK(${end}), ${merge(TERM_END)}, ${end} + 1)`;

/**
 * The last day of the next contract. Left blank where this contract has none: it then follows from start and term, as it did here, and
 * the next renewal closes on the anniversary again.
 */
const nextEnd = `IF(ISBLANK(${end}), ${BLANK}, ${monthsAfter(`(${end} + 1)`, merge(TERM))} - 1)`;

const renewalName = (renewal: OpportunityType): string => {
  const suffixLength = ` ${renewal.label} 2000-01`.length;
  const date = merge(CLOSE_DATE);
  return (
    `LEFT(BLANKVALUE(${record('Account.Name')}, ${record('Name')}), ${String(OPPORTUNITY_NAME_LENGTH - suffixLength)}) & ` +
    `${quoted(` ${renewal.label} `)} & TEXT(YEAR(${date})) & "-" & LPAD(TEXT(MONTH(${date})), 2, "0")`
  );
};

/** What the other formulas build on. */
const baseFormulas = (renewal: OpportunityType, ruled: (value: OfRule) => string): readonly Authored<FlowFormula>[] => [
  formula(
    RENEWAL_KEY,
    'String',
    'What makes the renewal of this opportunity unique: won twice, renewed once.',
    `${quoted(`${renewal.key}:`)} & CASESAFEID(${record('Id')})`,
  ),
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
  formula(CLOSE_DATE, 'Date', 'When the renewal has to be won; never before the win itself.', ruled(closeDate)),
];

interface RuledField {
  readonly field: string;
  readonly name: string;
  readonly dataType: NonNullable<FlowFormula['dataType']>;
  readonly description: string;
  readonly value: OfRule;
}

const ruledFields = (waterfall: Waterfall, renewal: OpportunityType): readonly RuledField[] => [
  {
    field: 'Name',
    name: 'Renewal_Name',
    dataType: 'String',
    description: 'Account, what it is, and the month it closes in.',
    value: () => renewalName(renewal),
  },
  {
    field: 'StageName',
    name: 'Renewal_Stage',
    dataType: 'String',
    description: 'The stage in which the renewal begins.',
    value: (rule) => quoted(rule.stage),
  },
  {
    field: 'Amount',
    name: 'Renewal_Amount',
    dataType: 'Currency',
    description: 'The amount won, with the uplift of the model.',
    value: renewalAmount,
  },
  {
    field: 'OwnerId',
    name: 'Renewal_Owner',
    dataType: 'String',
    description: 'The first user of the account who is set and active, otherwise the owner of the won opportunity.',
    value: owner,
  },
  {
    field: FIELD.contractStart,
    name: 'Next_Contract_Start',
    dataType: 'Date',
    description: 'The next contract starts the day after this one ends, or one term after this one started.',
    value: copied('contractDates', nextStart),
  },
  {
    field: FIELD.contractEnd,
    name: 'Next_Contract_End',
    dataType: 'Date',
    description:
      'The last day of the next contract, where this one has a last day; otherwise it follows from start and term.',
    value: copied('contractDates', nextEnd),
  },
  {
    field: FIELD.contractTermMonths,
    name: 'Next_Contract_Term',
    dataType: 'Number',
    description: 'The term of the next contract.',
    value: copied('contractDates', merge(TERM)),
  },
  // The field exists only where the model has solutions.
  ...(waterfall.solutions.length === 0
    ? []
    : [
        {
          field: FIELD.solution,
          name: 'Renewal_Solution',
          dataType: 'String' as const,
          description: 'The solution that is renewed.',
          value: copied('solution', `TEXT(${record(FIELD.solution)})`),
        },
      ]),
];

/** Field values of the renewal that follow from the rules, and the formulas behind them. */
export const renewalFields = (
  waterfall: Waterfall,
  renewal: OpportunityType,
  rules: readonly RuleOfType[],
): {
  readonly values: readonly Authored<FlowInputFieldAssignment>[];
  readonly formulas: readonly Authored<FlowFormula>[];
} => {
  const ruled = (value: OfRule): string => perRule(waterfall, rules, value);
  const fields = ruledFields(waterfall, renewal).map(({ field, value, ...named }) => ({
    field,
    ...computed(named, ruled(value)),
  }));
  return {
    values: [
      fieldValue('CloseDate', { elementReference: CLOSE_DATE }),
      ...fields.flatMap(({ field, value }) => (value ? [fieldValue(field, value)] : [])),
    ],
    formulas: [...baseFormulas(renewal, ruled), ...fields.flatMap(({ formulas }) => formulas)],
  };
};
