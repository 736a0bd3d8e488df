import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTransactionLog } from '../../../local-org/log/transaction-log.ts';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { beforeSave, assign, filter, number, orgOf, set, text } from '../automation/flow/flow-fixtures.ts';
import { opportunity } from '../automation/test-org.ts';

const { org } = orgOf(
  beforeSave(
    'Big_Deal',
    'Mark',
    { assignments: [assign('Mark', [set('$Record.NextStep', text('Call the "boss"'))])] },
    { filters: [filter('Amount', number(1000), 'GreaterThan')], filterLogic: 'and' },
  ),
);
const user = org.user(ADMIN_USERNAME);
const insert = (...records: readonly ReturnType<typeof opportunity>[]) =>
  org.transact(user, (tx) => tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }));

test('a committed transaction is kept: order of execution, paths with values, limits', () => {
  insert(opportunity({ Name: 'Big', Amount: 5000 }), opportunity({ Name: 'Small', Amount: 1 }));
  const [last] = readTransactionLog(org.database);
  assert.equal(last!.outcome, 'committed');
  assert.equal(last!.username, ADMIN_USERNAME);
  assert.deepEqual(last!.limits.queries, { used: 0, limit: 100 });
  const steps = last!.entries.map(({ step }) => step);
  assert.ok(steps.indexOf('before-save automation') < steps.indexOf('Flow Big_Deal (before save)'));
  assert.ok(steps.indexOf('Flow Big_Deal (before save)') < steps.indexOf('validation rules'));
  const details = last!.entries.filter(({ step }) => step.startsWith('Flow Big_Deal')).map(({ detail }) => detail);
  assert.equal(details.length, 1);
  assert.match(details[0]!, /^Big.*\$Record\.NextStep = "Call the "boss""$/);
});

test('a transaction that was rolled back is kept with what ended it; one in which nothing happened is not', () => {
  const before = readTransactionLog(org.database, { limit: 1000 }).length;
  org.transact(user, (tx) => tx.select({ object: 'Opportunity', filter: null }));
  assert.equal(readTransactionLog(org.database, { limit: 1000 }).length, before);
  assert.throws(() =>
    org.transact(user, (tx) => {
      tx.save({ operation: 'insert', object: 'Opportunity', records: [opportunity()], allOrNone: true });
      tx.limits.use('queries', 101);
    }),
  );
  const [last] = readTransactionLog(org.database);
  assert.deepEqual([last!.outcome, last!.error], ['rolled back', 'LIMIT_EXCEEDED: Too many SOQL queries: 101']);
});

test('the log is searched by text and by number, and keeps the newest 200', () => {
  assert.equal(readTransactionLog(org.database, { contains: 'BIG_DEAL' }).length, 1);
  assert.equal(readTransactionLog(org.database, { contains: 'the "boss"' }).length, 1);
  for (let turn = 0; turn < 201; turn += 1) insert(opportunity());
  const all = readTransactionLog(org.database, { limit: 1000 });
  assert.equal(all.length, 200);
  assert.ok(all[0]!.id > all.at(-1)!.id);
  assert.equal(readTransactionLog(org.database, { id: all[5]!.id })[0]!.id, all[5]!.id);
  assert.equal(readTransactionLog(org.database).length, 20);
});
