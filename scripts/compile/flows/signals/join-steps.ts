/** Steps of joining: the person becomes a member, or engages as one, and the campaign is linked to the opportunity. */
import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { MEMBER_FIELD, MEMBER_STATUS } from '../../names.ts';
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
  variable,
  yesNo,
} from '../elements.ts';
import type { Connector, Named } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { laterOf } from '../buying-groups/builders.ts';
import { merge } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { filter, inputVariable, isFound, outputVariable, recordVariable, updateFrom, whenFound } from '../steps.ts';
import { HAS_CAMPAIGN, JOIN, JOIN_LABEL as LABEL, MOMENT, NO_PROBLEM } from './join-names.ts';
import { ROLE_BY_TITLE, titleRoleFormulas } from './title-role.ts';

const MEMBER = 'Member';
const OPPORTUNITY = 'Opportunity';
const LATER = 'Later_Engagement';
const MORE_SIGNALS = 'More_Signals';
const known = (field: string): string => merge(`${elementName(LABEL.member)}.${field}`);

const findMember = (named: Named, connector: Connector) =>
  getFirst(
    named,
    {
      object: 'OpportunityContactRole',
      filters: [equals('OpportunityId', reference(JOIN.opportunity)), equals('ContactId', reference(JOIN.contact))],
      fields: ['Id', MEMBER_FIELD.lastEngagementAt, MEMBER_FIELD.signalCount],
    },
    connector,
    jumpTo(LABEL.failed),
  );

const addMember = (named: Named, faultConnector: Connector, connector?: Connector) => ({
  ...createRecord(
    named,
    'OpportunityContactRole',
    [
      fieldValue('OpportunityId', reference(JOIN.opportunity)),
      fieldValue('ContactId', reference(JOIN.contact)),
      fieldValue('Role', reference(ROLE_BY_TITLE)),
      fieldValue(MEMBER_FIELD.status, text(MEMBER_STATUS.potential)),
      fieldValue(MEMBER_FIELD.source, reference(JOIN.source)),
      fieldValue(MEMBER_FIELD.lastEngagementAt, reference(MOMENT)),
    ],
    faultConnector,
  ),
  ...(connector && { connector }),
});

/** A member engages; somebody else becomes a member. */
const memberSteps = (creates: boolean): FlowElements => ({
  recordLookups: [
    findMember({ label: LABEL.member, description: 'The same person is a member once.' }, to(LABEL.isMember)),
    findMember(
      { label: LABEL.memberAgain, description: 'Somebody may have added the person at the same moment.' },
      to(LABEL.nowMember),
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.isMember, description: 'A member is not added twice; the engagement is noted.' },
      LABEL.member,
      { found: 'A member', none: 'Not yet a member', description: 'The look-up found the contact role.' },
      to(LABEL.engaged),
      to(LABEL.join),
    ),
    whenFound(
      { label: LABEL.nowMember, description: 'Refused as a double, the person is where the person belongs.' },
      LABEL.memberAgain,
      { found: 'A member now', none: 'Refused', description: 'The second look-up found the contact role.' },
      to(LABEL.clear),
    ),
  ],
  recordCreates: [
    addMember(
      { label: LABEL.join, description: 'As a potential member, with the role that the title suggests.' },
      to(LABEL.refused),
      jumpTo(LABEL.campaign),
    ),
    ...(creates
      ? [
          addMember(
            { label: LABEL.first, description: 'A new opportunity has no members yet, and has its campaign.' },
            jumpTo(LABEL.refused),
          ),
        ]
      : []),
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.saveMember, description: 'Its signals are counted with it.' },
      MEMBER,
      jumpTo(LABEL.failed),
      jumpTo(LABEL.campaign),
    ),
  ],
  assignments: [
    assignment(
      {
        label: LABEL.engaged,
        description: 'The moment, and one signal more, upon which the flow of the member counts all signals again.',
      },
      [
        set(`${MEMBER}.Id`, reference(`${elementName(LABEL.member)}.Id`)),
        set(`${MEMBER}.${MEMBER_FIELD.lastEngagementAt}`, reference(LATER)),
        set(`${MEMBER}.${MEMBER_FIELD.signalCount}`, reference(MORE_SIGNALS)),
      ],
      to(LABEL.saveMember),
    ),
    keepFault(LABEL.refused, JOIN.problem, to(LABEL.memberAgain)),
    assignment(
      { label: LABEL.clear, description: 'The person is a member, whoever made it so.' },
      [set(JOIN.problem, reference(NO_PROBLEM))],
      jumpTo(LABEL.campaign),
    ),
  ],
  formulas: [
    formula(
      LATER,
      'DateTime',
      'This moment, unless a later one is known.',
      laterOf(known(MEMBER_FIELD.lastEngagementAt), merge(MOMENT)),
    ),
    formula(
      MORE_SIGNALS,
      'Number',
      'Another number than is known: two responses of one second have the same moment.',
      `BLANKVALUE(${known(MEMBER_FIELD.signalCount)}, 0) + 1`,
    ),
  ],
  variables: [recordVariable(MEMBER, 'OpportunityContactRole', 'The member with the moment of the engagement.')],
});

