/**
 * The flow that others call when the org refused what they wanted to do: a task for RevOps that names the reason, so that what could not
 * be made never blocks a save and is never silent. RevOps is whoever holds the RevOps permission set, the one who has had it longest: no
 * user, queue or setting of the org is assumed. Nobody there: the task goes to the user that the caller names, while active, otherwise to
 * the person saving. The org refuses that task (an inactive RevOps user, say): the person saving gets it; refused again, because the record
 * takes no tasks or is gone: the same without the record, whose id stands in the text. When even that is refused the save stands and nobody
 * is told: the fault is handled, so that the platform sends no mail, and only a debug log that is running at that moment shows the reasons.
 *
 * Reads two records (three when nobody is RevOps) and writes one, a second and a third only when one before was refused. Interviews of a
 * batch come here in lockstep, so that a batch costs what one record does.
 */
import type { FlowFormula, FlowTextTemplate, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { Component } from '../../metadata/component.ts';
import { FLOW, PERMISSION_SET } from '../names.ts';
import { autolaunchedFlow } from './autolaunched-flow.ts';
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
} from './elements.ts';
import type { Value } from './elements.ts';
import { COMPILED } from './flow-shell.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { merge } from './formula-text.ts';
import { createFrom, inputVariable, outputVariable, recordVariable, whenFound } from './steps.ts';
import { TOLD_USER } from './tell-revops.ts';

const LABEL = {
  permissionSet: 'Find the RevOps permission set',
  permissionSetFound: 'Is the RevOps permission set there?',
  holder: 'Find who holds it',
  holderFound: 'Does somebody hold it?',
  keepHolder: 'Keep the RevOps user',
  otherwise: 'Find the other user',
  otherwiseFound: 'Is the other user active?',
  keepOtherwise: 'Keep the other user',
  write: 'Write the task',
  person: 'Is the record a person?',
  ofPerson: 'Relate it to the person',
  ofRecord: 'Relate it to the record',
  task: 'Create a task for RevOps',
  saver: 'Give it to the person saving',
  alone: 'Leave the record out',
  taskForSaver: 'Create a task for the person saving',
  taskAlone: 'Create a task without the record',
  giveUp: 'Let the save stand',
} as const;

/** Names of the inputs; `tellRevOps` fills them. */
const RECORD = 'Record_Id';
const SUBJECT = 'Subject';
const REASON = 'Reason';
const WHAT_TO_DO = 'What_To_Do';
const OTHERWISE = 'Otherwise_User_Id';

const FOUND_USER = 'Found_User_Id';
const TASK_TEXT = 'Task_Text';
const TASK_OWNER = 'Task_Owner';
const TASK_SUBJECT = 'Task_Subject';
const IS_A_PERSON = 'Is_a_Person';
const TASK = 'New_Task';
const TASK_ALONE = 'New_Task_Alone';

/** Task.Subject holds 255 characters (Object Reference, Task). */
const TASK_SUBJECT_LENGTH = 255;

/** Task.WhoId takes people, WhatId everything else (Object Reference, Task): key prefixes of Contact and Lead. */
const PERSON = `OR(LEFT(${merge(RECORD)}, 3) = "003", LEFT(${merge(RECORD)}, 3) = "00Q")`;

/** Only one of the two look-ups is ever set: an empty text, which formulas may give, is not what a look-up takes. */
const content = (task: string, owner: Value) => [
  set(`${task}.Subject`, reference(TASK_SUBJECT)),
  set(`${task}.Description`, reference(TASK_TEXT)),
  set(`${task}.ActivityDate`, reference('$Flow.CurrentDate')),
  set(`${task}.OwnerId`, owner),
];

