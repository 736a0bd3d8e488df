import type { FlowFormula, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FLOW, MEMBER_FIELD, MEMBER_SOURCE, MEMBER_STATUS } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  node,
  question,
  reference,
  set,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { IS_NEW, NOT_BYPASSED, and, merge, newOrNot, or, prior, quoted, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { added, count, wholeNumber } from '../number-and-list-steps.ts';
import { RUNS_LAST, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { decision, filter, isFound, whenFound } from '../steps.ts';
import { CONCERNS_THE_GROUP, JOINS, MEMBER, blankPicklist, truth } from './builders.ts';
import { responseSteps } from './response-steps.ts';
import type { ResponseSteps } from './response-steps.ts';

const LABEL = {
  brought: 'Brought along by a win?',
  leave: 'Leave the counting to who copies',
  copied: 'Copied from another group?',
  afresh: 'Start afresh',
  double: 'Find the same contact in the group',
  there: 'Is the contact in the group already?',
  refuse: 'Name the role the contact has',
  old: 'Note the double',
  lastChange: 'Find the last change of the group',
  changed: 'Has the group changed before?',
  countOn: 'Count on from the last change',
  stamp: 'Stamp the member',
} as const;

const HAS_DOUBLE = 'Has_a_Double';
const CHANGE = 'Change_Number';
const NO_NUMBER = 'No_Number';
const NO_DATE_TIME = 'No_Date_Time';
const NO_TEXT = 'No_Text';

const BROUGHT = 'Is_Brought_Along';
const COPIED = 'Is_a_Copy';
const JOINS_THE_GROUP = 'Joins_the_Group';
const REFUSAL = 'Refusal';
const KEY = 'Key';
const STATUS = 'Status';
const SOURCE = 'Source';
const SCORE = 'Score_on_Joining';
const REMOVED = 'Is_Being_Removed';

const OTHER_ROLE = `${elementName(LABEL.double)}.Role`;

/** The key that a member of this opportunity and this contact has. */
const OWN_KEY = `${record('OpportunityId')} & ":" & ${record('ContactId')}`;

const formulas = ({ leadScore }: Waterfall): readonly Authored<FlowFormula>[] => [
  truth(
    BROUGHT,
    'A new member with its very own key: the flow that copies a buying group makes them, each person once, and has the group counted.',
    and(IS_NEW, `NOT(ISBLANK(${record(MEMBER_FIELD.key)}))`, `${record(MEMBER_FIELD.key)} = ${OWN_KEY}`),
  ),
  truth(
    COPIED,
    'A new record that brings the key of another group along was copied with its opportunity.',
    and(IS_NEW, `NOT(ISBLANK(${record(MEMBER_FIELD.key)}))`, `${record(MEMBER_FIELD.key)} <> ${OWN_KEY}`),
  ),
  truth(JOINS_THE_GROUP, 'Whether this save puts the contact into the group.', JOINS),
  formula(
    REFUSAL,
    'String',
    'What somebody reads who adds a person twice.',
    `${record('Contact.Name')} & " is in this buying group already" & ` +
      `IF(ISPICKVAL(${merge(OTHER_ROLE)}, ""), "", " as " & TEXT(${merge(OTHER_ROLE)})) & ". Change that contact role instead of adding another."`,
  ),
  formula(
    KEY,
    'String',
    'Opportunity and contact. A double from before the automation keeps none, so that both can be edited.',
    `IF(${or(merge(JOINS_THE_GROUP), and(`ISBLANK(${record(MEMBER_FIELD.key)})`, `NOT(${merge(HAS_DOUBLE)})`))}, ` +
      `${OWN_KEY}, ${record(MEMBER_FIELD.key)})`,
  ),
  formula(
    STATUS,
    'String',
    'Potential, unless somebody says otherwise.',
    `IF(${blankPicklist(MEMBER_FIELD.status)}, ${quoted(MEMBER_STATUS.potential)}, TEXT(${record(MEMBER_FIELD.status)}))`,
  ),
  formula(
    SOURCE,
    'String',
    'Research, unless who adds the member says otherwise: automation always does.',
    `IF(${blankPicklist(MEMBER_FIELD.source)}, ${quoted(MEMBER_SOURCE.research)}, TEXT(${record(MEMBER_FIELD.source)}))`,
  ),
  formula(
    SCORE,
    'Number',
    'The score of the contact on joining the group; an import may bring its own.',
    `IF(${and(merge(JOINS_THE_GROUP), newOrNot(`ISBLANK(${record(MEMBER_FIELD.scoreAtJoining)})`, 'TRUE'))}, ` +
      `FLOOR(${record(`Contact.${leadScore.contact}`)}), ${record(MEMBER_FIELD.scoreAtJoining)})`,
  ),
  truth(
    REMOVED,
    'Whether this very save says that the contact is being deleted. A restored contact is a member again with its next save.',
    newOrNot('FALSE', and(record(MEMBER_FIELD.contactRemoved), `NOT(${prior(MEMBER_FIELD.contactRemoved)})`)),
  ),
];

const variables: readonly Authored<FlowVariable>[] = [
  {
    ...variable(HAS_DOUBLE, 'Boolean', 'Whether another member of the group is the same contact.'),
    value: { booleanValue: false },
  },
  count(CHANGE, 'The number of this change of the group.', 1),
  wholeNumber(NO_NUMBER, 'Never set: clears a number.'),
  variable(NO_DATE_TIME, 'DateTime', 'Never set: clears a date and time.'),
  variable(NO_TEXT, 'String', 'Never set: clears a text.'),
];

const lookups = (afterChange: string): NonNullable<FlowMetadata['recordLookups']> => [
  getFirst(
    {
      label: LABEL.double,
      description: 'Another member of the same group who is the same contact.',
    },
    {
      object: MEMBER,
      filters: [
        equals('OpportunityId', reference('$Record.OpportunityId')),
        equals('ContactId', reference('$Record.ContactId')),
        filter('Id', 'NotEqualTo', reference('$Record.Id')),
      ],
      fields: ['Id', 'Role'],
    },
    to(LABEL.there),
    // The unique key still refuses the double.
    to(LABEL.there),
  ),
  getFirst(
    {
      label: LABEL.lastChange,
      description: 'Members saved together get the same next number: none of them is stored yet when it is read.',
    },
    {
      object: MEMBER,
      filters: [
        equals('OpportunityId', reference('$Record.OpportunityId')),
        filter(MEMBER_FIELD.change, 'IsNull', yesNo(false)),
      ],
      fields: ['Id', MEMBER_FIELD.change],
      latestFirst: MEMBER_FIELD.change,
    },
    to(LABEL.changed),
    to(afterChange),
  ),
];

const assignments = ({ first, values }: ResponseSteps): NonNullable<FlowMetadata['assignments']> => [
  assignment(
    { label: LABEL.leave, description: 'Without the number of a change nobody has the group counted.' },
    [set(CHANGE, reference(NO_NUMBER))],
    jumpTo(first),
  ),
  assignment(
    { label: LABEL.afresh, description: 'What the copy tells of the other group is not its own.' },
    [
      set(`$Record.${MEMBER_FIELD.key}`, reference(NO_TEXT)),
      set(`$Record.${MEMBER_FIELD.scoreAtJoining}`, reference(NO_NUMBER)),
      set(`$Record.${MEMBER_FIELD.lastEngagementAt}`, reference(NO_DATE_TIME)),
    ],
    to(LABEL.double),
  ),
  assignment(
    { label: LABEL.old, description: 'It stays without a key.' },
    [set(HAS_DOUBLE, yesNo(true))],
    to(LABEL.lastChange),
  ),
  assignment(
    { label: LABEL.countOn, description: 'This change comes after the last one.' },
    [added(CHANGE, reference(`${elementName(LABEL.lastChange)}.${MEMBER_FIELD.change}`))],
    to(first),
  ),
  assignment(
    {
      label: LABEL.stamp,
      description: 'Key, defaults, score on joining, responses so far, and the number of this change of the group.',
    },
    [
      set(`$Record.${MEMBER_FIELD.key}`, reference(KEY)),
      set(`$Record.${MEMBER_FIELD.status}`, reference(STATUS)),
      set(`$Record.${MEMBER_FIELD.source}`, reference(SOURCE)),
      set(`$Record.${MEMBER_FIELD.scoreAtJoining}`, reference(SCORE)),
      ...values,
      set(`$Record.${MEMBER_FIELD.contactRemoved}`, reference(REMOVED)),
      set(`$Record.${MEMBER_FIELD.change}`, reference(CHANGE)),
    ],
  ),
];

const decisions = (afterChange: string): NonNullable<FlowMetadata['decisions']> => [
  question(
    {
      label: LABEL.brought,
      description:
        'Whoever copies a whole group has looked for doubles and has it counted: that is not done again for each 200 members.',
    },
    {
      label: 'Brought along',
      description: 'New, with its very own key.',
      logic: 'and',
      conditions: [condition(BROUGHT, 'EqualTo', yesNo(true))],
      connector: to(LABEL.leave),
    },
    { label: 'Added', connector: to(LABEL.copied) },
  ),
  question(
    { label: LABEL.copied, description: 'Cloning an opportunity with its contact roles copies their fields too.' },
    {
      label: 'It is a copy',
      description: 'New, yet it has a key.',
      logic: 'and',
      conditions: [condition(COPIED, 'EqualTo', yesNo(true))],
      connector: to(LABEL.afresh),
    },
    { label: 'It is its own', connector: to(LABEL.double) },
  ),
  decision(
    {
      label: LABEL.there,
      description: 'Nobody is in a group twice. Doubles from before the automation can be edited and removed.',
    },
    [
      {
        label: 'There already',
        description: 'Another member is the same contact, and this save would put the contact in once more.',
        logic: 'and',
        conditions: [isFound(LABEL.double), condition(JOINS_THE_GROUP, 'EqualTo', yesNo(true))],
        connector: to(LABEL.refuse),
      },
      {
        label: 'An old double',
        description: 'Another member is the same contact, and was before this save.',
        logic: 'and',
        conditions: [isFound(LABEL.double)],
        connector: to(LABEL.old),
      },
    ],
    { label: 'Once only', connector: to(LABEL.lastChange) },
  ),
  whenFound(
    { label: LABEL.changed, description: 'The first change of a group has number 1.' },
    LABEL.lastChange,
    { found: 'Changed before', none: 'First change' },
    to(LABEL.countOn),
    to(afterChange),
  ),
];

/**
 * Before save, so that it needs no further save. Before-save flows may have Get Records, Loop, Assignment, Decision and Custom Error
 * elements (help: "Before-Save Record-Triggered Flows"; "Custom Error Element"). For a batch: three queries, no DML.
 *
 * The number of the change is what lets one of the members saved together act for all ({@link memberSavedFlow}): flows know nothing of
 * the batch they run in, and moments do not tell batches apart that are saved within a second.
 */
export const memberFlow = (waterfall: Waterfall): Component<FlowMetadata> => {
  const responses = responseSteps(waterfall, LABEL.stamp);
  return recordTriggeredFlow({
    name: FLOW.member,
    label: 'Waterfall: Buying Group Member',
    description:
      'Keeps what is known of a member of a buying group: key, status, source, score on joining' +
      `${waterfall.solutions.length > 0 ? ', responses for the solution' : ''}. Refuses the same contact twice in one group and names the role the contact ` +
      `has. ${RUNS_LAST} ${COMPILED}`,
    source: 'buyingGroups',
    start: {
      first: elementName(LABEL.brought),
      filterFormula: and(NOT_BYPASSED, CONCERNS_THE_GROUP),
      object: MEMBER,
      triggerType: 'RecordBeforeSave',
    },
    elements: joinElements(
      {
        assignments: assignments(responses),
        customErrors: [
          {
            ...node({ label: LABEL.refuse, description: 'Refuses the save with a message that names the role.' }),
            customErrorMessages: [{ errorMessage: merge(REFUSAL), fieldSelection: 'ContactId', isFieldError: true }],
          },
        ],
        decisions: decisions(responses.first),
        formulas: formulas(waterfall),
        recordLookups: lookups(responses.first),
        variables,
      },
      responses.elements,
    ),
  });
};
