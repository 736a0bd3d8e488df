import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import { createTask } from '../create-task.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
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
import { NOT_BYPASSED, merge, momentText, record, quoted } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { NOTIFICATION_TITLE_LENGTH, notification, notificationStart, plainText } from '../notification.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { fillIn, updateOwn } from '../number-and-list-steps.ts';
import { raciText } from '../stages/raci-texts.ts';
import { TOLD_USER, tellRevOps } from '../tell-revops.ts';
import { OPPORTUNITY, WHICH, whichByName } from './handshake-steps.ts';
import { CHOSEN, CHOSEN_USER, receiverOf, receiverSteps } from './receiver-steps.ts';
import { handshakeRules, ruleLabel, type HandshakeRule } from './rules.ts';

const LABEL = {
  task: 'Create a task for who has to answer',
  nobody: 'Tell RevOps that nobody is there',
  tell: 'Tell RevOps what was refused',
} as const;

const RACI = 'RACI';
const ACCEPTING = 'What_Accepting_Means';
const WHERE_LOOKED = 'Where_Looked';
const SUBJECT = 'Subject';

/** What the subject of the receiver's task begins with. */
export const ANSWER_TASK = 'Accept or reject: ';

/** What the subject of the task begins with that tells RevOps of a handshake nobody was found for, as formula text. */
export const NOT_ASSIGNED_TASK = `"Handshake " & ${record('Name')} & " not assigned: "`;
const TASK_TEXT = 'Task_Text';
const BODY = 'Notification_Text';
const DUE_DATE = 'Due_Date';
const DUE_TEXT = 'Due_Text';
const NOBODY_REASON = 'Nobody_Reason';
const NOBODY_TO_DO = 'Nobody_What_To_Do';
const NOT_ASSIGNED = 'Not_Assigned';

const NOTIFICATION = 'the request';
const RECEIVER = 'who has to answer';
const REVOPS = 'RevOps instead';

const opportunity = (field: string): string => `${OPPORTUNITY}.${field}`;

/** What the model looks through, for the task that tells RevOps that nobody is there. */
const whereLooked = ({ handshake }: HandshakeRule): string => {
  const { by, value } = handshake.assignment;
  switch (by) {
    case 'queue':
      return `no active user in the queue ${value}. Users have to be in it themselves; roles and groups in it do not count`;
    case 'role':
      return `no active user with the role ${value}`;
    case 'accountField':
      return `no active user in the field ${value} of the account`;
  }
};

const chosen = (rule: HandshakeRule) => {
  const { items, next } = receiverOf(rule);
  return assignment(
    { label: ruleLabel(rule), description: `What the model says about "${rule.handshake.name}".` },
    [
      ...items,
      set(RACI, text(raciText(rule.stage.raci))),
      set(
        ACCEPTING,
        text(
          rule.handshake.onAccept.makeOwner
            ? 'Accepting makes you the owner of the opportunity.'
            : 'Accepting leaves the owner of the opportunity as it is.',
        ),
      ),
      set(WHERE_LOOKED, text(whereLooked(rule))),
    ],
    next,
  );
};