const recordLookups: FlowMetadata['recordLookups'] = [
  getFirst(
    { label: LABEL.permissionSet, description: 'The permission set that RevOps people hold.' },
    { object: 'PermissionSet', filters: [equals('Name', text(PERMISSION_SET.revOps))], fields: ['Id'] },
    to(LABEL.permissionSetFound),
    jumpTo(LABEL.otherwise),
  ),
  getFirst(
    {
      label: LABEL.holder,
      description:
        'Whoever has an active assignment of it, the longest-standing first. Active says that the assignment has not expired, not ' +
        'that the user is active: take the permission set from people who leave.',
    },
    {
      object: 'PermissionSetAssignment',
      filters: [
        equals('PermissionSetId', reference(`${elementName(LABEL.permissionSet)}.Id`)),
        equals('IsActive', yesNo(true)),
      ],
      fields: ['Id', 'AssigneeId'],
      oldestFirst: 'Id',
    },
    to(LABEL.holderFound),
    jumpTo(LABEL.otherwise),
  ),
  getFirst(
    { label: LABEL.otherwise, description: 'The user that the calling flow names, if still active.' },
    {
      object: 'User',
      filters: [equals('Id', reference(OTHERWISE)), equals('IsActive', yesNo(true))],
      fields: ['Id'],
    },
    to(LABEL.otherwiseFound),
    jumpTo(LABEL.write),
  ),
];

const decisions: FlowMetadata['decisions'] = [
  whenFound(
    { label: LABEL.permissionSetFound, description: 'Without it nobody is known as RevOps.' },
    LABEL.permissionSet,
    { found: 'The permission set is there', none: 'No permission set', description: 'The look-up found it.' },
    to(LABEL.holder),
    to(LABEL.otherwise),
  ),
  whenFound(
    { label: LABEL.holderFound, description: 'Without a holder the task goes to the user that the caller names.' },
    LABEL.holder,
    { found: 'Somebody holds it', none: 'Nobody holds it', description: 'The look-up found an assignment.' },
    to(LABEL.keepHolder),
    jumpTo(LABEL.otherwise),
  ),
  whenFound(
    { label: LABEL.otherwiseFound, description: 'A task cannot be given to an inactive user.' },
    LABEL.otherwise,
    { found: 'The other user is active', none: 'Nobody', description: 'The look-up found the user.' },
    to(LABEL.keepOtherwise),
    to(LABEL.write),
  ),
  question(
    {
      label: LABEL.person,
      description: 'Tasks have one look-up for contacts and leads, and another for everything else.',
    },
    {
      label: 'It is a contact or a lead',
      description: 'Its id says so.',
      logic: 'and',
      conditions: [condition(IS_A_PERSON, 'EqualTo', yesNo(true))],
      connector: to(LABEL.ofPerson),
    },
    { label: 'It is another record', connector: to(LABEL.ofRecord) },
  ),
];

const assignments: FlowMetadata['assignments'] = [
  assignment(
    { label: LABEL.keepHolder, description: 'Keeps the user for the task.' },
    [set(FOUND_USER, reference(`${elementName(LABEL.holder)}.AssigneeId`))],
    jumpTo(LABEL.write),
  ),
  assignment(
    { label: LABEL.keepOtherwise, description: 'Keeps the user for the task.' },
    [set(FOUND_USER, reference(`${elementName(LABEL.otherwise)}.Id`))],
    to(LABEL.write),
  ),
  assignment(
    { label: LABEL.write, description: 'Subject, text, day and owner.' },
    [...content(TASK, reference(TASK_OWNER)), set(TOLD_USER, reference(TASK_OWNER))],
    to(LABEL.person),
  ),
  assignment(
    { label: LABEL.ofPerson, description: 'Shown with the contact or lead.' },
    [set(`${TASK}.WhoId`, reference(RECORD))],
    to(LABEL.task),
  ),
  assignment(
    { label: LABEL.ofRecord, description: 'Shown with the record.' },
    [set(`${TASK}.WhatId`, reference(RECORD))],
    to(LABEL.task),
  ),
  assignment(
    { label: LABEL.saver, description: 'Whoever saves is active.' },
    [set(`${TASK}.OwnerId`, reference('$User.Id')), set(TOLD_USER, reference('$User.Id'))],
    to(LABEL.taskForSaver),
  ),
  assignment(
    { label: LABEL.alone, description: 'A task of its own, whose text names the record.' },
    content(TASK_ALONE, reference('$User.Id')),
    to(LABEL.taskAlone),
  ),
  assignment(
    {
      label: LABEL.giveUp,
      description:
        'No task could be made either. The save stands and nobody is told: both reasons are in this variable, which only a debug log ' +
        'of the save shows.',
    },
    [{ assignToReference: REASON, operator: 'Add', value: reference('$Flow.FaultMessage') }],
  ),
];

