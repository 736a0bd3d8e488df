/**
 * The flow that creates the opportunity of an account and a solution when none is open. Its key, which the org takes once only, decides
 * when several would create the same at the same time: the first is kept, the others hear that it is there, and the caller looks again.
 *
 * At most five queries and one insert, for a batch as for one record.
 */
import type { FlowFormula, FlowInputFieldAssignment, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW, recordTypeName } from '../../names.ts';
import { CURRENCY } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import { autolaunchedFlow } from '../autolaunched-flow.ts';
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
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { and, anyOf, merge, quoted } from '../formula-text.ts';
import { filter, getAll, inputVariable, listVariable, loop, outputVariable } from '../steps.ts';
import { createdByJoining } from './creation-rules.ts';
import { closeDate, openKey, openedName, perType } from './opening.ts';

/** Inputs and the output; {@link FLOW.joinGroup} fills and reads them. */
export const OPEN = {
  account: 'Account_Id',
  solution: 'Solution',
  campaign: 'Campaign_Id',
  createdBy: 'Created_By',
  problem: 'Problem',
} as const;

const LABEL = {
  wonIt: 'Find a win of the solution',
  hasWonIt: 'Has the account bought it?',
  won: 'Find any win',
  hasWon: 'Has the account bought anything?',
  more: 'It would be more of the same',
  other: 'It would be something else',
  creates: 'Does the model create one?',
  account: 'Find the account',
  accountFound: 'Is the account there?',
  candidates: 'List who may own it',
  users: 'Find the active ones',
  anyUser: 'Is anybody active?',
  eachUser: 'Go through the active ones',
  keepUser: 'Keep the active user',
  recordType: 'Find the record type',
  recordTypeFound: 'Is the record type there?',
  create: 'Create the opportunity',
  refused: 'Note why it was refused',
  noAccount: 'Note that the account is gone',
  noRecordType: 'Note that the record type is missing',
} as const;

const MOTION = 'Motion';
const TYPE = 'Opportunity_Type';
const RECORD_TYPE = 'Record_Type';
const CANDIDATES = 'Candidates';
const ACTIVE_USERS = 'Active_Users';
const ACCOUNT = elementName(LABEL.account);

const accountField = (field: string): string => `${ACCOUNT}.${field}`;

const chainFields = (types: readonly OpportunityType[]): readonly string[] => [
  ...new Set(types.flatMap(({ creation }) => creation.ownerChain)),
];

/** Blank gives way to the account's owner, so that the list holds users only. */
const candidateFormulaName = (field: string): string => `${field.replace(/__c$/, '')}_or_Owner`;

/** Whether this cause creates the type; null where none does. */
const mayCreate = (type: OpportunityType | undefined): string | null => {
  const causes = (type?.creation.by ?? []).filter((cause) => cause === 'signal' || cause === 'lead');
  if (causes.length === 0) return null;
  return anyOf(causes.map((cause) => `${merge(OPEN.createdBy)} = ${quoted(cause)}`));
};

const ofKey = (types: readonly OpportunityType[], key: OpportunityType['key']): OpportunityType | undefined =>
  types.find((type) => type.key === key);

/** Types for customers; where the model has none of them that joining creates, nobody asks what was won. */
const customerTypes = (types: readonly OpportunityType[]): readonly OpportunityType[] =>
  types.filter(({ key }) => key === 'upsell' || key === 'crossSell');

/**
 * More of what the account has is an upsell, something else for a customer a cross-sell, all else an acquisition; a type that such a cause
 * does not create gives way to acquisition.
 */
const typeFormula = (types: readonly OpportunityType[]): string => {
  const acquisition = mayCreate(ofKey(types, 'acquisition'));
  return customerTypes(types).reduceRight(
    (otherwise, type) => {
      const is = and(`${merge(MOTION)} = ${quoted(type.key)}`, mayCreate(type) ?? 'FALSE');
      return `IF(${is}, ${quoted(type.key)}, ${otherwise})`;
    },
    acquisition === null ? '""' : `IF(${acquisition}, "acquisition", "")`,
  );
};

const ownerFormula = ({ creation }: OpportunityType): string =>
  [...creation.ownerChain, 'OwnerId'].reduceRight((otherwise, field) => {
    const user = merge(accountField(field));
    // Active users only are in the list, and a blank text is contained in any other.
    return `IF(AND(NOT(ISBLANK(${user})), CONTAINS(${merge(ACTIVE_USERS)}, CASESAFEID(${user}))), ${user}, ${otherwise})`;
  }, merge('$User.Id'));

