/**
 * The end of a flow whose work the org refused: a task for RevOps that names the reason, so that what could not be made never blocks the
 * save. RevOps is whoever holds the RevOps permission set, the one who has had it longest: no user, queue or setting of the org is
 * assumed. Nobody there: the task goes to the owner of the opportunity. The org refuses that task as well (an inactive RevOps user, say):
 * it goes to the person saving. When even that is refused the save stands and nobody is told: the fault is handled, so that the platform
 * sends no mail, and only a debug log that is running at that moment shows the reasons.
 *
 * Reads two records and writes one, a second one only in that last case.
 */
import type { FlowFormula, FlowTextTemplate, FlowVariable } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import { PERMISSION_SET } from '../names.ts';
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
} from './elements.ts';
import type { Value } from './elements.ts';
import { merge, quoted, record } from './formula-text.ts';
import type { FlowMetadata } from './flow-shell.ts';

const LABEL = {
  permissionSet: 'Find the RevOps permission set',
  permissionSetFound: 'Is the RevOps permission set there?',
  holder: 'Find who holds it',
  holderFound: 'Does somebody hold it?',
  name: 'Keep the RevOps user',
  task: 'Create a task for RevOps',
  taskForSaver: 'Create a task for the person saving',
  giveUp: 'Let the save stand',
} as const;

export const REASON = 'Refusal_Reason';
const REVOPS_USER = 'RevOps_User_Id';
const TASK_TEXT = 'Task_Text';
const TASK_OWNER = 'Task_Owner';
const TASK_SUBJECT = 'Task_Subject';

/** Task.Subject holds 255 characters (Object Reference, Task). */
const TASK_SUBJECT_LENGTH = 255;

/** Where the way to the task begins. */
export const TASK_PATH = LABEL.permissionSet;

const taskValues = (owner: Value) => [
  fieldValue('Description', reference(TASK_TEXT)),
  fieldValue('ActivityDate', reference('$Flow.CurrentDate')),
  fieldValue('OwnerId', owner),
  fieldValue('Subject', reference(TASK_SUBJECT)),
  fieldValue('WhatId', reference('$Record.Id')),
];

export const revOpsTaskElements = (): Required<
  Pick<FlowMetadata, 'assignments' | 'decisions' | 'recordCreates' | 'recordLookups'>
> => ({
  recordLookups: [
    getFirst(
      { label: LABEL.permissionSet, description: 'The permission set that RevOps people hold.' },
      { object: 'PermissionSet', filters: [equals('Name', text(PERMISSION_SET.revOps))], fields: ['Id'] },
      to(LABEL.permissionSetFound),
      jumpTo(LABEL.task),
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
      jumpTo(LABEL.task),
    ),
  ],
  decisions: [
    question(
      { label: LABEL.permissionSetFound, description: 'Without it nobody is known as RevOps.' },
      {
        label: 'The permission set is there',
        description: 'The look-up found it.',
        logic: 'and',
        conditions: [condition(elementName(LABEL.permissionSet), 'IsNull', yesNo(false))],
        connector: to(LABEL.holder),
      },
      { label: 'No permission set', connector: to(LABEL.task) },
    ),
    question(
      { label: LABEL.holderFound, description: 'Without a holder the task goes to the owner of the opportunity.' },
      {
        label: 'Somebody holds it',
        description: 'The look-up found an assignment.',
        logic: 'and',
        conditions: [condition(elementName(LABEL.holder), 'IsNull', yesNo(false))],
        connector: to(LABEL.name),
      },
      { label: 'Nobody holds it', connector: to(LABEL.task) },
    ),
  ],
  assignments: [
    assignment(
      { label: LABEL.name, description: 'Keeps the user for the task.' },
      [set(REVOPS_USER, reference(`${elementName(LABEL.holder)}.AssigneeId`))],
      to(LABEL.task),
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
  ],
  recordCreates: [
    createRecord(
      { label: LABEL.task, description: 'Tells RevOps what was refused, why, and what to do.' },
      'Task',
      taskValues(reference(TASK_OWNER)),
      to(LABEL.taskForSaver),
    ),
    createRecord(
      {
        label: LABEL.taskForSaver,
        description: 'When the org refuses the task for RevOps (an inactive user, say), the person saving gets it.',
      },
      'Task',
      taskValues(reference('$User.Id')),
      to(LABEL.giveUp),
    ),
  ],
});

export const revOpsTaskVariables: readonly Authored<FlowVariable>[] = [
  variable(REASON, 'String', 'Why the org refused.'),
  variable(REVOPS_USER, 'String', 'The RevOps user, once found.'),
];

export const revOpsTaskText = (lines: readonly string[]): Authored<FlowTextTemplate> => ({
  description: 'The text of the task.',
  name: TASK_TEXT,
  isViewedAsPlainText: true,
  text: lines.join('\n'),
});

/** `subject` is followed by the opportunity's name. */
export const revOpsTaskFormulas = (subject: string): readonly Authored<FlowFormula>[] => [
  formula(
    TASK_OWNER,
    'String',
    'Someone of RevOps, otherwise whoever owns the opportunity, or the person saving where that user is inactive.',
    `BLANKVALUE(${merge(REVOPS_USER)}, IF(${record('Owner.IsActive')}, ${record('OwnerId')}, ${merge('$User.Id')}))`,
  ),
  formula(
    TASK_SUBJECT,
    'String',
    'What the task is about.',
    `LEFT(${quoted(subject)} & ${record('Name')}, ${String(TASK_SUBJECT_LENGTH)})`,
  ),
];
