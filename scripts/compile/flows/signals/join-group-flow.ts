/**
 * The flow that brings a person to the open opportunity of an account and a solution. With none open it has one created, and looks again
 * in any case: of several people who want the same in one batch the first gets it, and the others find it.
 *
 * An opportunity or a member that many of a batch belong to is written once: a batch takes 12 duplicate updates of a record, and the
 * thirteenth undoes the whole transaction, fault paths or not (help: flow_considerations_limit_transaction). So the campaign is linked by
 * one of those who joined with the same moment, the last by id. Callers leave one response per person and solution of a batch to come here.
 *
 * At most six queries and four saves, for a batch as for one record.
 */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FIELD, FLOW, MEMBER_FIELD, MEMBER_STATUS } from '../../names.ts';
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
import type { Connector } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowElements, FlowMetadata } from '../flow-shell.ts';
import { merge } from '../formula-text.ts';
import { inputVariable, outputVariable, recordVariable, subflow, updateFrom } from '../steps.ts';
import { createdByJoining, joins } from './creation-rules.ts';
import { OPEN } from './open-opportunity-flow.ts';
import { ROLE_BY_TITLE, titleRoleFormulas } from './title-role.ts';

/** Inputs and outputs of {@link FLOW.joinGroup}. */
export const JOIN = {
  contact: 'Contact_Id',
  account: 'Account_Id',
  solution: 'Solution',
  /** May be blank. */
  campaign: 'Campaign_Id',
  /** A value of MEMBER_SOURCE. */
  source: 'Source',
  /** DateTime; now where it is blank. Members of one batch that share it share the writing. */
  engagedAt: 'Engaged_At',
  /** `signal` or `lead`: which `creation.by` it counts as. */
  createdBy: 'Created_By',
  /** Blank where none is open and the model creates none. */
  opportunity: 'Opportunity_Id',
  /** Blank when all is well. */
  problem: 'Problem',
} as const;

const LABEL = {
  complete: 'Is it known who wants what?',
  person: 'Find the person',
  personFound: 'Is the person there?',
  open: 'Find the open opportunity',
  isOpen: 'Is one open?',
  take: 'Take the open opportunity',
  create: 'Open an opportunity',
  again: 'Look again',
  nowOpen: 'Is one open now?',
  takeNew: 'Take the new opportunity',
  none: 'Note why there is none',
  member: 'Find the member',
  isMember: 'Is the person a member already?',
  later: 'Is it a later engagement?',
  engaged: 'Note the engagement',
  saveMember: 'Save the engagement',
  join: 'Add the person',
  whyNot: 'Note why the person was refused',
  memberAgain: 'Look for the member again',
  nowMember: 'Is the person a member now?',
  clear: 'Forget the refusal',
  campaign: 'Has the opportunity a campaign?',
  last: 'Find who joined last',
  isLast: 'Is it this person?',
  link: 'Note the campaign',
  saveLink: 'Link the campaign',
  linkRefused: 'Note why the campaign was refused',
  failed: 'Note what failed',
  noPerson: 'Note that the person is gone',
} as const;

const HAS_CAMPAIGN = 'Campaign_Of_Opportunity';
/** Never set: what the problem is cleared with. */
const NO_PROBLEM = 'No_Problem';
const MOMENT = 'Moment';
const MEMBER = 'Member';
const OPPORTUNITY = 'Opportunity';

const isThere = (label: string) => [condition(elementName(label), 'IsNull', yesNo(false))];

const findOpen = (
  label: string,
  description: string,
  connector: Connector,
): NonNullable<FlowMetadata['recordLookups']>[number] =>
  getFirst(
    { label, description },
    {
      object: 'Opportunity',
      filters: [
        equals('AccountId', reference(JOIN.account)),
        equals(FIELD.solution, reference(JOIN.solution)),
        equals('IsClosed', yesNo(false)),
      ],
      fields: ['Id', 'CampaignId'],
      latestFirst: 'LastModifiedDate',
    },
    connector,
    jumpTo(LABEL.failed),
  );

const findMember = (
  label: string,
  description: string,
  connector: Connector,
): NonNullable<FlowMetadata['recordLookups']>[number] =>
  getFirst(
    { label, description },
    {
      object: 'OpportunityContactRole',
      filters: [equals('OpportunityId', reference(JOIN.opportunity)), equals('ContactId', reference(JOIN.contact))],
      fields: ['Id', MEMBER_FIELD.lastEngagementAt],
    },
    connector,
    jumpTo(LABEL.failed),
  );