const formulas = (waterfall: Waterfall, types: readonly OpportunityType[]): readonly Authored<FlowFormula>[] => {
  const opened = { accountId: OPEN.account, accountName: accountField('Name'), solution: merge(OPEN.solution) };
  const ruled = (value: (type: OpportunityType) => string): string => perType(types, TYPE, value);
  return [
    formula(
      TYPE,
      'String',
      'What it would be for this account; blank where the model creates nothing of the kind.',
      typeFormula(types),
    ),
    ...chainFields(types).map((field) =>
      formula(
        candidateFormulaName(field),
        'String',
        `The user in ${field}; the owner of the account where it is blank.`,
        `BLANKVALUE(${merge(accountField(field))}, ${merge(accountField('OwnerId'))})`,
      ),
    ),
    formula(
      'Owner_Of_Opportunity',
      'String',
      'The first user of the account who is set and active, then its owner, then whoever is saving.',
      ruled(ownerFormula),
    ),
    formula(
      'Opportunity_Name',
      'String',
      'Account, what it is, and what it is about.',
      openedName(
        opened,
        ruled(({ label }) => quoted(label)),
      ),
    ),
    formula(
      'Stage_At_Creation',
      'String',
      'The stage in which an opportunity of the type begins.',
      ruled(({ creation }) => quoted(creation.stage)),
    ),
    formula(
      'Close_Date',
      'Date',
      'A placeholder until somebody knows better: so many days from today as the model says.',
      closeDate(ruled(({ creation }) => String(creation.closeInDays))),
    ),
    formula(
      'Type_Value',
      'String',
      'The value of the Type picklist.',
      ruled(({ typeValue }) => quoted(typeValue)),
    ),
    formula('Open_Key', 'String', 'Account and solution: what is open for the two is open once.', openKey(opened)),
    ...(waterfall.typeCarrier === 'recordType'
      ? [
          formula(
            RECORD_TYPE,
            'String',
            'The developer name of the record type.',
            ruled((type) => quoted(recordTypeName(type))),
          ),
        ]
      : []),
  ];
};

const values = (waterfall: Waterfall, org: OrgFacts): readonly Authored<FlowInputFieldAssignment>[] => [
  fieldValue('Name', reference('Opportunity_Name')),
  fieldValue('AccountId', reference(OPEN.account)),
  fieldValue('StageName', reference('Stage_At_Creation')),
  fieldValue('CloseDate', reference('Close_Date')),
  fieldValue('OwnerId', reference('Owner_Of_Opportunity')),
  fieldValue('Type', reference('Type_Value')),
  fieldValue('CampaignId', reference(OPEN.campaign)),
  fieldValue(FIELD.solution, reference(OPEN.solution)),
  fieldValue(FIELD.openKey, reference('Open_Key')),
  ...(waterfall.typeCarrier === 'recordType'
    ? [fieldValue('RecordTypeId', reference(`${elementName(LABEL.recordType)}.Id`))]
    : []),
  // Left out, it would be the currency of whoever saves the response (object reference, Opportunity, CurrencyIsoCode).
  ...(org.multiCurrency ? [fieldValue(CURRENCY, reference(accountField(CURRENCY)))] : []),
];

const afterOwner = ({ typeCarrier }: Waterfall): string =>
  typeCarrier === 'recordType' ? LABEL.recordType : LABEL.create;

const wins = [equals('AccountId', reference(OPEN.account)), equals('IsWon', yesNo(true))];

