import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FLOW, HANDSHAKE_FIELD } from '../../names.ts';
import { elementName, equals, fieldValue, formula, reference, text, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { record } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { filter, updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { ANSWER_TASK } from './assignment-flow.ts';
import { WHEN_OVER } from './handshake-steps.ts';

const LABEL = { complete: 'Complete the task to answer', tell: 'Tell RevOps that the task is open' } as const;
const SUBJECT = 'Subject';

/** A closed status of every org that has not renamed it (Object Reference, Task, Status). */
const COMPLETED = 'Completed';

/**
 * After save, when a handshake was answered or withdrawn: the task that asked for the answer is done. An opportunity has one pending
 * handshake at a time, so that its open tasks of that subject are this one's. One query and one save for a batch.
 */
export const handshakeTaskFlow = ({ handshakes }: Waterfall): Component<FlowMetadata> | null => {
  const [first] = handshakes;
  if (!first) return null;
  return recordTriggeredFlow({
    name: FLOW.handshakeTask,
    label: 'Waterfall: Handshake Task',
    description: `Completes the task that asked for the answer, once the handshake was accepted, rejected or withdrawn. ${COMPILED}`,
    source: first.source,
    order: ORDER.last,
    start: {
      first: elementName(LABEL.complete),
      ...WHEN_OVER,
    },
    elements: {
      recordUpdates: [
        updateWhere(
          { label: LABEL.complete, description: 'Nobody has to be asked any more.' },
          {
            object: 'Task',
            filters: [
              equals('WhatId', reference(`$Record.${HANDSHAKE_FIELD.opportunity}`)),
              filter('Subject', 'StartsWith', text(ANSWER_TASK)),
              equals('IsClosed', yesNo(false)),
            ],
            values: [fieldValue('Status', text(COMPLETED))],
          },
          to(LABEL.tell),
        ),
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.tell, description: 'The answer stands; only its task stays on somebody’s list.' },
          {
            recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
            subject: reference(SUBJECT),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Complete the task "Accept or reject" of the opportunity by hand.'),
            otherwise: reference('$User.Id'),
          },
        ),
      ],
      formulas: [
        formula(
          SUBJECT,
          'String',
          'What the task for RevOps is about.',
          `"Task of an answered handshake not completed: " & ${record('Name')}`,
        ),
      ],
    },
  });
};