/** Who joins, and the opportunity that is open for it. */
const finding = (creates: boolean, next: { readonly whenOpen: string; readonly whenNew: string }): FlowElements => ({
  recordLookups: [
    findOpen(
      LABEL.open,
      'Of whatever type: a signal belongs to the decision that is being made. Of several the one that was changed last.',
      to(LABEL.isOpen),
    ),
    ...(creates
      ? [findOpen(LABEL.again, 'It was created here, or for somebody else at the same moment.', to(LABEL.nowOpen))]
      : []),
  ],
  decisions: [
    question(
      { label: LABEL.isOpen, description: 'One account, one solution, one opportunity at a time.' },
      {
        label: 'One is open',
        description: 'The look-up found it.',
        logic: 'and',
        conditions: isThere(LABEL.open),
        connector: to(LABEL.take),
      },
      { label: 'None is open', ...(creates && { connector: to(LABEL.create) }) },
    ),
    ...(creates
      ? [
          question(
            {
              label: LABEL.nowOpen,
              description: 'The model may create none for this, or the org may have refused it.',
            },
            {
              label: 'One is open now',
              description: 'The second look-up found it.',
              logic: 'and',
              conditions: isThere(LABEL.again),
              connector: to(LABEL.takeNew),
            },
            { label: 'Still none', connector: to(LABEL.none) },
          ),
        ]
      : []),
  ],
  subflows: creates
    ? [
        subflow(
          { label: LABEL.create, description: 'At the stage, with the type and the owner that the model says.' },
          FLOW.openOpportunity,
          {
            [OPEN.account]: reference(JOIN.account),
            [OPEN.campaign]: reference(JOIN.campaign),
            [OPEN.createdBy]: reference(JOIN.createdBy),
            [OPEN.solution]: reference(JOIN.solution),
          },
          to(LABEL.again),
        ),
      ]
    : [],
  assignments: [
    assignment(
      { label: LABEL.take, description: 'Keeps what the next steps need of it.' },
      [
        set(JOIN.opportunity, reference(`${elementName(LABEL.open)}.Id`)),
        set(HAS_CAMPAIGN, reference(`${elementName(LABEL.open)}.CampaignId`)),
      ],
      to(next.whenOpen),
    ),
    ...(creates
      ? [
          assignment(
            { label: LABEL.takeNew, description: 'Keeps what the next steps need of it.' },
            [
              set(JOIN.opportunity, reference(`${elementName(LABEL.again)}.Id`)),
              set(HAS_CAMPAIGN, reference(`${elementName(LABEL.again)}.CampaignId`)),
            ],
            jumpTo(next.whenNew),
          ),
          assignment({ label: LABEL.none, description: 'Blank where the model creates none for this.' }, [
            set(JOIN.problem, reference(`${elementName(LABEL.create)}.${OPEN.problem}`)),
          ]),
        ]
      : []),
  ],
});