const lookups = (
  waterfall: Waterfall,
  types: readonly OpportunityType[],
  org: OrgFacts,
): FlowMetadata['recordLookups'] => [
  ...(customerTypes(types).length > 0
    ? [
        getFirst(
          { label: LABEL.wonIt, description: 'Whether the account has bought this solution.' },
          {
            object: 'Opportunity',
            filters: [...wins, equals(FIELD.solution, reference(OPEN.solution))],
            fields: ['Id'],
          },
          to(LABEL.hasWonIt),
          jumpTo(LABEL.refused),
        ),
        getFirst(
          { label: LABEL.won, description: 'Whether the account has bought anything.' },
          { object: 'Opportunity', filters: wins, fields: ['Id'] },
          to(LABEL.hasWon),
          jumpTo(LABEL.refused),
        ),
      ]
    : []),
  getFirst(
    { label: LABEL.account, description: 'Its name, and who may own what is created for it.' },
    {
      object: 'Account',
      filters: [equals('Id', reference(OPEN.account))],
      fields: [...new Set(['Id', 'Name', 'OwnerId', ...chainFields(types), ...(org.multiCurrency ? [CURRENCY] : [])])],
    },
    to(LABEL.accountFound),
    jumpTo(LABEL.refused),
  ),
  getAll(
    { label: LABEL.users, description: 'An inactive user cannot be given an opportunity.' },
    {
      object: 'User',
      filters: [filter('Id', 'In', reference(CANDIDATES)), equals('IsActive', yesNo(true))],
      fields: ['Id'],
    },
    to(LABEL.anyUser),
    jumpTo(LABEL.refused),
  ),
  ...(waterfall.typeCarrier === 'recordType'
    ? [
        getFirst(
          { label: LABEL.recordType, description: 'Found by developer name, since ids differ from org to org.' },
          {
            object: 'RecordType',
            filters: [
              equals('SobjectType', text('Opportunity')),
              equals('DeveloperName', reference(RECORD_TYPE)),
              equals('IsActive', yesNo(true)),
            ],
            fields: ['Id'],
          },
          to(LABEL.recordTypeFound),
          jumpTo(LABEL.refused),
        ),
      ]
    : []),
];

const decisions = (
  waterfall: Waterfall,
  types: readonly OpportunityType[],
): readonly NonNullable<FlowMetadata['decisions']>[number][] => [
  ...(customerTypes(types).length > 0
    ? [
        question(
          { label: LABEL.hasWonIt, description: 'A customer of the solution buys more of it.' },
          {
            label: 'It has bought it',
            description: 'A win of the solution was found.',
            logic: 'and',
            conditions: [condition(elementName(LABEL.wonIt), 'IsNull', yesNo(false))],
            connector: to(LABEL.more),
          },
          { label: 'Not yet', connector: to(LABEL.won) },
        ),
        question(
          { label: LABEL.hasWon, description: 'A customer of something else buys a further solution.' },
          {
            label: 'It has bought something',
            description: 'A win was found.',
            logic: 'and',
            conditions: [condition(elementName(LABEL.won), 'IsNull', yesNo(false))],
            connector: to(LABEL.other),
          },
          { label: 'A newcomer', connector: to(LABEL.creates) },
        ),
      ]
    : []),
  question(
    { label: LABEL.creates, description: 'The model says which types a signal or a lead creates.' },
    {
      label: 'It creates one',
      description: 'There is a type for this account and this cause.',
      logic: 'and',
      conditions: [condition(TYPE, 'NotEqualTo', reference('$GlobalConstant.EmptyString'))],
      connector: to(LABEL.account),
    },
    { label: 'It creates none' },
  ),
  question(
    { label: LABEL.accountFound, description: 'It may have been deleted or merged meanwhile.' },
    {
      label: 'The account is there',
      description: 'The look-up found it.',
      logic: 'and',
      conditions: [condition(ACCOUNT, 'IsNull', yesNo(false))],
      connector: to(LABEL.candidates),
    },
    { label: 'No account', connector: to(LABEL.noAccount) },
  ),
  question(
    { label: LABEL.anyUser, description: 'With nobody it goes to whoever is saving.' },
    {
      label: 'Somebody is active',
      description: 'The look-up found users.',
      logic: 'and',
      conditions: [condition(elementName(LABEL.users), 'IsNull', yesNo(false))],
      connector: to(LABEL.eachUser),
    },
    { label: 'Nobody is active', connector: jumpTo(afterOwner(waterfall)) },
  ),
  ...(waterfall.typeCarrier === 'recordType'
    ? [
        question(
          { label: LABEL.recordTypeFound, description: 'Without its record type it would be in no sales process.' },
          {
            label: 'The record type is there',
            description: 'The look-up found it.',
            logic: 'and',
            conditions: [condition(elementName(LABEL.recordType), 'IsNull', yesNo(false))],
            connector: to(LABEL.create),
          },
          { label: 'No record type', connector: to(LABEL.noRecordType) },
        ),
      ]
    : []),
];