/** The first campaign that brought somebody stays; one of those who joined at the same moment links it. */
const campaignSteps = (): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: LABEL.last, description: 'Of those who joined or engaged at this very moment, the last by id.' },
      {
        object: 'OpportunityContactRole',
        filters: [
          equals('OpportunityId', reference(JOIN.opportunity)),
          filter(MEMBER_FIELD.lastEngagementAt, 'GreaterThanOrEqualTo', reference(MOMENT)),
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
          isFound(LABEL.last),
          condition(`${elementName(LABEL.last)}.ContactId`, 'EqualTo', reference(JOIN.contact)),
        ],
        connector: to(LABEL.link),
      },
      { label: 'Somebody else' },
    ),
  ],
  assignments: [
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
  ],
  recordUpdates: [
    updateFrom(
      { label: LABEL.saveLink, description: 'The campaign that first brought somebody to this opportunity.' },
      OPPORTUNITY,
      to(LABEL.linkRefused),
    ),
  ],
  variables: [recordVariable(OPPORTUNITY, 'Opportunity', 'The opportunity with its campaign.')],
});

const variables: readonly Authored<FlowVariable>[] = [
  inputVariable(JOIN.account, 'String', 'The account of the person.'),
  inputVariable(JOIN.campaign, 'String', 'The campaign that the person responded to; may be blank.'),
  inputVariable(JOIN.contact, 'String', 'The person, a contact.'),
  inputVariable(JOIN.engagedAt, 'DateTime', 'When the person responded; now where it is blank.'),
  inputVariable(JOIN.source, 'String', 'How the person came into the buying group: Inbound, Research or Customer.'),
  inputVariable(JOIN.title, 'String', 'The job title of the person, from which the role follows; may be blank.'),
  outputVariable(JOIN.opportunity, 'String', 'The open opportunity; blank where there is none.'),
  outputVariable(JOIN.problem, 'String', 'What could not be done; blank when all is well.'),
  variable(NO_PROBLEM, 'String', 'Never set: clears the problem.'),
  variable(HAS_CAMPAIGN, 'String', 'The campaign that the opportunity has already.'),
];

/** The moment without fractions of a second, as a date-and-time field keeps it, so that it can be looked for again. */
const moment = (): Authored<FlowFormula> =>
  formula(
    MOMENT,
    'DateTime',
    'The moment of the engagement in whole seconds, as it is stored.',
    `DATETIMEVALUE(SUBSTITUTE(TEXT(BLANKVALUE(${merge(JOIN.engagedAt)}, ${merge('$Flow.CurrentDateTime')})), "Z", ""))`,
  );

/**
 * The steps from `JOIN_LABEL.member` on, once the opportunity and the campaign that it has are known, with what they read and write; a
 * fault before them may lead to `JOIN_LABEL.failed`. `creates`: whether the opportunity may be new.
 */
export const joiningSteps = (waterfall: Waterfall, creates: boolean): FlowElements =>
  joinElements(memberSteps(creates), campaignSteps(), {
    assignments: [
      assignment({ label: LABEL.failed, description: 'The caller decides what becomes of it.' }, [
        set(JOIN.problem, reference('$Flow.FaultMessage')),
      ]),
    ],
    formulas: [moment(), ...titleRoleFormulas(waterfall.buyingGroups, JOIN.title)],
    variables,
  });
