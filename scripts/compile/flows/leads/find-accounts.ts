/** The first part of matching: the accounts that the lead could belong to, and by which rule of the model each of them fits. */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads } from '../../../model/waterfall.ts';
import { ACCOUNT_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
  jumpTo,
  number,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import type { Connector } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { added } from '../number-and-list-steps.ts';
import { decision, filter, getAll, listVariable, loop, whenFound } from '../steps.ts';
import {
  CONTACT_ACCOUNTS,
  CONTACT_ACCOUNT_IDS,
  EMAIL_TO_FIND,
  MATCH_RULES,
  MEASURES,
  NO_RULE,
  ruleNumber,
} from './match-rules.ts';

export const BEGIN = 'Begin with nothing found';
const CONTACTS = 'Find contacts with the same e-mail';
const CONTACTS_FOUND = 'Is somebody known?';
const EACH_CONTACT = 'Each contact';
const KEEP_ACCOUNT = 'Keep the account of the contact';
const FIND = 'Find accounts';
const FOUND = 'Were accounts found?';
const EACH = 'Each account';
const FITS = 'How does it fit?';
const BETTER = 'Begin with this account';
const AS_WELL = 'Count one more that fits as well';
const KEEP_ID = 'Keep the account for comparing';
const HOW_MANY = 'How many fit?';

export const ACCOUNTS = elementName(FIND);
export const BEST_RULE = 'Best_Rule';
export const CHOSEN_ACCOUNT = 'Chosen_Account_Id';
export const CANDIDATES = 'Number_Of_Candidates';
/** Ids of all accounts that were found; only kept where opportunities are asked for. */
export const ACCOUNT_IDS = 'Account_Ids';
const RULE_OF_ACCOUNT = 'Rule_Of_Account';

const usesContacts = ({ matchBy }: Leads): boolean => matchBy.includes('contactEmail');
const usesOpportunities = ({ tieBreakers }: Leads): boolean => tieBreakers.includes('openOpportunity');

const contactElements = (failed: Connector): FlowElements => ({
  decisions: [
    whenFound(
      { label: CONTACTS_FOUND, description: 'Otherwise the company alone tells.' },
      CONTACTS,
      { found: 'Somebody is known', none: 'Nobody is known', description: 'The look-up found at least one.' },
      to(EACH_CONTACT),
      to(FIND),
    ),
  ],
  recordLookups: [
    getAll(
      {
        label: CONTACTS,
        description: 'People with the e-mail address of the lead whom we know already, with an account.',
      },
      {
        object: 'Contact',
        filters: [filter('Email', 'EqualTo', reference(EMAIL_TO_FIND)), filter('AccountId', 'IsNull', yesNo(false))],
        fields: ['Id', 'AccountId'],
      },
      to(CONTACTS_FOUND),
      failed,
    ),
  ],
  loops: [
    loop(
      { label: EACH_CONTACT, description: 'Collects the accounts of these people.' },
      elementName(CONTACTS),
      to(KEEP_ACCOUNT),
      to(FIND),
    ),
  ],
  assignments: [
    assignment(
      {
        label: KEEP_ACCOUNT,
        description: 'In a list to look for, and in a text to ask whether an account is one of them.',
      },
      [
        added(CONTACT_ACCOUNT_IDS, reference(`${elementName(EACH_CONTACT)}.AccountId`)),
        added(CONTACT_ACCOUNTS, reference(`${elementName(EACH_CONTACT)}.AccountId`)),
      ],
      to(EACH_CONTACT),
    ),
  ],
});

/** One query for all rules: each names what an account may be found by. */
const accountLookUp = (leads: Leads, failed: Connector): NonNullable<FlowElements['recordLookups']>[number] => {
  const filters = new Map(leads.matchBy.map((method) => [JSON.stringify(MATCH_RULES[method].filter), method]));
  return {
    ...getAll(
      {
        label: FIND,
        description: 'Accounts that fit by any of the rules, the one that was created first before the others.',
      },
      {
        object: 'Account',
        filters: [...filters.values()].map((method) => MATCH_RULES[method].filter),
        fields: [
          'Id',
          ACCOUNT_FIELD.websiteDomain,
          ACCOUNT_FIELD.companyKey,
          ...(leads.matchBy.some((method) => MATCH_RULES[method].fitsExactly) ? ['Name'] : []),
          ...(leads.matchBy.includes('companyNameAndCountry') ? ['BillingCountry'] : []),
          ...leads.tieBreakers.flatMap((measure) => MEASURES[measure].field ?? []),
        ],
        sort: { field: 'CreatedDate', order: 'Asc' },
      },
      to(FOUND),
      failed,
    ),
    filterLogic: 'or',
  };
};

const accountDecisions = (leads: Leads, next: Next): NonNullable<FlowElements['decisions']> => [
  decision(
    {
      label: FITS,
      description: 'Rules are tried in the order of the model: the first by which an account fits decides.',
    },
    [
      {
        label: 'By a better rule',
        description: 'No account before it fits by a rule that comes as early.',
        logic: 'and',
        conditions: [condition(RULE_OF_ACCOUNT, 'LessThan', reference(BEST_RULE))],
        connector: to(BETTER),
      },
      {
        label: 'By the same rule',
        description: 'It fits by the same rule as the best one before it.',
        logic: 'and',
        conditions: [
          condition(RULE_OF_ACCOUNT, 'EqualTo', reference(BEST_RULE)),
          condition(RULE_OF_ACCOUNT, 'LessThan', number(NO_RULE)),
        ],
        connector: to(AS_WELL),
      },
    ],
    { label: 'Not as well', connector: to(usesOpportunities(leads) ? KEEP_ID : EACH) },
  ),
  whenFound(
    { label: FOUND, description: 'Of these, one or more may fit.' },
    FIND,
    { found: 'Accounts were found', none: 'No accounts were found', description: 'The look-up found at least one.' },
    to(EACH),
    jumpTo(next.none),
  ),
  decision(
    { label: HOW_MANY, description: 'One is the account; of several the tie-breakers choose.' },
    [
      {
        label: 'None',
        description: 'No account fits by any rule.',
        logic: 'and',
        conditions: [condition(CANDIDATES, 'EqualTo', number(0))],
        connector: to(next.none),
      },
      {
        label: 'Several',
        description: 'More than one fits by the best rule.',
        logic: 'and',
        conditions: [condition(CANDIDATES, 'GreaterThan', number(1))],
        connector: to(next.several),
      },
    ],
    { label: 'One', connector: to(next.one) },
  ),
];

const accountAssignments = (leads: Leads): NonNullable<FlowElements['assignments']> => {
  const afterwards = to(usesOpportunities(leads) ? KEEP_ID : EACH);
  return [
    assignment(
      {
        label: BEGIN,
        description: 'No rule fits so far. The list of accounts to look for is never empty: it holds the lead itself.',
      },
      [
        set(BEST_RULE, number(NO_RULE)),
        set(CANDIDATES, number(0)),
        ...(usesContacts(leads)
          ? [added(CONTACT_ACCOUNT_IDS, reference('$Record.Id')), set(CONTACT_ACCOUNTS, text('-'))]
          : []),
      ],
      to(usesContacts(leads) ? CONTACTS : FIND),
    ),
    assignment(
      { label: BETTER, description: 'Forgets those that fit less well.' },
      [
        set(BEST_RULE, reference(RULE_OF_ACCOUNT)),
        set(CHOSEN_ACCOUNT, reference(`${elementName(EACH)}.Id`)),
        set(CANDIDATES, number(1)),
      ],
      afterwards,
    ),
    assignment(
      { label: AS_WELL, description: 'The tie-breakers will have to choose.' },
      [added(CANDIDATES, number(1))],
      afterwards,
    ),
    ...(usesOpportunities(leads)
      ? [
          assignment(
            { label: KEEP_ID, description: 'For the question whether it has an open opportunity.' },
            [added(ACCOUNT_IDS, reference(`${elementName(EACH)}.Id`))],
            to(EACH),
          ),
        ]
      : []),
  ];
};

const formulas = (leads: Leads): readonly Authored<FlowFormula>[] => [
  ...new Map(leads.matchBy.map((method) => [MATCH_RULES[method].sought.name, MATCH_RULES[method].sought])).values(),
  formula(
    RULE_OF_ACCOUNT,
    'Number',
    `How well the account fits: 1 and 2 by the first rule, to the letter and otherwise, 3 and 4 by the second and so on; ${String(NO_RULE)} by none.`,
    ruleNumber(leads, 'Each_account'),
  ),
];

const variables = (leads: Leads): readonly Authored<FlowVariable>[] => [
  variable(BEST_RULE, 'Number', 'How well the best account fits so far: the lower, the better.'),
  variable(CANDIDATES, 'Number', 'How many accounts fit as well.'),
  variable(CHOSEN_ACCOUNT, 'String', 'The account that fits best so far.'),
  ...(usesContacts(leads)
    ? [
        listVariable(CONTACT_ACCOUNT_IDS, 'Accounts of people with the same e-mail address, to look for.'),
        variable(CONTACT_ACCOUNTS, 'String', 'The same as one text, to ask whether an account is one of them.'),
      ]
    : []),
  ...(usesOpportunities(leads) ? [listVariable(ACCOUNT_IDS, 'The accounts that were found.')] : []),
];

interface Next {
  readonly none: string;
  readonly one: string;
  readonly several: string;
}

/** `next` are labels of the elements to go on with; `failed` leads to where RevOps is told. */
export const findAccounts = (
  leads: Leads,
  next: Next,
  failed: Connector,
): Required<Pick<FlowElements, 'assignments' | 'decisions' | 'formulas' | 'loops' | 'recordLookups' | 'variables'>> => {
  const contacts = usesContacts(leads) ? contactElements(failed) : {};
  return {
    recordLookups: [...(contacts.recordLookups ?? []), accountLookUp(leads, failed)],
    loops: [
      ...(contacts.loops ?? []),
      loop({ label: EACH, description: 'Sees how well each fits.' }, ACCOUNTS, to(FITS), to(HOW_MANY)),
    ],
    decisions: [...(contacts.decisions ?? []), ...accountDecisions(leads, next)],
    assignments: [...(contacts.assignments ?? []), ...accountAssignments(leads)],
    formulas: formulas(leads),
    variables: variables(leads),
  };
};