const elements = (rules: readonly HandshakeRule[]): FlowElements => {
  const fault = jumpTo(LABEL.tell);
  const give = updateOwn(
    {
      what: RECEIVER,
      description: 'The owner of a handshake is who has to answer it.',
      object: HANDSHAKE,
      variable: 'Handshake_with_Owner',
      values: [['OwnerId', reference(CHOSEN_USER)]],
    },
    fault,
    to(LABEL.task),
  );
  // Never the owner of the opportunity, who hands it over and would accept it in the place of who takes over.
  const giveToRevOps = updateOwn(
    {
      what: REVOPS,
      description: 'Who has the task answers it, or gives it to somebody who does.',
      object: HANDSHAKE,
      variable: 'Handshake_with_RevOps',
      values: [['OwnerId', reference(`${elementName(LABEL.nobody)}.${TOLD_USER}`)]],
    },
    fault,
  );
  const message = notification({
    what: NOTIFICATION,
    recipient: reference(CHOSEN_USER),
    title: reference(SUBJECT),
    body: reference(BODY),
    target: reference('$Record.Id'),
    about: {
      recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
      otherwise: reference(opportunity('OwnerId')),
    },
    fault,
  });
  return joinElements(
    {
      decisions: [whichByName(rules, to(CHOSEN))],
      assignments: rules.map(chosen),
    },
    receiverSteps(rules, fault),
    {
      decisions: [
        question(
          { label: CHOSEN, description: 'A hand-over always has somebody to answer it.' },
          {
            label: 'Somebody is there',
            description: 'One user was chosen.',
            logic: 'and',
            conditions: [condition(CHOSEN_USER, 'IsBlank', yesNo(false))],
            connector: to(fillIn(RECEIVER)),
          },
          { label: 'Nobody is there', connector: to(LABEL.nobody) },
        ),
      ],
    },
    give,
    giveToRevOps,
    message,
    {
      recordCreates: [
        createTask(
          { label: LABEL.task, description: 'Says what is asked, by when, and who else has a part in it.' },
          {
            due: reference(DUE_DATE),
            owner: reference(CHOSEN_USER),
            subject: reference(SUBJECT),
            text: reference(TASK_TEXT),
            about: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
          },
          fault,
          to(notificationStart(NOTIFICATION)),
        ),
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.nobody, description: 'Somebody has to fill the queue, the role or the field.' },
          {
            recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
            subject: reference(NOT_ASSIGNED),
            reason: reference(NOBODY_REASON),
            whatToDo: reference(NOBODY_TO_DO),
            otherwise: reference(opportunity('OwnerId')),
          },
          to(fillIn(REVOPS)),
        ),
        tellRevOps(
          {
            label: LABEL.tell,
            description: 'The handshake stays with who moved the opportunity, for RevOps to give on.',
          },
          {
            recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
            subject: reference(NOT_ASSIGNED),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text(
              'Remove the reason, and see that the handshake has the owner who is to answer, and knows of it.',
            ),
            otherwise: reference(opportunity('OwnerId')),
          },
        ),
      ],
      formulas: [
        formula(
          SUBJECT,
          'String',
          'What is asked, in one line.',
          `LEFT(${quoted(ANSWER_TASK)} & ${merge(opportunity('Name'))} & " (" & ${record(HANDSHAKE_FIELD.stage)} & ")", ${String(NOTIFICATION_TITLE_LENGTH)})`,
        ),
        formula(
          DUE_DATE,
          'Date',
          'The day on which it has to be answered.',
          `DATEVALUE(${record(HANDSHAKE_FIELD.dueAt)})`,
        ),
        formula(DUE_TEXT, 'String', 'By when it has to be answered, as text.', momentText(HANDSHAKE_FIELD.dueAt)),
        formula(
          NOBODY_REASON,
          'String',
          'Where the model looks for who answers, and finds nobody.',
          `"There is " & BLANKVALUE(${merge(WHERE_LOOKED)}, "no hand-over of the name " & ${record(HANDSHAKE_FIELD.rule)} & " in the waterfall model") & "."`,
        ),
        formula(
          NOBODY_TO_DO,
          'String',
          'What RevOps can do where nobody is there, and what answering in the place of the receiver means.',
          `"The handshake is yours until then: add users where the model looks for them, and change its owner to one of them; or answer it yourself. " & ${merge(ACCEPTING)}`,
        ),
        formula(
          NOT_ASSIGNED,
          'String',
          'What the task for RevOps is about.',
          `${NOT_ASSIGNED_TASK} & ${merge(opportunity('Name'))}`,
        ),
      ],
      textTemplates: [
        plainText(TASK_TEXT, 'The text of the task.', [
          `${merge(opportunity('Name'))} has reached ${record(HANDSHAKE_FIELD.stage)}: ${record(HANDSHAKE_FIELD.fromFunction)} hands it over to ${record(HANDSHAKE_FIELD.toFunction)}.`,
          '',
          `Answer in handshake ${record('Name')} by ${merge(DUE_TEXT)} (it is in the list Handshakes of the opportunity).`,
          `Accept: set Outcome to Accepted. ${merge(ACCEPTING)}`,
          `Reject: set Outcome to Rejected and give a reason. It goes back to ${record(HANDSHAKE_FIELD.returnStage)}, and who handed it over is told why.`,
          'Until you answer it cannot move further on. Without an answer it is escalated.',
          '',
          merge(RACI),
        ]),
        plainText(BODY, 'The text of the notification.', [
          `${record(HANDSHAKE_FIELD.fromFunction)} hands it over to ${record(HANDSHAKE_FIELD.toFunction)}. Answer by ${merge(DUE_TEXT)}.`,
        ]),
      ],
      variables: [
        variable(RACI, 'String', 'Who is responsible, accountable, consulted and informed in the stage.'),
        variable(ACCEPTING, 'String', 'What accepting does.'),
        variable(WHERE_LOOKED, 'String', 'Where nobody was found.'),
      ],
    },
  );
};

/**
 * After save, when a handshake is made. A batch of handshakes of every kind costs six queries (a queue and its users three, a role and
 * its users two, the notification type one) and two saves.
 */
export const handshakeAssignmentFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const rules = handshakeRules(waterfall);
  const [first] = rules;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeAssignment,
    label: 'Waterfall: Handshake Assignment',
    description:
      'Finds who has to answer a new handshake, by the rule of the model: a user of the account, or the active users of a role or a queue ' +
      'by turn. Makes that user the owner, with a task and a notification. Where nobody is there, RevOps is told and has to answer. ' +
      COMPILED,
    source: first.handshake.source,
    start: {
      first: elementName(WHICH),
      filterFormula: NOT_BYPASSED,
      object: HANDSHAKE,
      on: 'Create',
      triggerType: 'RecordAfterSave',
    },
    elements: elements(rules),
  });
};
