import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FIELD, FLOW, HANDSHAKE_FIELD } from '../../names.ts';
import { createTask } from '../create-task.ts';
import {
  condition,
  elementName,
  equals,
  fieldValue,
  formula,
  jumpTo,
  question,
  reference,
  text,
  to,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { and, anyOf, merge, quoted, record, relationship, through } from '../formula-text.ts';
import { plainText } from '../notification.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { OPPORTUNITY, WHEN_OVER, outcomeIs } from './handshake-steps.ts';

const LABEL = {
  carry: 'Carry the answer to the opportunity',
  rejected: 'Was it rejected?',
  task: 'Create a task for the giver',
  tell: 'Tell RevOps what was refused',
  status: 'Show at least the outcome',
  tellStatus: 'Tell RevOps that the outcome is not shown',
  tellTask: 'Tell RevOps that the giver has no task',
} as const;

const STILL_THERE = 'Is_Still_in_the_Stage';
const TAKES_OVER = 'Takes_Over';
const NEW_STAGE = 'New_Stage';
const NEW_OWNER = 'New_Owner';
const OUTCOME_TEXT = 'Outcome_Text';
const GIVER = 'Giver';
const SUBJECT = 'Subject';
const TASK_TEXT = 'Task_Text';
const NOT_CARRIED = 'Not_Carried';
const REASON_TEXT = 'Reason_Text';

const TO_USER = `$Record.${relationship(HANDSHAKE_FIELD.toUser)}`;
const FROM_USER = `$Record.${relationship(HANDSHAKE_FIELD.fromUser)}`;

const formulas = ({ handshakes }: Waterfall) => [
  formula(
    STILL_THERE,
    'Boolean',
    'Whether the opportunity is still where it was handed over; moved on with the automation off, it is left where it is.',
    `TEXT(${merge(`${OPPORTUNITY}.StageName`)}) = ${record(HANDSHAKE_FIELD.stage)}`,
  ),
  formula(
    TAKES_OVER,
    'Boolean',
    'Whether accepting makes the receiver the owner, as the model says for this hand-over. A queue cannot own an opportunity.',
    and(
      outcomeIs(OUTCOME.accepted),
      anyOf(
        handshakes
          .filter(({ onAccept }) => onAccept.makeOwner)
          .map(({ name }) => `${record(HANDSHAKE_FIELD.rule)} = ${quoted(name)}`),
      ),
    ),
  ),
  formula(
    GIVER,
    'String',
    'Who handed it over, while active; otherwise the owner of the opportunity.',
    `IF(${through(HANDSHAKE_FIELD.fromUser, merge(`${FROM_USER}.IsActive`), 'FALSE')}, ${record(HANDSHAKE_FIELD.fromUser)}, ${merge(`${OPPORTUNITY}.OwnerId`)})`,
  ),
  formula(
    NEW_STAGE,
    'String',
    'Rejected, the opportunity goes back; otherwise it stays where it is.',
    `IF(AND(${merge(STILL_THERE)}, ${outcomeIs(OUTCOME.rejected)}), ${record(HANDSHAKE_FIELD.returnStage)}, TEXT(${merge(`${OPPORTUNITY}.StageName`)}))`,
  ),
  formula(
    NEW_OWNER,
    'String',
    'Accepted, it is the receiver, or who accepted in place of one who has left; rejected, the giver; otherwise who it is.',
    `IF(NOT(${merge(STILL_THERE)}), ${merge(`${OPPORTUNITY}.OwnerId`)}, ` +
      `IF(${merge(TAKES_OVER)}, IF(AND(LEFT(${record('OwnerId')}, 3) = "005", ${through(HANDSHAKE_FIELD.toUser, merge(`${TO_USER}.IsActive`), 'FALSE')}), ${record('OwnerId')}, ${merge('$User.Id')}), ` +
      `IF(${outcomeIs(OUTCOME.rejected)}, ${merge(GIVER)}, ${merge(`${OPPORTUNITY}.OwnerId`)})))`,
  ),
  formula(OUTCOME_TEXT, 'String', 'The outcome as text.', `TEXT(${record(HANDSHAKE_FIELD.outcome)})`),
  formula(REASON_TEXT, 'String', 'The reason as text.', `TEXT(${record(HANDSHAKE_FIELD.reason)})`),
  formula(
    SUBJECT,
    'String',
    'What the task of the giver is about.',
    `LEFT("Rejected: " & ${merge(`${OPPORTUNITY}.Name`)} & " (" & ${merge(REASON_TEXT)} & ")", 255)`,
  ),
  formula(
    NOT_CARRIED,
    'String',
    'What the task for RevOps is about.',
    `"Handshake " & ${record('Name')} & " " & LOWER(${merge(OUTCOME_TEXT)}) & ", but the opportunity was not changed: " & ${merge(`${OPPORTUNITY}.Name`)}`,
  ),
];

const tell = (label: string, description: string, whatToDo: string, next?: ReturnType<typeof to>) =>
  tellRevOps(
    { label, description },
    {
      recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
      subject: reference(NOT_CARRIED),
      reason: reference('$Flow.FaultMessage'),
      whatToDo: text(whatToDo),
      otherwise: reference(GIVER),
    },
    next,
  );

const thisOpportunity = [equals('Id', reference(`$Record.${HANDSHAKE_FIELD.opportunity}`))];

/**
 * After save, when a handshake was answered or withdrawn: one query and two saves for a batch, a second query and a third save where the
 * org refuses the change of an opportunity. One update for every outcome, with formulas that say what each means, so that a batch of
 * mixed answers costs what one does.
 */
export const handshakeAnswerFlow = (waterfall: Waterfall): Component<FlowMetadata> | null => {
  const [first] = waterfall.handshakes;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeAnswer,
    label: 'Waterfall: Handshake Answer',
    description:
      'Carries the answer of a handshake to its opportunity: accepted, the receiver becomes the owner where the model says so; rejected, it ' +
      'goes back to the stage and the user it came from, who gets a task with the reason. The opportunity shows the outcome of its latest ' +
      `handshake. ${COMPILED}`,
    source: first.source,
    start: {
      first: elementName(LABEL.carry),
      ...WHEN_OVER,
    },
    elements: {
      recordUpdates: [
        updateWhere(
          { label: LABEL.carry, description: 'Outcome, stage and owner, as the formulas of this flow say.' },
          {
            object: 'Opportunity',
            filters: thisOpportunity,
            values: [
              fieldValue(FIELD.handshakeStatus, reference(OUTCOME_TEXT)),
              fieldValue('OwnerId', reference(NEW_OWNER)),
              fieldValue('StageName', reference(NEW_STAGE)),
            ],
          },
          to(LABEL.tell),
          to(LABEL.rejected),
        ),
        updateWhere(
          { label: LABEL.status, description: 'Neither stage nor owner: what the org takes in most cases.' },
          {
            object: 'Opportunity',
            filters: thisOpportunity,
            values: [fieldValue(FIELD.handshakeStatus, reference(OUTCOME_TEXT))],
          },
          to(LABEL.tellStatus),
        ),
      ],
      decisions: [
        question(
          { label: LABEL.rejected, description: 'The giver has to know why.' },
          {
            label: 'It was rejected',
            description: 'The outcome says so.',
            logic: 'and',
            conditions: [condition(`$Record.${HANDSHAKE_FIELD.outcome}`, 'EqualTo', text(OUTCOME.rejected))],
            connector: to(LABEL.task),
          },
          { label: 'Accepted or withdrawn' },
        ),
      ],
      recordCreates: [
        createTask(
          { label: LABEL.task, description: 'Says who rejected it, why, and where the opportunity is now.' },
          {
            owner: reference(GIVER),
            subject: reference(SUBJECT),
            text: reference(TASK_TEXT),
            about: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
          },
          jumpTo(LABEL.tellTask),
        ),
      ],
      subflows: [
        tell(
          LABEL.tell,
          'The answer stands; the opportunity is where it was.',
          "Remove the reason, then give the opportunity the stage and the owner by hand that the answer means (see the handshake's return stage and owner).",
          to(LABEL.status),
        ),
        tell(
          LABEL.tellStatus,
          'Until then the opportunity looks as if nobody had answered.',
          'Remove the reason, then set Handshake Status of the opportunity to the outcome of the handshake.',
        ),
        tell(
          LABEL.tellTask,
          'The opportunity has gone back, but the giver may not know.',
          'Tell who handed it over that it was rejected, and why (see the handshake).',
        ),
      ],
      formulas: formulas(waterfall),
      textTemplates: [
        plainText(TASK_TEXT, 'The text of the task.', [
          `${record(HANDSHAKE_FIELD.toFunction)} has rejected ${merge(`${OPPORTUNITY}.Name`)} in ${record(HANDSHAKE_FIELD.stage)}.`,
          '',
          `Reason: ${merge(REASON_TEXT)}`,
          `Comment: ${record(HANDSHAKE_FIELD.comment)}`,
          '',
          `It is yours again, in ${merge(NEW_STAGE)}. Handshake: ${record('Name')}.`,
        ]),
      ],
    },
  });
};
