import { createRecord, fieldValue, reference } from './elements.ts';
import type { Connector, Named, Value } from './elements.ts';

interface NewTask {
  /** Today when left out. */
  readonly due?: Value;
  readonly owner: Value;
  readonly subject: Value;
  readonly text: Value;
  /** The record that it belongs to; not a person. */
  readonly about: Value;
}

/** A task for somebody. What RevOps has to do is told by `tellRevOps`, which never fails. */
export const createTask = (
  named: Named,
  { due, owner, subject, text, about }: NewTask,
  fault: Connector,
  next?: Connector,
): ReturnType<typeof createRecord> => ({
  ...createRecord(
    named,
    'Task',
    [
      fieldValue('ActivityDate', due ?? reference('$Flow.CurrentDate')),
      fieldValue('Description', text),
      fieldValue('OwnerId', owner),
      fieldValue('Subject', subject),
      fieldValue('WhatId', about),
    ],
    fault,
  ),
  ...(next && { connector: next }),
});
