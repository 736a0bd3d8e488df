import assert from 'node:assert/strict';
import { test } from 'node:test';
import { opportunity, save, saved, type TestComponent } from '../test-org.ts';
import {
  afterSave,
  assign,
  createTask,
  decide,
  flow,
  number,
  orgOf,
  set,
  to,
  variable,
  when,
  won,
} from './flow-fixtures.ts';

/** Counts to a number in three elements a turn. */
const counting = (upTo: number, apiVersion: number): TestComponent => ({
  ...afterSave(
    'Counts',
    'More',
    {
      apiVersion,
      variables: [variable('Count', 'Number', { value: number(0) })],
      assignments: [assign('More', [set('Count', number(1), 'Add')], 'Ask')],
      decisions: [decide('Ask', [when('Count', 'LessThan', number(upTo))], 'More')],
    },
    won,
  ),
});

test('a flow below API 57.0 may run 2,000 elements; later ones as many as the processor time allows', () => {
  const insert = (component: TestComponent) =>
    orgOf(component).run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' })))[0]!;
  assert.equal(insert(counting(1000, 56)).success, true);
  assert.match(insert(counting(1001, 56)).errors[0]!.message, /Number of iterations exceeded/);
  assert.equal(insert(counting(20_000, 57)).success, true);
});

test('processor time is counted, and ends the transaction', () => {
  const org = orgOf(counting(10, 66));
  org.run((tx) => {
    saved(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }));
    assert.ok(tx.limits.used('cpuTimeMs') > 0);
  });
  const endless = orgOf(counting(1e12, 66));
  endless.run((tx) => {
    tx.limits.use('cpuTimeMs', 9_900);
    assert.throws(() => save(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' })), {
      message: 'Apex CPU time limit exceeded',
    });
  });
});

test('a limit ends the transaction even where the element has a fault path', () => {
  const org = orgOf(
    afterSave(
      'Greedy',
      'Make',
      {
        variables: [variable('Count', 'Number', { value: number(0) })],
        recordCreates: [createTask('Make', { connector: to('More'), faultConnector: to('Nothing') })],
        assignments: [
          assign('More', [set('Count', number(1), 'Add')], 'Ask'),
          assign('Nothing', [set('Count', number(0))]),
        ],
        decisions: [decide('Ask', [when('Count', 'LessThan', number(200))], 'Make')],
      },
      won,
    ),
  );
  assert.throws(() => org.run((tx) => save(tx, 'insert', 'Opportunity', opportunity({ StageName: 'Closed Won' }))), {
    code: 'LIMIT_EXCEEDED',
    message: 'Too many DML statements: 151',
  });
});

test('flows without an order run by the date of their activation, between the two ranges of orders', () => {
  const step = (name: string, triggerOrder?: number): TestComponent => {
    const component = flow(
      name,
      { triggerType: 'RecordBeforeSave', connector: to('Add') },
      {
        assignments: [assign('Add', [set('$Record.Description', { stringValue: name }, 'Add')])],
        ...(triggerOrder !== undefined && { triggerOrder }),
      },
    );
    return component;
  };
  const { org } = orgOf(step('E_1500', 1500), step('Z_Early'), step('A_Late'), step('B_10', 10), step('A_10', 10));
  const activated = (name: string, at: string) =>
    org.database.prepare('UPDATE _metadata_component SET last_modified_date = ? WHERE full_name = ?').run(at, name);
  activated('Z_Early', '2026-01-01T00:00:00.000Z');
  activated('A_Late', '2026-02-01T00:00:00.000Z');
  org.reload();
  const user = org.user('admin@waterfall.local');
  const description = org.transact(user, (tx) => {
    const [result] = tx.save({ operation: 'insert', object: 'Opportunity', records: [opportunity()], allOrNone: true });
    return tx.byIds('Opportunity', [result!.id!]).get(result!.id!)!.Description;
  });
  assert.equal(description, 'A_10B_10Z_EarlyA_LateE_1500');
});