/** The person, the membership, and the campaign on the opportunity. */
const joining = (): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: LABEL.person, description: 'The title says which role it may be.' },
      { object: 'Contact', filters: [equals('Id', reference(JOIN.contact))], fields: ['Id', 'Title'] },
      to(LABEL.personFound),
      jumpTo(LABEL.failed),
    ),
    findMember(LABEL.member, 'The same person is a member once.', to(LABEL.isMember)),
    findMember(LABEL.memberAgain, 'Somebody may have added the person at the same moment.', to(LABEL.nowMember)),
    getFirst(
      { label: LABEL.last, description: 'Of those who joined or engaged at this very moment, the last by id.' },
      {
        object: 'OpportunityContactRole',
        filters: [
          equals('OpportunityId', reference(JOIN.opportunity)),
          equals(MEMBER_FIELD.lastEngagementAt, reference(MOMENT)),
        ],
        fields: ['Id', 'ContactId'],
        latestFirst: 'Id',
      },
      to(LABEL.isLast),
      jumpTo(LABEL.failed),
    ),
  ],
  decisions: [
    question(
      { label: LABEL.personFound, description: 'The contact may have been deleted or merged meanwhile.' },
      {
        label: 'The person is there',
        description: 'The look-up found the contact.',
        logic: 'and',
        conditions: isThere(LABEL.person),
        connector: to(LABEL.open),
      },
      { label: 'Nobody', connector: to(LABEL.noPerson) },
    ),
    question(
      { label: LABEL.isMember, description: 'A member is not added twice; the engagement is noted.' },
      {
        label: 'A member',
        description: 'The look-up found the contact role.',
        logic: 'and',
        conditions: isThere(LABEL.member),
        connector: to(LABEL.later),
      },
      { label: 'Not yet a member', connector: to(LABEL.join) },
    ),
    question(
      { label: LABEL.later, description: 'What is known already of a later moment stays.' },
      {
        label: 'A later one',
        description: 'The first engagement of this member, or one after the last known.',
        logic: 'or',
        conditions: [
          condition(`${elementName(LABEL.member)}.${MEMBER_FIELD.lastEngagementAt}`, 'IsNull', yesNo(true)),
          condition(`${elementName(LABEL.member)}.${MEMBER_FIELD.lastEngagementAt}`, 'LessThan', reference(MOMENT)),
        ],
        connector: to(LABEL.engaged),
      },
      { label: 'An earlier one', connector: to(LABEL.campaign) },
    ),
    question(
      { label: LABEL.nowMember, description: 'Refused as a double, the person is where the person belongs.' },
      {
        label: 'A member now',
        description: 'The second look-up found the contact role.',
        logic: 'and',
        conditions: isThere(LABEL.memberAgain),
        connector: to(LABEL.clear),
      },
      { label: 'Refused' },
    ),
    question(
      { label: LABEL.campaign, description: 'The campaign that came first stays.' },
      {
        label: 'It needs one',
        description: 'The opportunity has none, and there is one to link.',
        logic: 'and',
        conditions: [condition(HAS_CAMPAIGN, 'IsNull', yesNo(true)), condition(JOIN.campaign, 'IsNull', yesNo(false))],
        connector: to(LABEL.last),
      },
      { label: 'Nothing to link' },
    ),
    question(
      { label: LABEL.isLast, description: 'One of a batch writes the opportunity, not each of them.' },
      {
        label: 'This person',
        description: 'The member found is the one that this run is about.',
        logic: 'and',
        conditions: [
          ...isThere(LABEL.last),
          condition(`${elementName(LABEL.last)}.ContactId`, 'EqualTo', reference(JOIN.contact)),
        ],
        connector: to(LABEL.link),
      },
      { label: 'Somebody else' },
    ),
  ],
  recordCreates: [
    {
      ...createRecord(
        { label: LABEL.join, description: 'As a potential member, with the role that the title suggests.' },
        'OpportunityContactRole',
        [
          fieldValue('OpportunityId', reference(JOIN.opportunity)),
          fieldValue('ContactId', reference(JOIN.contact)),
          fieldValue('Role', reference(ROLE_BY_TITLE)),
          fieldValue(MEMBER_FIELD.status, text(MEMBER_STATUS.potential)),
          fieldValue(MEMBER_FIELD.source, reference(JOIN.source)),
          fieldValue(MEMBER_FIELD.lastEngagementAt, reference(MOMENT)),
        ],
        to(LABEL.whyNot),
      ),
      connector: jumpTo(LABEL.campaign),
    },
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.saveMember, description: 'Its signals are counted with it.' },
      MEMBER,
      jumpTo(LABEL.failed),
      jumpTo(LABEL.campaign),
    ),
    updateFrom(
      { label: LABEL.saveLink, description: 'The campaign that first brought somebody to this opportunity.' },
      OPPORTUNITY,
      to(LABEL.linkRefused),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.engaged, description: 'Only the moment is written.' },
      [
        set(`${MEMBER}.Id`, reference(`${elementName(LABEL.member)}.Id`)),
        set(`${MEMBER}.${MEMBER_FIELD.lastEngagementAt}`, reference(MOMENT)),
      ],
      to(LABEL.saveMember),
    ),
    assignment(
      { label: LABEL.whyNot, description: 'Keeps the message before another step can replace it.' },
      [set(JOIN.problem, reference('$Flow.FaultMessage'))],
      to(LABEL.memberAgain),
    ),
    assignment(
      { label: LABEL.clear, description: 'The person is a member, whoever made it so.' },
      [set(JOIN.problem, reference(NO_PROBLEM))],
      jumpTo(LABEL.campaign),
    ),
    assignment(
      { label: LABEL.link, description: 'Only the campaign is written.' },
      [
        set(`${OPPORTUNITY}.Id`, reference(JOIN.opportunity)),
        set(`${OPPORTUNITY}.CampaignId`, reference(JOIN.campaign)),
      ],
      to(LABEL.saveLink),
    ),
    assignment({ label: LABEL.linkRefused, description: 'The person has joined all the same.' }, [
      set(JOIN.problem, reference('$Flow.FaultMessage')),
    ]),
    assignment({ label: LABEL.noPerson, description: 'The response remains with its campaign.' }, [
      set(JOIN.problem, text('The contact is not there any more.')),
    ]),
  ],
});

