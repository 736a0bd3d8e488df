/**
 * How a flow finds who has to answer a handshake: a user of the account, somebody of a role, or somebody of a queue, by turn.
 *
 * By turn without a counter that saves at the same time would fight for: the handshake's own number, given by the platform, decides
 * whose turn it is. The numbers of a batch follow each other, so that 200 handshakes for three users are 67, 67 and 66.
 */
import { HANDSHAKE_FIELD, queueName } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import type { Connector } from '../elements.ts';
import type { FlowElements } from '../flow-shell.ts';
import { accountUser, merge, record, relationship } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { added, count } from '../number-and-list-steps.ts';
import { counted, filter, getAll, isFound, listVariable, loop, recordVariable, whenFound } from '../steps.ts';
import { findRole } from './handshake-steps.ts';
import type { HandshakeRule } from './rules.ts';

export const CHOSEN_USER = 'Chosen_User';
const QUEUE = 'Queue_Name';
const ROLE = 'Role_Name';
const MEMBERS = 'Queue_Member_Ids';
const MEMBER_COUNT = 'Number_of_Members';
const CANDIDATES = 'Candidates';
const COUNT = 'Number_of_Candidates';
const POSITION = 'Position';
const TURN = 'Turn';

/** Where the steps end: somebody is chosen, or `CHOSEN_USER` is blank. */
export const CHOSEN = 'Is there somebody to answer?';

const LABEL = {
  queue: 'Find the queue',
  queueFound: 'Is the queue there?',
  members: 'Find who is in the queue',
  countMembers: 'Count who is in the queue',
  anyMember: 'Is anybody in the queue?',
  eachMember: 'For each in the queue',
  keepMember: 'Keep the member',
  usersOfQueue: 'Find active users of the queue',
  anyOfQueue: 'Is anybody of the queue active?',
  candidatesOfQueue: 'Take the users of the queue',
  role: 'Find the role',
  roleFound: 'Is the role there?',
  usersOfRole: 'Find active users of the role',
  anyOfRole: 'Is anybody of the role active?',
  candidatesOfRole: 'Take the users of the role',
  anybody: 'Is anybody active?',
  each: 'For each user',
  next: 'Count on',
  turn: 'Is it their turn?',
  take: 'Take whose turn it is',
} as const;

/** The way from a handshake to the account. */
const ACCOUNT = `${relationship(HANDSHAKE_FIELD.opportunity)}.AccountId`;

const accountUserName = (rule: HandshakeRule): string => `Account_User_${String(rule.number)}`;

const NOBODY = to(CHOSEN);

/** What the step of a rule notes for the steps below, and where it leads. */
export const receiverOf = (
  rule: HandshakeRule,
): { readonly items: readonly ReturnType<typeof set>[]; readonly next: Connector } => {
  const { by, value } = rule.handshake.assignment;
  switch (by) {
    case 'queue':
      return { items: [set(QUEUE, text(queueName(value)))], next: to(LABEL.queue) };
    case 'role':
      return { items: [set(ROLE, text(value))], next: to(LABEL.role) };
    case 'accountField':
      return { items: [set(CHOSEN_USER, reference(accountUserName(rule)))], next: NOBODY };
  }
};

/** People leave; a queue or role may be left with nobody active. */
const anyActive = (label: string, of: string, lookup: string, next: Connector) =>
  whenFound(
    { label, description: 'People leave, and nobody may be left.' },
    lookup,
    { found: `Somebody of the ${of} is active`, none: `Nobody of the ${of}`, description: 'At least one.' },
    next,
    NOBODY,
  );

/** Takes the users that a look-up found as the candidates. */
const candidates = (label: string, lookup: string) =>
  assignment(
    { label, description: 'From here on queues and roles are the same: users by turn.' },
    [set(CANDIDATES, reference(elementName(lookup))), counted(COUNT, elementName(lookup))],
    to(LABEL.anybody),
  );

/** Three queries, whatever the number of handshakes. */
const queueSteps = (fault: Connector): FlowElements => ({
  recordLookups: [
    getFirst(
      { label: LABEL.queue, description: 'By its developer name, which comes from the model.' },
      {
        object: 'Group',
        filters: [equals('DeveloperName', reference(QUEUE)), equals('Type', text('Queue'))],
        fields: ['Id'],
      },
      to(LABEL.queueFound),
      fault,
    ),
    getAll(
      {
        label: LABEL.members,
        description: 'Users who are in the queue themselves; public groups and roles in it are not looked into.',
      },
      {
        object: 'GroupMember',
        filters: [equals('GroupId', reference(`${elementName(LABEL.queue)}.Id`))],
        fields: ['Id', 'UserOrGroupId'],
      },
      to(LABEL.countMembers),
      fault,
    ),
    getAll(
      { label: LABEL.usersOfQueue, description: 'Always in the same order, so that turns are fair.' },
      {
        object: 'User',
        filters: [filter('Id', 'In', reference(MEMBERS)), equals('IsActive', yesNo(true))],
        fields: ['Id'],
        sort: { field: 'Id', order: 'Asc' },
      },
      to(LABEL.anyOfQueue),
      fault,
    ),
  ],
  decisions: [
    whenFound(
      { label: LABEL.queueFound, description: 'Somebody may have renamed or deleted it.' },
      LABEL.queue,
      { found: 'The queue is there', none: 'No queue', description: 'The look-up found it.' },
      to(LABEL.members),
      NOBODY,
    ),
    question(
      { label: LABEL.anyMember, description: 'A new queue is empty.' },
      {
        label: 'Somebody is in it',
        description: 'At least one.',
        logic: 'and',
        conditions: [isFound(LABEL.members), condition(MEMBER_COUNT, 'GreaterThan', { numberValue: 0 })],
        connector: to(LABEL.eachMember),
      },
      { label: 'It is empty', connector: NOBODY },
    ),
    anyActive(LABEL.anyOfQueue, 'queue', LABEL.usersOfQueue, to(LABEL.candidatesOfQueue)),
  ],
  loops: [
    loop(
      { label: LABEL.eachMember, description: 'Takes the ids of the members together.' },
      elementName(LABEL.members),
      to(LABEL.keepMember),
      to(LABEL.usersOfQueue),
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.countMembers, description: 'An empty queue has nobody to look for.' },
      [counted(MEMBER_COUNT, elementName(LABEL.members))],
      to(LABEL.anyMember),
    ),
    assignment(
      { label: LABEL.keepMember, description: 'One more id to look for.' },
      [added(MEMBERS, reference(`${elementName(LABEL.eachMember)}.UserOrGroupId`))],
      to(LABEL.eachMember),
    ),
    candidates(LABEL.candidatesOfQueue, LABEL.usersOfQueue),
  ],
  variables: [
    variable(QUEUE, 'String', 'Developer name of the queue whose users answer.'),
    count(MEMBER_COUNT, 'How many are in the queue.'),
    listVariable(MEMBERS, 'Ids of who is in the queue.'),
  ],
});

