/**
 * What matching does with a lead that no account was found for: RevOps gets a task, once, or the account is created. Of several leads of
 * one new company that arrive together only one creates the account and gives it to all of them, so that there are not several.
 */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Leads } from '../../../model/waterfall.ts';
import { LEAD_FIELD, MATCH_STATUS } from '../../names.ts';
import {
  assignment,
  condition,
  createRecord,
  elementName,
  equals,
  fieldValue,
  formula,
  getFirst,
  question,
  reference,
  set,
  text,
  to,
  yesNo,
} from '../elements.ts';
import type { Connector } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { IS_USER_OWNED, writing } from './lead-record.ts';
import { record } from '../formula-text.ts';
import { filter, isItself, updateWhere } from '../steps.ts';
import { COMPANY_TO_FIND } from './match-rules.ts';

export type Parts = Required<
  Pick<FlowElements, 'assignments' | 'decisions' | 'formulas' | 'recordCreates' | 'recordLookups' | 'recordUpdates'>
>;

const KNOWN = 'Is that known already?';
const NOTE = 'Note that no account was found';
const NEWEST = 'Find the latest lead of this company';
const IS_NEWEST = 'Is it this lead?';
const CREATE = 'Create the account';
const GIVE = 'Give the account to the leads of this company';
const ACCOUNT_OWNER = 'Owner_Of_Account';

/** The element that a lead without an account leads to. */
export const firstWithoutAccount = ({ noMatch }: Leads): string => (noMatch === 'createAccount' ? NEWEST : KNOWN);

const alert = (problem: string, write: string): Parts => ({
  assignments: [
    assignment(
      { label: NOTE, description: 'On the lead, for list views, and for RevOps.' },
      [
        ...writing({
          [LEAD_FIELD.matchStatus]: text(MATCH_STATUS.noMatch),
          [LEAD_FIELD.matchReason]: text('No account fits'),
        }),
        set(problem, text('No account fits by any rule of the waterfall model.')),
      ],
      to(write),
    ),
  ],
  decisions: [
    question(
      { label: KNOWN, description: 'RevOps is told once, not whenever the lead changes.' },
      {
        label: 'Known',
        description: 'The lead says already that no account was found.',
        logic: 'and',
        conditions: [condition(`$Record.${LEAD_FIELD.matchStatus}`, 'EqualTo', text(MATCH_STATUS.noMatch))],
      },
      { label: 'New', connector: to(NOTE) },
    ),
  ],
  formulas: [],
  recordCreates: [],
  recordLookups: [],
  recordUpdates: [],
});

/** Leads of this company that wait for an account. */
const waiting = [
  equals(LEAD_FIELD.companyKey, reference(COMPANY_TO_FIND)),
  filter(LEAD_FIELD.matchedAccount, 'IsNull', yesNo(true)),
  equals('IsConverted', yesNo(false)),
];

const ownerFormula: Authored<FlowFormula> = formula(
  ACCOUNT_OWNER,
  'String',
  'The owner of the lead where that is a user, otherwise whoever saves it: an account cannot belong to a queue.',
  `IF(${IS_USER_OWNED}, ${record('OwnerId')}, {!$User.Id})`,
);

const create = (failed: Connector): Parts => ({
  assignments: [],
  decisions: [
    question(
      { label: IS_NEWEST, description: 'One of several leads creates the account for all of them.' },
      {
        label: 'This lead',
        description: 'No lead of this company that waits for an account was changed later.',
        logic: 'and',
        conditions: isItself(NEWEST),
        connector: to(CREATE),
      },
      { label: 'Another lead' },
    ),
  ],
  formulas: [ownerFormula],
  recordCreates: [
    {
      ...createRecord(
        { label: CREATE, description: 'With what the lead says of the company.' },
        'Account',
        [
          fieldValue('Name', reference('$Record.Company')),
          fieldValue('Website', reference('$Record.Website')),
          fieldValue('Phone', reference('$Record.Phone')),
          fieldValue('BillingStreet', reference('$Record.Street')),
          fieldValue('BillingCity', reference('$Record.City')),
          fieldValue('BillingState', reference('$Record.State')),
          fieldValue('BillingPostalCode', reference('$Record.PostalCode')),
          fieldValue('BillingCountry', reference('$Record.Country')),
          fieldValue('OwnerId', reference(ACCOUNT_OWNER)),
        ],
        failed,
      ),
      connector: to(GIVE),
      storeOutputAutomatically: true,
    },
  ],
  recordLookups: [
    {
      ...getFirst(
        { label: NEWEST, description: 'The one that was changed last among the leads that wait for this account.' },
        { object: 'Lead', filters: waiting, fields: ['Id'] },
        to(IS_NEWEST),
        failed,
      ),
      sortField: 'SystemModstamp',
      sortOrder: 'Desc' as const,
    },
  ],
  recordUpdates: [
    updateWhere(
      { label: GIVE, description: 'To all that wait for it.' },
      {
        object: 'Lead',
        filters: waiting,
        values: [
          fieldValue(LEAD_FIELD.matchedAccount, reference(elementName(CREATE))),
          fieldValue(LEAD_FIELD.matchStatus, text(MATCH_STATUS.matched)),
          fieldValue(LEAD_FIELD.matchReason, text('No account fitted: this one was created')),
        ],
      },
      failed,
    ),
  ],
});

/**
 * `write` is the label of the element that writes the lead and tells RevOps what is in variable `problem`; `failed` leads to where a fault
 * is told.
 */
export const withoutAccount = (leads: Leads, problem: string, write: string, failed: Connector): Parts =>
  leads.noMatch === 'createAccount' ? create(failed) : alert(problem, write);