const recordCreates: FlowMetadata['recordCreates'] = [
  createFrom(
    { label: LABEL.task, description: 'Tells RevOps what was refused, why, and what to do.' },
    TASK,
    to(LABEL.saver),
  ),
  createFrom(
    {
      label: LABEL.taskForSaver,
      description: 'When the org refuses the task for RevOps (an inactive user, say), the person saving gets it.',
    },
    TASK,
    to(LABEL.alone),
  ),
  createFrom(
    {
      label: LABEL.taskAlone,
      description: 'When the record takes no tasks, or is gone, the task stands alone and its text names the record.',
    },
    TASK_ALONE,
    to(LABEL.giveUp),
  ),
];

const variables: readonly Authored<FlowVariable>[] = [
  inputVariable(RECORD, 'String', 'The record that the task belongs to.'),
  inputVariable(SUBJECT, 'String', 'What the task is about, in one line.'),
  inputVariable(REASON, 'String', 'Why it could not be done.'),
  inputVariable(WHAT_TO_DO, 'String', 'What RevOps can do about it.'),
  inputVariable(OTHERWISE, 'String', 'Who gets the task when nobody is RevOps: the owner of the record, say.'),
  outputVariable(TOLD_USER, 'String', 'Who got the task, for a caller that gives the same user something else.'),
  variable(FOUND_USER, 'String', 'Who gets the task, once found.'),
  recordVariable(TASK, 'Task', 'The task.'),
  recordVariable(TASK_ALONE, 'Task', 'The same without the record.'),
];

const formulas: readonly Authored<FlowFormula>[] = [
  formula(
    TASK_OWNER,
    'String',
    'Who was found, otherwise the person saving.',
    `BLANKVALUE(${merge(FOUND_USER)}, ${merge('$User.Id')})`,
  ),
  formula(
    TASK_SUBJECT,
    'String',
    'As much of the subject as a task holds.',
    `LEFT(${merge(SUBJECT)}, ${String(TASK_SUBJECT_LENGTH)})`,
  ),
  formula(IS_A_PERSON, 'Boolean', 'Whether the record is a contact or a lead.', PERSON),
];

const textTemplates: readonly Authored<FlowTextTemplate>[] = [
  {
    description: 'The text of the task.',
    name: TASK_TEXT,
    isViewedAsPlainText: true,
    text: [
      merge(SUBJECT),
      '',
      `Reason: ${merge(REASON)}`,
      '',
      `What to do: ${merge(WHAT_TO_DO)}`,
      '',
      `Record: ${merge(RECORD)}`,
    ].join('\n'),
  },
];

export const tellRevOpsFlow = (): Component<FlowMetadata> =>
  autolaunchedFlow({
    name: FLOW.tellRevOps,
    label: 'Waterfall: Tell RevOps',
    description:
      'Called by the other waterfall flows when something could not be done: a task for RevOps with the reason and what to do. Never ' +
      `fails, so that it never blocks a save. ${COMPILED}`,
    source: 'name',
    first: elementName(LABEL.permissionSet),
    elements: { assignments, decisions, formulas, recordCreates, recordLookups, textTemplates, variables },
  });
