import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { OUTCOME } from '../../handshakes/outcomes.ts';
import { FLOW, HANDSHAKE, HANDSHAKE_FIELD } from '../../names.ts';
import {
  assignment,
  condition,
  elementName,
  formula,
  question,
  reference,
  set,
  text,
  to,
  variable,
  yesNo,
} from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { NOT_BYPASSED, and, merge, or, record } from '../formula-text.ts';
import { recordTriggeredFlow } from '../record-triggered-flow.ts';
import { outcomeIs } from './handshake-steps.ts';

const LABEL = {
  user: 'Follow the owner',
  over: 'Does it still wait?',
  release: 'Give the key back',
  answered: 'Was it answered?',
  stamp: 'Stamp the answer',
} as const;

const RECEIVER = 'Receiver';
const ANSWERED = 'Was_Answered';
const LATE = 'Is_Late';
const NO_TEXT = 'No_Text';

/**
 * Before save, so that it costs neither a query nor a save. A queue can own a handshake for a while (somebody gives it back by hand):
 * then the field keeps the last user. Whether a withdrawn one was in time says nothing about anybody, so that it is not stamped.
 */
export const handshakeStampingFlow = ({ handshakes }: Waterfall): Component<FlowMetadata> | null => {
  const [first] = handshakes;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeStamping,
    label: 'Waterfall: Handshake Stamping',
    description: `Notes who has to answer a handshake, and when and by whom it was accepted or rejected, in time or late. Then its key is free. ${COMPILED}`,
    source: first.source,
    start: {
      first: elementName(LABEL.user),
      filterFormula: and(
        NOT_BYPASSED,
        or(
          `ISCHANGED(${record(HANDSHAKE_FIELD.outcome)})`,
          `ISCHANGED(${record('OwnerId')})`,
          // Whoever moves the opportunity owns the new handshake: as its receiver too, and then the owner does not change.
          `ISBLANK(${record(HANDSHAKE_FIELD.toUser)})`,
        ),
      ),
      object: HANDSHAKE,
      on: 'Update',
      triggerType: 'RecordBeforeSave',
    },
    elements: {
      assignments: [
        assignment(
          { label: LABEL.user, description: 'In a field that reports and flows can look through.' },
          [set(`$Record.${HANDSHAKE_FIELD.toUser}`, reference(RECEIVER))],
          to(LABEL.over),
        ),
        assignment(
          {
            label: LABEL.release,
            description: 'The next hand-over asks for itself, even if it comes in the same second.',
          },
          [set(`$Record.${HANDSHAKE_FIELD.key}`, reference(NO_TEXT))],
          to(LABEL.answered),
        ),
        assignment({ label: LABEL.stamp, description: 'Who answered, when, and whether that was in time.' }, [
          set(`$Record.${HANDSHAKE_FIELD.answeredAt}`, reference('$Flow.CurrentDateTime')),
          set(`$Record.${HANDSHAKE_FIELD.answeredBy}`, reference('$User.Id')),
          set(`$Record.${HANDSHAKE_FIELD.breached}`, reference(LATE)),
        ]),
      ],
      decisions: [
        question(
          { label: LABEL.over, description: 'Until then its key keeps one entry into the stage from asking twice.' },
          {
            label: 'It is over',
            description: 'Accepted, rejected or withdrawn.',
            logic: 'and',
            conditions: [condition(`$Record.${HANDSHAKE_FIELD.outcome}`, 'NotEqualTo', text(OUTCOME.pending))],
            connector: to(LABEL.release),
          },
          { label: 'It waits' },
        ),
        question(
          { label: LABEL.answered, description: 'Withdrawn is no answer.' },
          {
            label: 'It was answered',
            description: 'This save accepts or rejects it.',
            logic: 'and',
            conditions: [
              condition(`$Record.${HANDSHAKE_FIELD.outcome}`, 'IsChanged', yesNo(true)),
              condition(ANSWERED, 'EqualTo', yesNo(true)),
            ],
            connector: to(LABEL.stamp),
          },
          { label: 'Not in this save' },
        ),
      ],
      formulas: [
        formula(
          ANSWERED,
          'Boolean',
          'Accepted or rejected.',
          or(outcomeIs(OUTCOME.accepted), outcomeIs(OUTCOME.rejected)),
        ),
        formula(
          RECEIVER,
          'String',
          'The owner where that is a user (ids of users begin with 005), otherwise who it was.',
          `IF(LEFT(${record('OwnerId')}, 3) = "005", ${record('OwnerId')}, ${record(HANDSHAKE_FIELD.toUser)})`,
        ),
        formula(
          LATE,
          'Boolean',
          'The time was over, now or at the end of the service level.',
          or(record(HANDSHAKE_FIELD.breached), `${merge('$Flow.CurrentDateTime')} > ${record(HANDSHAKE_FIELD.dueAt)}`),
        ),
      ],
      variables: [variable(NO_TEXT, 'String', 'Never set: clears a text.')],
    },
  });
};
