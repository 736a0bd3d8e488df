import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW } from '../../names.ts';
import { hasStageSla } from '../../stage-reasons.ts';
import { casesFormulas } from '../cases.ts';
import { createTask } from '../create-task.ts';
import { condition, elementName, formula, jumpTo, question, reference, text, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { STAGE_TEXT, and, merge, momentText, record } from '../formula-text.ts';
import { joinElements } from '../join-elements.ts';
import { NOTIFICATION_TITLE_LENGTH, notification, notificationStart, plainText } from '../notification.ts';
import { fillIn, updateOwn } from '../number-and-list-steps.ts';
import { afterField, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { tellRevOps } from '../tell-revops.ts';
import { NOT_OFF, turnedOff } from '../turned-off.ts';
import { RACI_LINES, raciFormulas } from './raci-texts.ts';

const LABEL = {
  overdue: 'Is it still overdue?',
  task: 'Create a task for the owner',
  tell: 'Tell RevOps what was refused',
} as const;

const BREACH = 'the breach';
const MESSAGE = 'the notice';
const BREACHES = 'Breaches';
const STAGE = 'Stage_Text';
const SINCE = 'Since_Text';
const DUE = 'Due_Text';
const NEXT_STEP = 'Next_Step';
const SUBJECT = 'Subject';
const BODY = 'Notification_Text';
const TASK_TEXT = 'Task_Text';
const NOT_TOLD = 'Not_Told';

const ABOUT = { recordId: reference('$Record.Id'), otherwise: reference('$Record.OwnerId') };

const formulas = (waterfall: Waterfall) => {
  const stages = allStages(waterfall).filter(({ sla }) => sla !== null);
  return [
    formula(
      BREACHES,
      'Number',
      'One stage more whose service level ran out.',
      `BLANKVALUE(${record(FIELD.slaBreaches)}, 0) + 1`,
    ),
    formula(STAGE, 'String', 'The stage as text.', STAGE_TEXT),
    formula(SINCE, 'String', 'Since when it is in the stage, as text.', momentText(FIELD.stageEnteredAt)),
    formula(DUE, 'String', 'By when it should have left the stage, as text.', momentText(FIELD.stageSlaDue)),
    formula(
      SUBJECT,
      'String',
      'What has happened, in one line.',
      `LEFT("Overdue in " & ${STAGE_TEXT} & ": " & ${record('Name')}, ${String(NOTIFICATION_TITLE_LENGTH)})`,
    ),
    formula(
      NOT_TOLD,
      'String',
      'What the task for RevOps is about.',
      `"Stage SLA not followed up: " & ${record('Name')}`,
    ),
    ...casesFormulas({
      name: NEXT_STEP,
      description: 'The next step that the model gives for the stage.',
      subject: STAGE_TEXT,
      cases: stages.map(({ name, nextStep }) => [name, nextStep]),
    }),
    ...raciFormulas(
      STAGE_TEXT,
      stages.map(({ name, raci }) => [name, raci]),
    ),
    turnedOff,
  ];
};

/**
 * A scheduled path at the moment in `Stage_SLA_Due__c`, which the stamping flow gives and moves: the path moves with it, and a stage
 * without a service level, closing, or a breach that was told already take the record out of the entry conditions and the path away
 * (help: "Scheduled Paths"). Entering another stage clears the flag, so that the record meets them anew. One query and two saves.
 */
export const stageSlaFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  if (!hasStageSla(waterfall)) return null;
  const fault = jumpTo(LABEL.tell);
  const breach = updateOwn(
    {
      what: BREACH,
      description: 'The service level of the stage has run out.',
      object: 'Opportunity',
      variable: 'Breached_Opportunity',
      values: [
        [FIELD.slaBreached, yesNo(true)],
        [FIELD.slaBreaches, reference(BREACHES)],
      ],
    },
    fault,
    to(LABEL.task),
  );
  const message = notification({
    what: MESSAGE,
    recipient: reference('$Record.OwnerId'),
    title: reference(SUBJECT),
    body: reference(BODY),
    target: reference('$Record.Id'),
    about: ABOUT,
    fault,
  });
  return recordTriggeredFlow({
    name: FLOW.stageSla,
    label: 'Waterfall: Stage SLA',
    description:
      'When the service level of a stage runs out: marks the opportunity, counts the breach, and tells the owner once, by a task and a ' +
      `notification. ${COMPILED}`,
    source: 'opportunityTypes',
    start: {
      doesRequireRecordChangedToMeetCriteria: true,
      filterFormula: and(
        `NOT(ISBLANK(${record(FIELD.stageSlaDue)}))`,
        `NOT(${record('IsClosed')})`,
        `NOT(${record(FIELD.slaBreached)})`,
      ),
      object: 'Opportunity',
      paths: [
        afterField('Service level ends', FIELD.stageSlaDue, { number: 0, unit: 'Hours' }, elementName(LABEL.overdue)),
      ],
      triggerType: 'RecordAfterSave',
    },
    elements: joinElements(
      breach,
      {
        decisions: [
          question(
            { label: LABEL.overdue, description: 'It may have moved on at the last moment.' },
            {
              label: 'It is overdue',
              description: 'Still open and not marked, and the automation is not off.',
              logic: 'and',
              conditions: [
                condition('$Record.IsClosed', 'EqualTo', yesNo(false)),
                condition(`$Record.${FIELD.slaBreached}`, 'EqualTo', yesNo(false)),
                NOT_OFF,
              ],
              connector: to(fillIn(BREACH)),
            },
            { label: 'Not any more' },
          ),
        ],
        formulas: formulas(waterfall),
        recordCreates: [
          createTask(
            { label: LABEL.task, description: 'Says what comes next in the stage, and who has a part in it.' },
            {
              owner: reference('$Record.OwnerId'),
              subject: reference(SUBJECT),
              text: reference(TASK_TEXT),
              about: reference('$Record.Id'),
            },
            fault,
            to(notificationStart(MESSAGE)),
          ),
        ],
        subflows: [
          tellRevOps(
            { label: LABEL.tell, description: 'The owner may not know that the opportunity is overdue.' },
            {
              ...ABOUT,
              subject: reference(NOT_TOLD),
              reason: reference('$Flow.FaultMessage'),
              whatToDo: text('Remove the reason, and see that the opportunity has an active owner who moves it on.'),
            },
          ),
        ],
        textTemplates: [
          plainText(BODY, 'The text of the notification.', [
            `In ${merge(STAGE)} since ${merge(SINCE)}, due ${merge(DUE)}. Move it on, back or out.`,
          ]),
          plainText(TASK_TEXT, 'The text of the task.', [
            `${record('Name')} is in ${merge(STAGE)} since ${merge(SINCE)} and should have left it by ${merge(DUE)}.`,
            `Next step: ${merge(NEXT_STEP)}`,
            'If there is none, move it back, recycle it or close it.',
            '',
            ...RACI_LINES,
          ]),
        ],
      },
      message,
    ),
  });
};