const completeness = (groups: boolean): NonNullable<FlowMetadata['decisions']>[number] =>
  question(
    {
      label: LABEL.complete,
      description: 'Without an account or a solution there is no opportunity that it could belong to.',
    },
    {
      label: 'It is known',
      description: 'Account and solution are given.',
      logic: 'and',
      conditions: [condition(JOIN.account, 'IsNull', yesNo(false)), condition(JOIN.solution, 'IsNull', yesNo(false))],
      connector: to(groups ? LABEL.person : LABEL.open),
    },
    { label: 'Something is missing' },
  );

const inputs: readonly Authored<FlowVariable>[] = [
  inputVariable(JOIN.account, 'String', 'The account of the person.'),
  inputVariable(JOIN.campaign, 'String', 'The campaign that the person responded to; may be blank.'),
  inputVariable(JOIN.contact, 'String', 'The person, a contact.'),
  inputVariable(JOIN.createdBy, 'String', 'What brought it about: signal or lead.'),
  inputVariable(JOIN.engagedAt, 'DateTime', 'When the person responded; now where it is blank.'),
  inputVariable(JOIN.solution, 'String', 'What the person is interested in.'),
  inputVariable(JOIN.source, 'String', 'How the person came into the buying group: Inbound, Research or Customer.'),
  outputVariable(JOIN.opportunity, 'String', 'The open opportunity; blank where there is none.'),
  outputVariable(JOIN.problem, 'String', 'What could not be done; blank when all is well.'),
];

/** The moment without fractions of a second, as a date-and-time field keeps it, so that it can be looked for again. */
const moment = (): Authored<FlowFormula> =>
  formula(
    MOMENT,
    'DateTime',
    'The moment of the engagement in whole seconds, as it is stored.',
    `DATETIMEVALUE(SUBSTITUTE(TEXT(BLANKVALUE(${merge(JOIN.engagedAt)}, ${merge('$Flow.CurrentDateTime')})), "Z", ""))`,
  );

const failed = assignment({ label: LABEL.failed, description: 'The caller decides what becomes of it.' }, [
  set(JOIN.problem, reference('$Flow.FaultMessage')),
]);

const together = (...parts: readonly FlowElements[]): FlowElements => {
  const kinds = [...new Set(parts.flatMap((part) => Object.keys(part)))] as (keyof FlowElements)[];
  return Object.fromEntries(kinds.map((kind) => [kind, parts.flatMap((part): readonly object[] => part[kind] ?? [])]));
};

/** Null where there is nothing to join. */
export const joinGroupFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  if (!joins(waterfall)) return null;
  const creates = createdByJoining(waterfall).length > 0;
  const elements = together(
    { decisions: [completeness(true)], assignments: [failed] },
    // A new opportunity has no members yet, and a double is refused and looked for again.
    finding(creates, { whenOpen: LABEL.member, whenNew: LABEL.join }),
    joining(),
    {
      formulas: [moment(), ...titleRoleFormulas(waterfall.buyingGroups, `${elementName(LABEL.person)}.Title`)],
      variables: [
        ...inputs,
        variable(NO_PROBLEM, 'String', 'Never set: clears the problem.'),
        variable(HAS_CAMPAIGN, 'String', 'The campaign that the opportunity has already.'),
        recordVariable(MEMBER, 'OpportunityContactRole', 'The member with the moment of the engagement.'),
        recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity with its campaign.'),
      ],
    },
  );
  return autolaunchedFlow({
    name: FLOW.joinGroup,
    label: 'Waterfall: Join Buying Group',
    description:
      'Called by the other waterfall flows: finds the open opportunity of an account and a solution, has one created where there is ' +
      `none, adds the person to its buying group or notes the engagement, and links the campaign. ${COMPILED}`,
    source: 'solutions',
    first: elementName(LABEL.complete),
    elements,
  });
};
