import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import { FLOW, HANDSHAKE_FIELD } from '../../names.ts';
import { elementName, equals, fieldValue, formula, reference, text, to, yesNo } from '../elements.ts';
import { COMPILED } from '../flow-shell.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { record } from '../formula-text.ts';
import { ORDER, recordTriggeredFlow } from '../record-triggered-flow.ts';
import { allAndAny } from '../of-types.ts';
import { filter, updateWhere } from '../steps.ts';
import { tellRevOps } from '../tell-revops.ts';
import { ANSWER_TASK, NOT_ASSIGNED_TASK } from './assignment-flow.ts';
import { WHEN_OVER } from './handshake-steps.ts';

const LABEL = { complete: 'Complete the tasks to answer', tell: 'Tell RevOps that a task is open' } as const;
const SUBJECT = 'Subject';
const NOT_ASSIGNED = 'Not_Assigned';

/** A closed status of every org that has not renamed it (Object Reference, Task, Status). */
const COMPLETED = 'Completed';

/**
 * After save, when a handshake was answered or withdrawn: the task that asked for the answer is done, and so is the one that told RevOps
 * that nobody was there to answer. An opportunity has one pending handshake at a time, so that its open tasks of the one subject are this
 * one's; the other subject has the handshake's name. One query and one save for a batch.
 */
export const handshakeTaskFlow = ({ handshakes }: Waterfall): Component<FlowMetadata> | null => {
  const [first] = handshakes;
  if (!first) return null;
  const subjects = [text(ANSWER_TASK), reference(NOT_ASSIGNED)].map((begin) => filter('Subject', 'StartsWith', begin));
  return recordTriggeredFlow({
    name: FLOW.handshakeTask,
    label: 'Waterfall: Handshake Task',
    description:
      'Completes the task that asked for the answer, and the one that told RevOps that nobody was there, once the handshake was accepted, ' +
      `rejected or withdrawn. ${COMPILED}`,
    source: first.source,
    order: ORDER.last,
    start: {
      first: elementName(LABEL.complete),
      ...WHEN_OVER,
    },
    elements: {
      recordUpdates: [
        {
          ...updateWhere(
            { label: LABEL.complete, description: 'Nobody has to be asked any more.' },
            {
              object: 'Task',
              filters: [
                equals('WhatId', reference(`$Record.${HANDSHAKE_FIELD.opportunity}`)),
                equals('IsClosed', yesNo(false)),
                ...subjects,
              ],
              values: [fieldValue('Status', text(COMPLETED))],
            },
            to(LABEL.tell),
          ),
          filterLogic: allAndAny(2, subjects.length),
        },
      ],
      subflows: [
        tellRevOps(
          { label: LABEL.tell, description: 'The answer stands; only its task stays on somebody’s list.' },
          {
            recordId: reference(`$Record.${HANDSHAKE_FIELD.opportunity}`),
            subject: reference(SUBJECT),
            reason: reference('$Flow.FaultMessage'),
            whatToDo: text('Complete the task "Accept or reject" or "not assigned" of the opportunity by hand.'),
            otherwise: reference('$User.Id'),
          },
        ),
      ],
      formulas: [
        formula(
          NOT_ASSIGNED,
          'String',
          'What the subject of the task begins with that told RevOps that nobody was there.',
          NOT_ASSIGNED_TASK,
        ),
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
