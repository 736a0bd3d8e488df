import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registerApexStandIn } from '../../../local-org/automation/apex/stand-ins.ts';
import { readTransactionLog } from '../../../local-org/log/transaction-log.ts';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { readOutbox } from '../../../local-org/outbox/outbox.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import {
  afterSave,
  assign,
  filter,
  input,
  orgOf,
  ref,
  set,
  text,
  to,
  variable,
} from '../automation/flow/flow-fixtures.ts';
import { opportunity } from '../automation/test-org.ts';

const DEALS = 450;
const value = (name: string, given: object) => ({ name, value: given });

/** A day before its close date a deal is rated by an Apex class, and its owner notified; another path runs at once. */
const CLOSES_SOON = afterSave(
  'Closes_Soon',
  '',
  {
    variables: [variable('People', 'String', { isCollection: true })],
    recordLookups: [
      {
        name: 'Type',
        label: 'Type',
        object: 'CustomNotificationType',
        getFirstRecordOnly: true,
        storeOutputAutomatically: true,
        filterLogic: 'and',
        filters: [filter('DeveloperName', text('Deal'))],
        connector: to('Who'),
      },
    ],
    assignments: [assign('Who', [set('People', ref('$Record.OwnerId'), 'Add')], 'Rate')],
    actionCalls: [
      {
        name: 'Rate',
        label: 'Rate',
        actionType: 'apex',
        actionName: 'Rate_Deals',
        inputParameters: [value('amount', ref('$Record.Amount'))],
        storeOutputAutomatically: true,
        connector: to('Notify'),
      },
      {
        name: 'Notify',
        label: 'Notify',
        actionType: 'customNotificationAction',
        actionName: 'customNotificationAction',
        inputParameters: [
          value('customNotifTypeId', ref('Type.Id')),
          value('recipientIds', ref('People')),
          value('title', text('{!$Record.Name}')),
          value('body', text('Rated {!Rate.score}')),
          value('targetId', ref('$Record.Id')),
        ],
        connector: to('Change'),
      },
    ],
    recordUpdates: [
      {
        name: 'Change',
        label: 'Change',
        inputReference: '$Record',
        inputAssignments: [input('NextStep', text('Closes'))],
      },
    ],
  },
  {
    connector: undefined,
    recordTriggerType: 'Create',
    scheduledPaths: [
      {
        name: 'Day_Before',
        label: 'Day Before',
        connector: to('Type'),
        offsetNumber: -1,
        offsetUnit: 'Days',
        timeSource: 'RecordField',
        recordField: 'CloseDate',
      },
      { name: 'At_Once', label: 'At Once', connector: to('Change'), pathType: 'AsyncAfterCommit' },
    ],
  },
);

test('450 records take three batches of a path, each with limits of its own', () => {
  let calls = 0;
  registerApexStandIn({
    className: 'Rate_Deals',
    inputs: { amount: { type: 'Number' } },
    outputs: { score: { type: 'Number' } },
    invoke(_tx, requests) {
      calls += 1;
      return requests.map(({ amount }) => ({ score: Number(amount) * 2 }));
    },
  });
  const notificationType = {
    type: 'CustomNotificationType',
    fullName: 'Deal',
    metadata: { customNotifTypeName: 'Deal', desktop: true, mobile: true, masterLabel: 'Deal' },
  };
  const { org } = orgOf(notificationType, { type: 'ApexClass', fullName: 'Rate_Deals', metadata: {} }, CLOSES_SOON);
  const records = Array.from({ length: DEALS }, (_, n) => opportunity({ Name: `D${n}`, Amount: n }));
  org.transact(org.user(ADMIN_USERNAME), (tx) =>
    tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }),
  );
  const cost = (last: number) =>
    readTransactionLog(org.database, { limit: last }).map(({ limits, outcome }) => [
      outcome,
      limits.queries.used,
      limits.dmlStatements.used,
      limits.dmlRows.used,
    ]);

  assert.deepEqual(
    new Set(runDueWork(org).done.map(({ kind, outcome }) => `${kind} ${outcome}`)),
    new Set(['asynchronous path ran']),
  );
  assert.deepEqual(cost(3), [
    ['committed', 0, 1, 50],
    ['committed', 0, 1, 200],
    ['committed', 0, 1, 200],
  ]);

  org.clock.moveTo(new Date('2026-06-29T07:00:00Z'));
  const done = runDueWork(org).done;
  assert.equal(done.length, DEALS);
  assert.ok(done.every(({ kind, outcome }) => kind === 'scheduled path' && outcome === 'ran'));
  assert.deepEqual(cost(3), [
    ['committed', 1, 1, 50],
    ['committed', 1, 1, 200],
    ['committed', 1, 1, 200],
  ]);
  assert.equal(calls, 3);
  const [last] = readOutbox(org.database, { kind: 'notification', limit: DEALS });
  assert.equal(readOutbox(org.database, { kind: 'notification', limit: 2 * DEALS }).length, DEALS);
  assert.equal(last!.message.kind === 'notification' && last!.message.body, 'Rated 898');
});
