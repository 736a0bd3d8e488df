/** How a lead finds its account, as formulas over the lead (`$Record`) and an account that is being looked at. */
import type { FlowFormula, FlowRecordFilter } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads } from '../../../model/waterfall.ts';
import { ACCOUNT_FIELD, LEAD_FIELD } from '../../names.ts';
import { equals, formula, reference } from '../elements.ts';
import { and, merge, quoted, record } from '../formula-text.ts';
import { filter } from '../steps.ts';

type Method = Leads['matchBy'][number];
type TieBreaker = Leads['tieBreakers'][number];

/** Loops over the accounts that were found: the one to see how well each fits, and the ones that compare those that fit best. */
export type AccountLoop = 'Each_account' | 'Each_candidate' | 'Each_rival';

/** Ids of the accounts of contacts with the lead's e-mail, as a collection and as one text. */
export const CONTACT_ACCOUNT_IDS = 'Contact_Account_Ids';
export const CONTACT_ACCOUNTS = 'Accounts_Of_Contacts';
export const ACCOUNTS_WITH_OPPORTUNITY = 'Accounts_With_Opportunity';

export const EMAIL_TO_FIND = 'Email_To_Find';
const EMAIL_DOMAIN_TO_FIND = 'Email_Domain_To_Find';
const WEBSITE_TO_FIND = 'Website_To_Find';
export const COMPANY_TO_FIND = 'Company_To_Find';

/** A blank would be found in every record that has none either. No key looks like this. */
const NOTHING = '- none -';

const sought = (name: string, field: string, what: string): Authored<FlowFormula> =>
  formula(
    name,
    'String',
    `The ${what}; something that no record has when it is blank, since a blank would find all records without one.`,
    `BLANKVALUE(${record(field)}, ${quoted(NOTHING)})`,
  );

interface Rule {
  /** What the lead is found by. */
  readonly sought: Authored<FlowFormula>;
  /** How candidates are looked up. */
  readonly filter: Authored<FlowRecordFilter>;
  /** Whether an account fits. */
  readonly fits: (loop: AccountLoop) => string;
  /** Whether an account that fits does so to the letter; absent where there is nothing between the two. */
  readonly fitsExactly?: (loop: AccountLoop) => string;
  /** Formula text: what the lead is told, and what where it fits, but not to the letter. */
  readonly reason: string;
  readonly reasonAlike?: string;
}

const sameCompany = (loop: AccountLoop): string =>
  `${merge(`${loop}.${ACCOUNT_FIELD.companyKey}`)} = ${merge(COMPANY_TO_FIND)}`;
/** The name as people see it, whatever its case. */
const sameName = (loop: AccountLoop): string =>
  `LOWER(TRIM(${merge(`${loop}.Name`)})) = LOWER(TRIM(${record('Company')}))`;
const ALIKE = '"Same company name but for its spelling or legal form "';
const sameDomain =
  (soughtDomain: string) =>
  (loop: AccountLoop): string =>
    `${merge(`${loop}.${ACCOUNT_FIELD.websiteDomain}`)} = ${merge(soughtDomain)}`;
const company = {
  sought: sought(COMPANY_TO_FIND, LEAD_FIELD.companyKey, 'company key of the lead'),
  filter: equals(ACCOUNT_FIELD.companyKey, reference(COMPANY_TO_FIND)),
} as const;