/** Two queries. */
const roleSteps = (fault: Connector): FlowElements =>
  joinElements(
    findRole({ find: LABEL.role, found: LABEL.roleFound, name: ROLE }, to(LABEL.usersOfRole), NOBODY, fault),
    {
      recordLookups: [
        getAll(
          { label: LABEL.usersOfRole, description: 'Always in the same order, so that turns are fair.' },
          {
            object: 'User',
            filters: [
              equals('UserRoleId', reference(`${elementName(LABEL.role)}.Id`)),
              equals('IsActive', yesNo(true)),
            ],
            fields: ['Id'],
            sort: { field: 'Id', order: 'Asc' },
          },
          to(LABEL.anyOfRole),
          fault,
        ),
      ],
      decisions: [anyActive(LABEL.anyOfRole, 'role', LABEL.usersOfRole, to(LABEL.candidatesOfRole))],
      assignments: [candidates(LABEL.candidatesOfRole, LABEL.usersOfRole)],
      variables: [variable(ROLE, 'String', 'Name of the role whose users answer.')],
    },
  );

/** From the candidates to the one whose turn it is. */
const turnSteps = (): FlowElements => ({
  decisions: [
    question(
      { label: LABEL.anybody, description: 'The list may be empty, which some orgs answer instead of nothing.' },
      {
        label: 'Somebody is active',
        description: 'At least one.',
        logic: 'and',
        conditions: [condition(COUNT, 'GreaterThan', { numberValue: 0 })],
        connector: to(LABEL.each),
      },
      { label: 'Nobody is active', connector: NOBODY },
    ),
    question(
      { label: LABEL.turn, description: 'The number of the handshake names the place in the list.' },
      {
        label: 'It is their turn',
        description: 'The place in the list is the one that the number names.',
        logic: 'and',
        conditions: [condition(POSITION, 'EqualTo', reference(TURN))],
        connector: to(LABEL.take),
      },
      { label: 'Somebody else', connector: to(LABEL.each) },
    ),
  ],
  loops: [
    loop(
      { label: LABEL.each, description: 'Goes to the place in the list that the number of the handshake names.' },
      CANDIDATES,
      to(LABEL.next),
      NOBODY,
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.next, description: 'The place of this user in the list.' },
      [added(POSITION, { numberValue: 1 })],
      to(LABEL.turn),
    ),
    assignment(
      { label: LABEL.take, description: 'Who has to answer.' },
      [set(CHOSEN_USER, reference(`${elementName(LABEL.each)}.Id`))],
      to(LABEL.each),
    ),
  ],
  formulas: [
    formula(
      TURN,
      'Number',
      'The place in the list whose turn it is: the digits of the handshake number, divided by the number of users, leave it over.',
      `IF(ISNUMBER(${DIGITS}), MOD(VALUE(${DIGITS}), ${merge(COUNT)}), 0) + 1`,
    ),
  ],
  variables: [
    recordVariable(CANDIDATES, 'User', 'The active users of the queue or role.', true),
    count(COUNT, 'How many there are.'),
    count(POSITION, 'The place of the present user in the list.'),
  ],
});

/** `H-000123` -> `000123`. */
const DIGITS = `MID(${record('Name')}, 3, 20)`;

/** All that the ways of these rules need; where nobody is found, `CHOSEN_USER` stays blank. */
export const receiverSteps = (rules: readonly HandshakeRule[], fault: Connector): FlowElements => {
  const kinds = new Set(rules.map(({ handshake }) => handshake.assignment.by));
  return joinElements(
    ...(kinds.has('queue') ? [queueSteps(fault)] : []),
    ...(kinds.has('role') ? [roleSteps(fault)] : []),
    ...(kinds.has('queue') || kinds.has('role') ? [turnSteps()] : []),
    {
      formulas: rules
        .filter(({ handshake }) => handshake.assignment.by === 'accountField')
        .map((rule) =>
          formula(
            accountUserName(rule),
            'String',
            `${rule.handshake.assignment.value} of the account, while active.`,
            accountUser(ACCOUNT, rule.handshake.assignment.value, 'NULL'),
          ),
        ),
      variables: [variable(CHOSEN_USER, 'String', 'Who has to answer; blank until found.')],
    },
  );
};
