import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Automation } from '../../../local-org/automation/types.ts';
import { NO_AUTOMATION } from '../../../local-org/data/no-automation.ts';
import { createStore } from '../../../local-org/data/store.ts';
import { createTransaction } from '../../../local-org/data/transaction.ts';
import type { SaveResult, Transaction } from '../../../local-org/data/types.ts';
import { DEAL, openTestOrg } from './open-test-org.ts';

/** A transaction with automation written here instead of compiled. */
function withAutomation<T>(automation: Partial<Automation>, work: (tx: Transaction) => T): T {
  const { org, user } = openTestOrg();
  return org.transact(user, () =>
    work(
      createTransaction({
        user,
        now: org.clock.now(),
        schema: org.schema,
        automation: { ...NO_AUTOMATION, ...automation },
        store: createStore(org.database),
        fiscalStartMonth: 1,
        defaultRecordType: () => null,
      }),
    ),
  );
}

const insert = (tx: Transaction, count: number, allOrNone = false): readonly SaveResult[] =>
  tx.save({
    operation: 'insert',
    object: 'Opportunity',
    records: Array.from({ length: count }, (_, i) => ({ ...DEAL, Name: `Deal ${i}` })),
    allOrNone,
  });

const error = { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'no', fields: [] };

test('steps run in the documented order, 200 rows at a time', () => {
  const steps: string[] = [];
  const note = (step: string) => (batch: { rows: readonly unknown[] }) =>
    void steps.push(`${step} ${batch.rows.length}`);
  withAutomation({ beforeSave: note('before'), validate: note('validate'), afterSave: note('after') }, (tx) =>
    insert(tx, 250),
  );
  assert.deepEqual(steps, ['before 200', 'validate 200', 'after 200', 'before 50', 'validate 50', 'after 50']);
});

test('what before-save automation sets is validated, and a new stage brings its probability', () => {
  withAutomation(
    {
      beforeSave: ({ rows }) => {
        rows[0]!.after['NextStep'] = 'x'.repeat(256);
        rows[1]!.after['StageName'] = 'Closed Won';
        rows[2]!.after['StageName'] = 'Closed Won';
        rows[2]!.after['Probability'] = 95;
      },
    },
    (tx) => {
      const results = insert(tx, 3);
      assert.equal(results[0]!.errors[0]?.statusCode, 'STRING_TOO_LONG');
      const read = (i: number): unknown =>
        tx.byIds('Opportunity', [results[i]!.id!]).get(results[i]!.id!)!['Probability'];
      assert.deepEqual([read(1), read(2)], [100, 95]);
    },
  );
});

test('rows that fail after they were written are undone, and the good ones are saved by a second run of everything', () => {
  const batches: number[] = [];
  withAutomation(
    {
      beforeSave: ({ rows, tx, object }) => {
        if (object.name !== 'Opportunity') return;
        batches.push(rows.length);
        tx.limits.use('queries', 60);
      },
      afterSave: ({ rows, tx, object }) => {
        if (object.name !== 'Opportunity') return;
        tx.save({
          operation: 'insert',
          object: 'Task',
          records: rows.map((row) => ({ WhatId: row.after['Id']!, Subject: 'Call' })),
          allOrNone: true,
        });
        for (const row of rows) if (row.after['Name'] === 'Deal 1') row.errors.push(error);
      },
    },
    (tx) => {
      const results = insert(tx, 3);
      assert.deepEqual(
        results.map((result) => result.success),
        [true, false, true],
      );
      assert.deepEqual(batches, [3, 2]);
      assert.equal(tx.limits.used('queries'), 60);
      assert.equal(tx.select({ object: 'Opportunity', filter: null }).length, 2);
      assert.equal(tx.select({ object: 'Task', filter: null }).length, 2);
    },
  );
});

test('a batch that fails a third time is given up', () => {
  let run = 0;
  withAutomation({ afterSave: ({ rows }) => void (run++, rows[0]!.errors.push(error)) }, (tx) => {
    const results = insert(tx, 5);
    assert.equal(run, 3);
    assert.match(
      results[4]!.errors[0]!.message,
      /^Too many batch retries in the presence of Apex triggers and partial failures\.$/,
    );
    assert.equal(tx.select({ object: 'Opportunity', filter: null }).length, 0);
  });
});

test("automation that saves the same record again runs until the platform's depth", () => {
  withAutomation(
    {
      afterSave: ({ rows, tx, object }) => {
        const results = tx.save({
          operation: 'update',
          object: object.name,
          records: [{ Id: rows[0]!.after['Id']!, NextStep: `${Math.random()}` }],
          allOrNone: true,
        });
        rows[0]!.errors.push(...results[0]!.errors);
      },
    },
    (tx) => assert.equal(insert(tx, 1)[0]!.errors[0]?.message, 'maximum trigger depth exceeded'),
  );
});

test("a limit ends the transaction with the platform's exception", () => {
  withAutomation({ afterSave: ({ tx }) => tx.limits.use('queries', 101) }, (tx) => {
    assert.throws(() => insert(tx, 1), {
      name: 'PlatformError',
      code: 'LIMIT_EXCEEDED',
      message: 'Too many SOQL queries: 101',
    });
  });
});

test('a record twice in a request: the second change sees the first', () => {
  withAutomation({}, (tx) => {
    const [created] = insert(tx, 1);
    const results = tx.save({
      operation: 'update',
      object: 'Opportunity',
      records: [
        { Id: created!.id, NextStep: 'a' },
        { Id: created!.id, Description: 'b' },
      ],
      allOrNone: true,
    });
    assert.ok(results.every((result) => result.success));
    const row = tx.byIds('Opportunity', [created!.id!]).get(created!.id!)!;
    assert.deepEqual([row['NextStep'], row['Description']], ['a', 'b']);
  });
});
