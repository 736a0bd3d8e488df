import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue } from '../../../local-org/data/types.ts';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import { runFlow } from '../../../local-org/scheduler/run-flow.ts';
import { openWorkQueue } from '../../../local-org/scheduler/work-queue.ts';
import {
  assign,
  createTask,
  flow,
  input,
  number,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
} from '../automation/flow/flow-fixtures.ts';
import { opportunity } from '../automation/test-org.ts';

/** Waits for two days before the close date of the deal it is given. */
const parameter = (name: string, value: object) => ({ name, value });
const WAITS = (field: string) =>
  flow(
    'Waits',
    { object: undefined, recordTriggerType: undefined, connector: to('Hold') },
    {
      variables: [variable('deal', 'String', { isInput: true }), variable('at', 'DateTime')],
      waits: [
        {
          name: 'Hold',
          label: 'Hold',
          defaultConnectorLabel: 'Default Path',
          faultConnector: to('Failed'),
          waitEvents: [
            {
              name: 'Closes',
              label: 'Closes',
              eventType: 'DateRefAlarmEvent',
              inputParameters: [
                parameter('TimeTableColumnEnumOrId', text('Opportunity')),
                parameter('TimeFieldColumnEnumOrId', text(field)),
                parameter('EntityObjectId', ref('deal')),
                parameter('TimeOffset', number(-2)),
                parameter('TimeOffsetUnit', text('Days')),
              ],
              outputParameters: [{ name: 'AlarmTime', assignToReference: 'at' }],
              connector: to('Note'),
            },
          ],
        },
      ],
      assignments: [assign('Note', [set('deal', text('{!at}'))], 'Write')],
      recordCreates: [
        createTask('Write', { inputAssignments: [input('Subject', ref('deal'))] }),
        createTask('Failed', { inputAssignments: [input('Subject', ref('$Flow.FaultMessage'))] }),
      ],
    },
  );

function start(field: string, values: Readonly<Record<string, FieldValue>>) {
  const { org } = orgOf(WAITS(field));
  const user = org.user(ADMIN_USERNAME);
  const records = [opportunity(values)];
  const [deal] = org.transact(user, (tx) =>
    tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }),
  );
  runFlow(org, user, 'Waits', [{ deal: deal!.id }]);
  const subjects = () =>
    org.transact(user, (tx) => tx.select({ object: 'Task', filter: null })).map(({ Subject }) => Subject);
  return { org, subjects, queue: openWorkQueue(org.database) };
}

test('an interview waits for a time that counts from a date of a record', () => {
  const { org, subjects, queue } = start('CloseDate', { CloseDate: '2026-06-30' });
  /** Midnight in the org's time zone, two days before. */
  assert.equal(queue.next(), '2026-06-28T07:00:00.000Z');
  org.clock.moveTo(new Date('2026-06-28T07:00:00Z'));
  assert.deepEqual(
    runDueWork(org).done.map(({ outcome }) => outcome),
    ['ran'],
  );
  assert.deepEqual(subjects(), ['2026-06-28T07:00:00.000Z']);
});

test('a record without that date is a fault', () => {
  const { subjects, queue } = start('LastActivityDate', {});
  assert.equal(queue.next(), null);
  assert.deepEqual(subjects(), ['The time to wait for is blank.']);
});
