import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import { createTask } from '../create-task.ts';
import {
  assignment,
  condition,
  elementName,
  equals,
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
import { and, merge, momentText, record, relationship, through } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { NOTIFICATION_TITLE_LENGTH, notification, notificationStart, plainText } from '../notification.ts';
import { fillIn, updateOwn } from '../number-and-list-steps.ts';
import { afterField, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { raciText } from '../stages/raci-texts.ts';
import { whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { NOT_OFF, turnedOff } from '../turned-off.ts';
import { OPPORTUNITY, WHICH, findRole, outcomeIs, whichByName } from './handshake-steps.ts';
import { handshakeRules, ruleLabel, type HandshakeRule } from './rules.ts';

const LABEL = {
  remind: 'Is there anything to remind of?',
  escalate: 'Is there anything to escalate?',
  role: 'Find the accountable role',
  roleFound: 'Is the role there?',
  holder: 'Find who has the role',
  holderFound: 'Does somebody have it?',
  takeHolder: 'Take who has it',
  somebody: 'Is there somebody to escalate to?',
  task: 'Create a task for who it is escalated to',
  nobody: 'Tell RevOps that nobody answers',
  tell: 'Tell RevOps what was refused',
} as const;

const REMINDER = 'the reminder';
const ESCALATION = 'the escalation';
const BREACH = 'the breach';

const MANAGER = 'Manager';
const ESCALATE_TO = 'Escalate_To';
const ACCOUNTABLE = 'Accountable_Role';
const RACI = 'RACI';
const REMINDER_TITLE = 'Reminder_Title';
const ESCALATION_TITLE = 'Escalation_Title';
const ESCALATION_TEXT = 'Escalation_Text';
const REMINDER_TEXT = 'Reminder_Text';
const TASK_TEXT = 'Task_Text';
const NOBODY_REASON = 'Nobody_Reason';
const NOT_TOLD = 'Not_Told';
const DUE_TEXT = 'Due_Text';

const TO_USER_OF_RECORD = relationship(HANDSHAKE_FIELD.toUser);
const TO_USER = `$Record.${TO_USER_OF_RECORD}`;
const ABOUT = {
  recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
  otherwise: reference(`${OPPORTUNITY}.OwnerId`),
};

/**
 * Still pending, its opportunity still there (deleting it clears the lookup without any automation), the automation not off. A reminder
 * goes to somebody: notifications of a batch are sent all or none (release notes Spring '20, "Save Successful Record Changes in a Batch from
 * Failed Actions in Processes and Flows"), and a handshake that was loaded without a receiver would keep the others from theirs. When its
 * time is over RevOps is told that nobody answers.
 */
const stillPending = (label: string, next: Connector) => {
  const reminds = label === LABEL.remind;
  return question(
    { label, description: 'An answer, or deleting the opportunity, may have come at the last moment.' },
    {
      label: reminds ? 'It waits' : 'It still waits',
      description: `Pending, of an opportunity that is there, ${reminds ? 'somebody is asked, ' : ''}and the automation is not off.`,
      logic: 'and',
      conditions: [
        condition(`$Record.${HANDSHAKE_FIELD.outcome}`, 'EqualTo', text(OUTCOME.pending)),
        condition(`$Record.${HANDSHAKE_FIELD.opportunity}`, 'IsNull', yesNo(false)),
        ...(reminds ? [condition(`$Record.${HANDSHAKE_FIELD.toUser}`, 'IsNull', yesNo(false))] : []),
        NOT_OFF,
      ],
      connector: next,
    },
    { label: reminds ? 'Not any more' : 'No longer' },
  );
};

const byManager = ({ handshake }: HandshakeRule): boolean => handshake.onSilence.escalateTo === 'manager';

const chosen = (rule: HandshakeRule) => {
  const manager = byManager(rule);
  return assignment(
    { label: ruleLabel(rule), description: `What the model says about "${rule.handshake.name}".` },
    [
      set(RACI, text(raciText(rule.stage.raci))),
      manager ? set(ESCALATE_TO, reference(MANAGER)) : set(ACCOUNTABLE, text(rule.stage.raci.accountable)),
    ],
    manager ? to(fillIn(BREACH)) : to(LABEL.role),
  );
};

/** Two queries; only where a hand-over escalates to the accountable role. */
const accountableSteps = (fault: Connector): FlowElements =>
  joinElements(
    findRole(
      { find: LABEL.role, found: LABEL.roleFound, name: ACCOUNTABLE },
      to(LABEL.holder),
      to(fillIn(BREACH)),
      fault,
    ),
    {
      recordLookups: [
        getFirst(
          { label: LABEL.holder, description: 'The first active user who has the role.' },
          {
            object: 'User',
            filters: [
              equals('UserRoleId', reference(`${elementName(LABEL.role)}.Id`)),
              equals('IsActive', yesNo(true)),
            ],
            fields: ['Id'],
            oldestFirst: 'Id',
          },
          to(LABEL.holderFound),
          fault,
        ),
      ],
      decisions: [
        whenFound(
          { label: LABEL.holderFound, description: 'The role may be vacant.' },
          LABEL.holder,
          { found: 'Somebody has it', none: 'Nobody has it', description: 'The look-up found an active user.' },
          to(LABEL.takeHolder),
          to(fillIn(BREACH)),
        ),
      ],
      assignments: [
        assignment(
          { label: LABEL.takeHolder, description: 'Who is accountable for the stage.' },
          [set(ESCALATE_TO, reference(`${elementName(LABEL.holder)}.Id`))],
          to(fillIn(BREACH)),
        ),
      ],
    },
  );

const formulas = [
  formula(
    MANAGER,
    'String',
    'The manager of who should have answered, while active.',
    `IF(${through(HANDSHAKE_FIELD.toUser, through(`${TO_USER_OF_RECORD}.ManagerId`, merge(`${TO_USER}.Manager.IsActive`), 'FALSE'), 'FALSE')}, ${merge(`${TO_USER}.ManagerId`)}, NULL)`,
  ),
  formula(
    REMINDER_TITLE,
    'String',
    'What the reminder says in one line.',
    `LEFT("Please answer: " & ${merge(`${OPPORTUNITY}.Name`)} & " (" & ${record(HANDSHAKE_FIELD.stage)} & ")", ${String(NOTIFICATION_TITLE_LENGTH)})`,
  ),
  formula(
    ESCALATION_TITLE,
    'String',
    'What the escalation says in one line.',
    `LEFT("Not answered in time: " & ${merge(`${OPPORTUNITY}.Name`)} & " (" & ${record(HANDSHAKE_FIELD.stage)} & ")", ${String(NOTIFICATION_TITLE_LENGTH)})`,
  ),
  formula(
    NOT_TOLD,
    'String',
    'What the task for RevOps is about.',
    `"Handshake " & ${record('Name')} & " not followed up: " & ${merge(`${OPPORTUNITY}.Name`)}`,
  ),
  formula(DUE_TEXT, 'String', 'By when it has to be answered, as text.', momentText(HANDSHAKE_FIELD.dueAt)),
  formula(
    NOBODY_REASON,
    'String',
    'Who was looked for.',
    `"It was not answered in time, and there is nobody to escalate it to: " & IF(ISBLANK(${merge(ACCOUNTABLE)}), "who should have answered has no active manager", "no active user has the role " & ${merge(ACCOUNTABLE)}) & "."`,
  ),
  turnedOff,
];

const textTemplates = [
  plainText(REMINDER_TEXT, 'The text of the reminder.', [
    `Handshake ${record('Name')} waits for you until ${merge(DUE_TEXT)}. Accept it, or reject it with a reason; otherwise it is escalated then.`,
  ]),
  plainText(ESCALATION_TEXT, 'The text of the notification.', [
    `Handshake ${record('Name')} from ${record(HANDSHAKE_FIELD.fromFunction)} to ${record(HANDSHAKE_FIELD.toFunction)} was due ${merge(DUE_TEXT)}.`,
  ]),
  plainText(TASK_TEXT, 'The text of the task.', [
    `${record(HANDSHAKE_FIELD.toFunction)} has not answered handshake ${record('Name')} by ${merge(DUE_TEXT)}.`,
    `Opportunity: ${merge(`${OPPORTUNITY}.Name`)}, ${record(HANDSHAKE_FIELD.stage)}. It cannot move on until somebody answers.`,
    `Asked: ${merge(`${TO_USER}.Name`)}`,
    '',
    'What to do: have it answered, answer it yourself, or give it another owner.',
    '',
    merge(RACI),
  ]),
];

const elements = (rules: readonly HandshakeRule[]): FlowElements => {
  const fault = jumpTo(LABEL.tell);
  const byRole = rules.some(({ handshake }) => handshake.onSilence.escalateTo === 'accountable');
  const breach = updateOwn(
    {
      what: BREACH,
      description: 'The service level has run out, and who is told.',
      object: HANDSHAKE,
      variable: 'Breached_Handshake',
      values: [
        [HANDSHAKE_FIELD.breached, yesNo(true)],
        [HANDSHAKE_FIELD.escalatedTo, reference(ESCALATE_TO)],
      ],
    },
    fault,
    to(LABEL.somebody),
  );
  const message = { target: reference('$Record.Id'), about: ABOUT, fault };
  const reminder = notification({
    ...message,
    what: REMINDER,
    recipient: reference(`$Record.${HANDSHAKE_FIELD.toUser}`),
    title: reference(REMINDER_TITLE),
    body: reference(REMINDER_TEXT),
  });
  const escalation = notification({
    ...message,
    what: ESCALATION,
    recipient: reference(ESCALATE_TO),
    title: reference(ESCALATION_TITLE),
    body: reference(ESCALATION_TEXT),
  });
  return joinElements(
    {
      decisions: [
        stillPending(LABEL.remind, to(notificationStart(REMINDER))),
        stillPending(LABEL.escalate, to(WHICH)),
        whichByName(rules, to(fillIn(BREACH))),
      ],
      assignments: rules.map(chosen),
    },
    byRole ? accountableSteps(fault) : {},
    breach,
    {
      decisions: [
        question(
          { label: LABEL.somebody, description: 'A manager may be missing, a role vacant.' },
          {
            label: 'Somebody is there',
            description: 'One user was found.',
            logic: 'and',
            conditions: [condition(ESCALATE_TO, 'IsBlank', yesNo(false))],
            connector: to(LABEL.task),
          },
          { label: 'Nobody is there', connector: to(LABEL.nobody) },
        ),
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.nobody, description: 'Nobody else would follow it up.' },
          {
            ...ABOUT,
            subject: reference(NOT_TOLD),
            reason: reference(NOBODY_REASON),
            whatToDo: text(
              'Have the handshake answered, or give it another owner; and see that the next one finds somebody.',
            ),
          },
        ),
        tellRevOps(
          { label: LABEL.tell, description: 'Whoever should have been told may not know.' },
          {
            ...ABOUT,
            subject: reference(NOT_TOLD),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Remove the reason, and see that the handshake is answered.'),
          },
        ),
      ],
    },
    reminder,
    escalation,
    {
      formulas: formulas.filter(({ name }) => name !== MANAGER || rules.some(byManager)),
      recordCreates: [
        createTask(
          { label: LABEL.task, description: 'Says who did not answer, and what can be done.' },
          {
            owner: reference(ESCALATE_TO),
            subject: reference(ESCALATION_TITLE),
            text: reference(TASK_TEXT),
            about: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
          },
          fault,
          to(notificationStart(ESCALATION)),
        ),
      ],
      textTemplates,
      variables: [
        variable(ESCALATE_TO, 'String', 'Who is told that nobody answered; blank until found.'),
        variable(
          ACCOUNTABLE,
          'String',
          'Name of the role that is accountable for the stage, where that is whom it is escalated to.',
        ),
        variable(RACI, 'String', 'Who is responsible, accountable, consulted and informed in the stage.'),
      ],
    },
  );
};

/**
 * Two scheduled paths of a handshake, on its own two moments. They wait while the handshake is pending and move with those moments; an
 * answer takes the record out of the entry conditions, and with that both away (help: "Scheduled Paths"). With scheduled paths a flow
 * for created and updated records runs only "when a record is updated to meet the condition requirements" (same page). A path in the
 * past runs at once.
 *
 * Reminding costs a query; escalating at most three and two saves.
 */
export const handshakeReminderFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const rules = handshakeRules(waterfall);
  const [first] = rules;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeReminder,
    label: 'Waterfall: Handshake Reminder',
    description:
      'Reminds who has to answer a handshake before its service level ends. At its end it marks the breach and escalates, by the rule of ' +
      `the model, to the manager or to the role that is accountable for the stage. ${COMPILED}`,
    source: first.handshake.source,
    start: {
      doesRequireRecordChangedToMeetCriteria: true,
      filterFormula: and(outcomeIs(OUTCOME.pending), `NOT(ISBLANK(${record(HANDSHAKE_FIELD.opportunity)}))`),
      object: HANDSHAKE,
      paths: [
        afterField('Remind', HANDSHAKE_FIELD.remindAt, { number: 0, unit: 'Hours' }, elementName(LABEL.remind)),
        afterField('Escalate', HANDSHAKE_FIELD.dueAt, { number: 0, unit: 'Hours' }, elementName(LABEL.escalate)),
      ],
      triggerType: 'RecordAfterSave',
    },
    elements: elements(rules),
  });
};