export const MATCH_RULES: Readonly<Record<Method, Rule>> = {
  contactEmail: {
    sought: sought(EMAIL_TO_FIND, 'Email', 'e-mail address of the lead'),
    filter: filter('Id', 'In', reference(CONTACT_ACCOUNT_IDS)),
    fits: (loop) => `CONTAINS(${merge(CONTACT_ACCOUNTS)}, ${merge(`${loop}.Id`)})`,
    reason: `"A contact with the same e-mail " & ${record('Email')}`,
  },
  emailDomain: {
    sought: sought(EMAIL_DOMAIN_TO_FIND, LEAD_FIELD.emailDomain, 'e-mail domain of the lead'),
    filter: equals(ACCOUNT_FIELD.websiteDomain, reference(EMAIL_DOMAIN_TO_FIND)),
    fits: sameDomain(EMAIL_DOMAIN_TO_FIND),
    reason: `"Same e-mail domain " & ${record(LEAD_FIELD.emailDomain)}`,
  },
  website: {
    sought: sought(WEBSITE_TO_FIND, LEAD_FIELD.websiteDomain, 'website domain of the lead'),
    filter: equals(ACCOUNT_FIELD.websiteDomain, reference(WEBSITE_TO_FIND)),
    fits: sameDomain(WEBSITE_TO_FIND),
    reason: `"Same website " & ${record(LEAD_FIELD.websiteDomain)}`,
  },
  companyName: {
    ...company,
    fits: sameCompany,
    fitsExactly: sameName,
    reason: `"Same company name " & ${record('Company')}`,
    reasonAlike: `${ALIKE} & ${record('Company')}`,
  },
  companyNameAndCountry: {
    ...company,
    // A text that is compared is never a blank one: NULL = NULL would be true on the platform.
    fits: (loop) =>
      and(
        sameCompany(loop),
        `NOT(ISBLANK(${record('Country')}))`,
        `LOWER(BLANKVALUE(${merge(`${loop}.BillingCountry`)}, "")) = LOWER(${record('Country')})`,
      ),
    fitsExactly: sameName,
    reason: `"Same company name and country " & ${record('Company')} & ", " & ${record('Country')}`,
    reasonAlike: `${ALIKE} & "and country " & ${record('Company')} & ", " & ${record('Country')}`,
  },
};

/** Further than any rule. */
export const NO_RULE = 99;
/** What an account that fits to the letter by the rule in this place counts; one that fits otherwise counts one more. */
const exactly = (index: number): number => 2 * index + 1;

/** The lower, the better an account fits: 1 and 2 by the first rule, to the letter and otherwise, 3 and 4 by the second …; {@link NO_RULE} by none. */
export const ruleNumber = ({ matchBy }: Leads, loop: AccountLoop): string =>
  matchBy.reduceRight((otherwise, method, index) => {
    const { fits, fitsExactly } = MATCH_RULES[method];
    const count = fitsExactly
      ? `IF(${fitsExactly(loop)}, ${String(exactly(index))}, ${String(exactly(index) + 1)})`
      : String(exactly(index));
    return `IF(${fits(loop)}, ${count}, ${otherwise})`;
  }, String(NO_RULE));

/** Formula text: what the lead is told, by the number that its account counts. */
export const ruleReason = ({ matchBy }: Leads, count: string): string => {
  const cases = matchBy.flatMap((method, index) => {
    const { reason, reasonAlike } = MATCH_RULES[method];
    return [
      { count: exactly(index), reason },
      ...(reasonAlike === undefined ? [] : [{ count: exactly(index) + 1, reason: reasonAlike }]),
    ];
  });
  const last = cases.at(-1);
  return cases
    .slice(0, -1)
    .reduceRight(
      (otherwise, each) => `IF(${count} = ${String(each.count)}, ${each.reason}, ${otherwise})`,
      last?.reason ?? '""',
    );
};

interface Measure {
  /** A number, the higher the better, of the account in the loop. */
  readonly of: (loop: AccountLoop) => string;
  /** Ends "of 3 accounts the one …". */
  readonly words: string;
  readonly field: string | null;
}

const EPOCH = 'DATE(1900, 1, 1)';
export const MEASURES: Readonly<Record<TieBreaker, Measure>> = {
  ownerSet: {
    of: (loop) => `IF(${merge(`${loop}.${ACCOUNT_FIELD.ownerIsActive}`)}, 1, 0)`,
    words: 'whose owner is active',
    field: ACCOUNT_FIELD.ownerIsActive,
  },
  openOpportunity: {
    of: (loop) => `IF(CONTAINS(${merge(ACCOUNTS_WITH_OPPORTUNITY)}, ${merge(`${loop}.Id`)}), 1, 0)`,
    words: 'with an open opportunity',
    field: null,
  },
  mostRecentActivity: {
    of: (loop) => {
      const last = merge(`${loop}.LastActivityDate`);
      return `IF(ISBLANK(${last}), 0, ${last} - ${EPOCH})`;
    },
    words: 'with the most recent activity',
    field: 'LastActivityDate',
  },
  biggest: {
    of: (loop) => `BLANKVALUE(${merge(`${loop}.NumberOfEmployees`)}, 0)`,
    words: 'with the most employees',
    field: 'NumberOfEmployees',
  },
};
