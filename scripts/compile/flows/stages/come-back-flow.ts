import { allStages } from '../../../model/waterfall.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FIELD, FLOW } from '../../names.ts';
import { nurturingStages } from '../../stage-reasons.ts';
import { casesFormulas } from '../cases.ts';
import { createTask } from '../create-task.ts';
import {
  condition,
  elementName,
  equals,
  formula,
  getFirst,
  jumpTo,
  question,
  reference,
  text,
  to,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { STAGE_TEXT, and, merge, record, stageIsOneOf } from '../formula-text.ts';
import { plainText } from '../notification.ts';
import { fillIn, updateOwn } from '../number-and-list-steps.ts';
import { afterField, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { whenFound } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { NOT_OFF, turnedOff } from '../turned-off.ts';
import { RACI_LINES, raciFormulas } from './raci-texts.ts';

const LABEL = {
  resting: 'Does it still rest?',
  where: 'Find where it is now',
  there: 'Is it there?',
  task: 'Create a task for the owner',
  tell: 'Tell RevOps that it did not come back',
  tellTask: 'Tell RevOps that the owner has no task',
} as const;

const STAGE = 'the stage after the rest';
const NEW_STAGE = 'New_Stage';
const STAGE_NOW = 'Stage_Now';
const STAGE_BEFORE = 'Stage_Before';
const RESTED_UNTIL = 'Rested_Until';
const REASON = 'Reason_Text';
const RESTS = 'Rests';
const NEXT_STEP = 'Next_Step';
const SUBJECT = 'Subject';
const TASK_TEXT = 'Task_Text';
const NOT_BACK = 'Not_Back';

/**
 * A scheduled path at midnight of `Nurture_Until__c` in the org's time zone; it moves with the date, and leaving the stage takes it away
 * (help: "Scheduled Paths"). The flow before the save then forgets reason and date. Two saves and one query, since a promotion may move it
 * on in the save that brings it back, and the task says what comes next where it is then.
 */
export const comeBackFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const stages = nurturingStages(waterfall);
  const [first] = stages;
  if (first === undefined) return null;
  const steps = allStages(waterfall).filter(({ kind }) => kind === 'step');
  const back = updateOwn(
    {
      what: STAGE,
      description: 'The stage in which the model has it come back.',
      object: 'Opportunity',
      variable: 'Opportunity_Back',
      values: [['StageName', reference(NEW_STAGE)]],
    },
    to(LABEL.tell),
    to(LABEL.where),
  );
  const about = { recordId: reference('$Record.Id'), otherwise: reference('$Record.OwnerId') };
  return recordTriggeredFlow({
    name: FLOW.comeBack,
    label: 'Waterfall: Nurture Come Back',
    description: `Brings a recycled opportunity back on its nurture date (${stages.map(({ name, comesBackTo }) => `${name} to ${comesBackTo}`).join(', ')}), with a task for its owner. ${COMPILED}`,
    source: first.source,
    start: {
      doesRequireRecordChangedToMeetCriteria: true,
      filterFormula: and(`NOT(ISBLANK(${record(FIELD.nurtureUntil)}))`, stageIsOneOf(stages.map(({ name }) => name))),
      object: 'Opportunity',
      paths: [afterField('Come back', FIELD.nurtureUntil, { number: 0, unit: 'Days' }, elementName(LABEL.resting))],
      triggerType: 'RecordAfterSave',
    },
    elements: {
      assignments: back.assignments,
      decisions: [
        question(
          { label: LABEL.resting, description: 'Somebody may have taken it up at the last moment.' },
          {
            label: 'It rests',
            description: 'Still in such a stage, and the automation is not off.',
            logic: 'and',
            conditions: [condition(RESTS, 'EqualTo', yesNo(true)), NOT_OFF],
            connector: to(fillIn(STAGE)),
          },
          { label: 'Not any more' },
        ),
        whenFound(
          { label: LABEL.there, description: 'Another automation may have deleted it in the same save.' },
          LABEL.where,
          { found: 'It is there', none: 'Deleted', description: 'The look-up found it.' },
          to(LABEL.task),
        ),
      ],
      formulas: [
        formula(
          RESTS,
          'Boolean',
          'Whether it comes back from its stage.',
          stageIsOneOf(stages.map(({ name }) => name)),
        ),
        formula(STAGE_BEFORE, 'String', 'Where it rested, as text.', STAGE_TEXT),
        formula(RESTED_UNTIL, 'String', 'Until when it rested, as text.', `TEXT(${record(FIELD.nurtureUntil)})`),
        formula(REASON, 'String', 'Why it rested, as text.', `TEXT(${record(FIELD.stageReason)})`),
        ...casesFormulas({
          name: NEW_STAGE,
          description: 'Where it comes back to.',
          subject: STAGE_TEXT,
          cases: stages.map(({ name, comesBackTo }) => [name, comesBackTo]),
        }),
        formula(
          STAGE_NOW,
          'String',
          'Where it is after the save, as text.',
          `TEXT(${merge(`${elementName(LABEL.where)}.StageName`)})`,
        ),
        ...casesFormulas({
          name: NEXT_STEP,
          description: 'The next step that the model gives for the stage in which it is now.',
          subject: merge(STAGE_NOW),
          cases: steps.map(({ name, nextStep }) => [name, nextStep]),
        }),
        ...raciFormulas(
          merge(STAGE_NOW),
          steps.map(({ name, raci }) => [name, raci]),
        ),
        formula(
          SUBJECT,
          'String',
          'What has happened, in one line.',
          `LEFT("Back from " & ${STAGE_TEXT} & ": " & ${record('Name')}, 255)`,
        ),
        formula(
          NOT_BACK,
          'String',
          'What the task for RevOps is about.',
          `"Not back from " & ${STAGE_TEXT} & ": " & ${record('Name')}`,
        ),
        turnedOff,
      ],
      recordCreates: [
        createTask(
          { label: LABEL.task, description: 'Says why it rested, and what comes next.' },
          {
            owner: reference('$Record.OwnerId'),
            subject: reference(SUBJECT),
            text: reference(TASK_TEXT),
            about: reference('$Record.Id'),
          },
          jumpTo(LABEL.tellTask),
        ),
      ],
      recordLookups: [
        getFirst(
          { label: LABEL.where, description: 'A promotion may have moved it on in the same save.' },
          { object: 'Opportunity', filters: [equals('Id', reference('$Record.Id'))], fields: ['Id', 'StageName'] },
          to(LABEL.there),
          jumpTo(LABEL.tellTask),
        ),
      ],
      recordUpdates: back.recordUpdates,
      subflows: [
        tellRevOps(
          { label: LABEL.tell, description: 'It rests on, and no date is left that would bring it back.' },
          {
            ...about,
            subject: reference(NOT_BACK),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Remove the reason, then move the opportunity by hand, or give it another nurture date.'),
          },
        ),
        tellRevOps(
          { label: LABEL.tellTask, description: 'The opportunity is back, but its owner may not know.' },
          {
            ...about,
            subject: reference(SUBJECT),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Give the opportunity an active owner, and tell them that it is back.'),
          },
        ),
      ],
      textTemplates: [
        plainText(TASK_TEXT, 'The text of the task.', [
          `${record('Name')} rested in ${merge(STAGE_BEFORE)} until ${merge(RESTED_UNTIL)} and is back in ${merge(STAGE_NOW)}.`,
          `Why it rested: ${merge(REASON)}`,
          `Next step: ${merge(NEXT_STEP)}`,
          '',
          ...RACI_LINES,
        ]),
      ],
      variables: back.variables,
    },
  });
};