const assignments = (waterfall: Waterfall, types: readonly OpportunityType[]): FlowMetadata['assignments'] => [
  ...(customerTypes(types).length > 0
    ? [
        assignment(
          { label: LABEL.more, description: 'The account has bought this solution.' },
          [set(MOTION, text('upsell'))],
          jumpTo(LABEL.creates),
        ),
        assignment(
          { label: LABEL.other, description: 'The account has bought other solutions.' },
          [set(MOTION, text('crossSell'))],
          jumpTo(LABEL.creates),
        ),
      ]
    : []),
  assignment(
    { label: LABEL.candidates, description: 'Whoever the model names for the account, and its owner.' },
    [...chainFields(types).map(candidateFormulaName), accountField('OwnerId')].map((user) => ({
      assignToReference: CANDIDATES,
      operator: 'Add' as const,
      value: reference(user),
    })),
    to(LABEL.users),
  ),
  assignment(
    { label: LABEL.keepUser, description: 'A text of active users, in which a formula can look for one.' },
    [
      {
        assignToReference: ACTIVE_USERS,
        operator: 'Add',
        value: reference(`${elementName(LABEL.eachUser)}.Id`),
      },
    ],
    jumpTo(LABEL.eachUser),
  ),
  assignment({ label: LABEL.refused, description: 'The caller decides what becomes of it.' }, [
    set(OPEN.problem, reference('$Flow.FaultMessage')),
  ]),
  assignment({ label: LABEL.noAccount, description: 'Somebody deleted or merged it meanwhile.' }, [
    set(OPEN.problem, text('The account is not there any more.')),
  ]),
  ...(waterfall.typeCarrier === 'recordType'
    ? [
        assignment({ label: LABEL.noRecordType, description: 'Somebody deactivated or renamed it.' }, [
          set(OPEN.problem, text('Opportunity has no active record type for an opportunity that a signal creates.')),
        ]),
      ]
    : []),
];

const variables = (types: readonly OpportunityType[]): readonly Authored<FlowVariable>[] => [
  inputVariable(OPEN.account, 'String', 'The account.'),
  inputVariable(OPEN.solution, 'String', 'The solution.'),
  inputVariable(OPEN.campaign, 'String', 'The campaign that brought it about; may be blank.'),
  inputVariable(OPEN.createdBy, 'String', 'What brought it about: signal or lead.'),
  ...(customerTypes(types).length > 0
    ? [variable(MOTION, 'String', 'What it would be for a customer: upsell or crossSell; blank for a newcomer.')]
    : []),
  outputVariable(OPEN.problem, 'String', 'Why it could not be created; blank when all is well.'),
  listVariable(CANDIDATES, 'Who may own the opportunity.'),
  variable(ACTIVE_USERS, 'String', 'Those of them who are active.'),
];

/** Null where joining creates nothing. */
export const openOpportunityFlow = (waterfall: Waterfall, org: OrgFacts): Component<FlowMetadata> | null => {
  const types = createdByJoining(waterfall);
  if (types.length === 0 || waterfall.solutions.length === 0) return null;
  const elements: FlowElements = {
    assignments: assignments(waterfall, types),
    decisions: decisions(waterfall, types),
    formulas: formulas(waterfall, types),
    loops: [
      loop(
        { label: LABEL.eachUser, description: 'No more than the account has owners by the model.' },
        elementName(LABEL.users),
        to(LABEL.keepUser),
        to(afterOwner(waterfall)),
      ),
    ],
    recordCreates: [
      createRecord(
        {
          label: LABEL.create,
          description: 'Refused when the same account and solution have just got one: the key tells.',
        },
        'Opportunity',
        values(waterfall, org),
        jumpTo(LABEL.refused),
      ),
    ],
    recordLookups: lookups(waterfall, types, org),
    variables: variables(types),
  };
  return autolaunchedFlow({
    name: FLOW.openOpportunity,
    label: 'Waterfall: Open Opportunity',
    description:
      `Creates the opportunity of an account and a solution (${types.map(({ label }) => label).join(', ')}) at the stage, with the owner ` +
      `and the type that the model says, once. Says what the org refused. ${COMPILED}`,
    source: 'opportunityTypes',
    first: elementName(customerTypes(types).length > 0 ? LABEL.wonIt : LABEL.creates),
    elements,
  });
};
