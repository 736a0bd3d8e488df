/**
 * What matching does with a lead that no account was found for: RevOps gets a task, once, or the account is created. Of several leads of
 * one new company that arrive together only one creates the account and gives it to all of them, so that there are not several.
 */
import type { FlowFormula, FlowInputFieldAssignment } from '@salesforce/types/metadata';
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
  jumpTo,
  keepFault,
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

const NOTE = 'Note that no account was found';
const KNOWN = 'Is that known already?';
const NEWS = 'Note what RevOps has to know';
const NO_ACCOUNT = 'No account fits';
const NEWEST = 'Find the latest lead of this company';
const IS_NEWEST = 'Is it this lead?';
const CREATE = 'Create the account';
const GIVE = 'Give the account to the leads of this company';
const NOT_CREATED = 'Note why no account was created';
const SAY = 'Write that to the leads of this company';
const ACCOUNT_OWNER = 'Owner_Of_Account';

/** The element that a lead without an account leads to. */
export const firstWithoutAccount = ({ noMatch }: Leads): string => (noMatch === 'createAccount' ? NEWEST : NOTE);

/** Where a lead without an account goes on. */
interface Next {
  /** The variable that holds what RevOps has to know. */
  readonly problem: string;
  /** The label of the element that writes the lead and tells RevOps of a problem. */
  readonly write: string;
  /** What a lead says that a fault keeps from being matched; the text of the problem is among it. */
  readonly notMatched: readonly Authored<FlowInputFieldAssignment>[];
  /** To the element that tells RevOps. */
  readonly tell: Connector;
  /** To where a fault of this lead alone is told. */
  readonly failed: Connector;
}

const alert = ({ problem, write }: Next): Parts => ({
  assignments: [
    assignment(
      { label: NOTE, description: 'On the lead, for list views.' },
      writing({ [LEAD_FIELD.matchStatus]: text(MATCH_STATUS.noMatch), [LEAD_FIELD.matchReason]: text(NO_ACCOUNT) }),
      to(KNOWN),
    ),
    assignment(
      { label: NEWS, description: 'For the task.' },
      [set(problem, text('No account fits by any rule of the waterfall model.'))],
      jumpTo(write),
    ),
  ],
  decisions: [
    question(
      { label: KNOWN, description: 'RevOps is told once, not whenever the lead changes.' },
      {
        label: 'Known',
        description: 'The lead has said before that no account was found: the reason stays while it is matched again.',
        logic: 'and',
        conditions: [condition(`$Record.${LEAD_FIELD.matchReason}`, 'EqualTo', text(NO_ACCOUNT))],
        connector: to(write),
      },
      { label: 'New', connector: to(NEWS) },
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

/** Those of them that a run of this flow is to match. */
const toBeMatched = [...waiting, equals(LEAD_FIELD.matchStatus, text(MATCH_STATUS.toBeMatched))];

const ownerFormula: Authored<FlowFormula> = formula(
  ACCOUNT_OWNER,
  'String',
  'The owner of the lead where that is a user, otherwise whoever saves it: an account cannot belong to a queue.',
  `IF(${IS_USER_OWNED}, ${record('OwnerId')}, {!$User.Id})`,
);

const create = ({ problem, notMatched, tell, failed }: Next): Parts => ({
  assignments: [keepFault(NOT_CREATED, problem, to(SAY))],
  decisions: [
    question(
      { label: IS_NEWEST, description: 'One of several leads creates the account for all of them.' },
      {
        label: 'This lead',
        description: 'No lead of this company that is to be matched was changed later.',
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
        to(NOT_CREATED),
      ),
      connector: to(GIVE),
      storeOutputAutomatically: true,
    },
  ],
  recordLookups: [
    {
      ...getFirst(
        { label: NEWEST, description: 'The one that was changed last among the leads that are to be matched.' },
        { object: 'Lead', filters: toBeMatched, fields: ['Id'] },
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
      jumpTo(NOT_CREATED),
    ),
    updateWhere(
      { label: SAY, description: 'None of them waits to be matched for ever; RevOps is told of this one.' },
      { object: 'Lead', filters: toBeMatched, values: notMatched },
      tell,
      tell,
    ),
  ],
});

/** What matching does with a lead that no account was found for. */
export const withoutAccount = (leads: Leads, next: Next): Parts =>
  leads.noMatch === 'createAccount' ? create(next) : alert(next);
