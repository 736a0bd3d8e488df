import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldValue, Row } from '../../../local-org/data/types.ts';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { moveClock } from '../../../local-org/scheduler/move-clock.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import { openWorkQueue } from '../../../local-org/scheduler/work-queue.ts';
import type { LocalOrg } from '../../../local-org/types.ts';
import { afterSave, decide, filter, input, orgOf, text, to, when } from '../automation/flow/flow-fixtures.ts';
import { NOW, opportunity, testOrg, type TestComponent } from '../automation/test-org.ts';

type Values = Readonly<Record<string, FieldValue>>;

const changes = (values: readonly unknown[], name = 'Change') => ({
  recordUpdates: [{ name, label: name, inputReference: '$Record', inputAssignments: values }],
});
const path = (name: string, first: string, more: object) => ({ name, label: name, connector: to(first), ...more });
const inStage = (stage: string) => ({
  filters: [filter('StageName', text(stage))],
  filterLogic: 'and',
  doesRequireRecordChangedToMeetCriteria: true,
  connector: undefined,
});

/** Three hours after an opportunity has come to Prospecting. */
const REMINDER: TestComponent = afterSave('Reminder', '', changes([input('NextStep', text('Overdue'))]), {
  ...inStage('Prospecting'),
  scheduledPaths: [
    path('In_3_Hours', 'Change', { offsetNumber: 3, offsetUnit: 'Hours', timeSource: 'RecordTriggerEvent' }),
  ],
});
/** A day before the close date. */
const BEFORE_CLOSE: TestComponent = afterSave('Before_Close', '', changes([input('NextStep', text('Closes'))]), {
  ...inStage('Prospecting'),
  scheduledPaths: [
    path('Day_Before', 'Change', {
      offsetNumber: -1,
      offsetUnit: 'Days',
      timeSource: 'RecordField',
      recordField: 'CloseDate',
    }),
  ],
});

function use(...components: readonly TestComponent[]) {
  const { org } = orgOf(...components);
  const user = org.user(ADMIN_USERNAME);
  const save = (operation: 'insert' | 'update' | 'delete', ...records: readonly Values[]): readonly string[] => {
    const results = org.transact(user, (tx) => tx.save({ operation, object: 'Opportunity', records, allOrNone: true }));
    assert.deepEqual(
      results.flatMap(({ errors }) => errors),
      [],
    );
    return results.map(({ id }) => id!);
  };
  const row = (id: string): Row => org.transact(user, (tx) => tx.byIds('Opportunity', [id]).get(id)!);
  return { org, save, row, queue: openWorkQueue(org.database) };
}

const after = (org: LocalOrg, hours: number): void => org.clock.moveTo(new Date(NOW.getTime() + hours * 3_600_000));
const outcomes = (org: LocalOrg): readonly string[] => runDueWork(org).done.map(({ outcome }) => outcome);

test('a scheduled path waits for its time and then changes the record', () => {
  const { org, save, row } = use(REMINDER);
  const [id] = save('insert', opportunity());
  after(org, 2.9);
  assert.deepEqual(outcomes(org), []);
  assert.equal(row(id!).NextStep, null);
  after(org, 3);
  assert.deepEqual(outcomes(org), ['ran']);
  assert.equal(row(id!).NextStep, 'Overdue');
  assert.deepEqual(outcomes(org), []);
});

test('a record that leaves the entry conditions waits no more; one that comes back waits anew', () => {
  const { org, save, row, queue } = use(REMINDER);
  const [id] = save('insert', opportunity());
  save('update', { Id: id!, StageName: 'Qualification' });
  assert.deepEqual(queue.all(), []);
  after(org, 1);
  save('update', { Id: id!, StageName: 'Prospecting' });
  after(org, 3.5);
  assert.deepEqual(outcomes(org), []);
  after(org, 4);
  assert.deepEqual(outcomes(org), ['ran']);
  assert.equal(row(id!).NextStep, 'Overdue');
});

test('a clock that is moved far stops on its way where something waits', () => {
  const { org, save, row } = use(REMINDER);
  const [id] = save('insert', opportunity());
  const days = (count: number): Date => new Date(NOW.getTime() + count * 24 * 3_600_000);
  const { done } = moveClock(org, days(120));
  assert.deepEqual(
    done.map(({ outcome }) => outcome),
    ['ran'],
  );
  const changed = Date.parse(String(row(id!).LastModifiedDate));
  assert.ok(changed < days(2).getTime(), new Date(changed).toISOString());
  assert.ok(org.clock.now() >= days(120));
});

test('a deleted record is passed over', () => {
  const { org, save } = use(REMINDER);
  const [id] = save('insert', opportunity());
  save('delete', { Id: id! });
  after(org, 3);
  assert.deepEqual(outcomes(org), ['record deleted']);
});

test('a path counts from a date in the time zone of the org, and moves with it', () => {
  const { save, queue } = use(BEFORE_CLOSE);
  const [id] = save('insert', opportunity({ CloseDate: '2026-06-30' }));
  /** Midnight in Los Angeles, a day earlier. */
  assert.equal(queue.next(), '2026-06-29T07:00:00.000Z');
  save('update', { Id: id!, CloseDate: '2026-12-31' });
  assert.equal(queue.next(), '2026-12-30T08:00:00.000Z');
  assert.equal(queue.all().length, 1);
});

test('records of a path run in batches of its size, each in a transaction with limits of its own', () => {
  const { org, save } = use(
    afterSave('Small', '', changes([input('NextStep', text('x'))]), {
      ...inStage('Prospecting'),
      scheduledPaths: [path('Soon', 'Change', { offsetNumber: 1, offsetUnit: 'Minutes', maxBatchSize: 60 })],
    }),
  );
  save('insert', ...Array.from({ length: 150 }, () => opportunity()));
  after(org, 1);
  assert.equal(runDueWork(org).done.length, 150);
  const { readings } = {
    readings: org.database.prepare("SELECT limits FROM _transaction_log WHERE entries LIKE '%path Soon%'").all(),
  };
  assert.deepEqual(
    readings.map(({ limits }) => (JSON.parse(String(limits)) as { dmlRows: { used: number } }).dmlRows.used),
    [60, 60, 30],
  );
});

test('an asynchronous path runs after the commit, sees the prior record, and may run for every save', () => {
  const { org, save, row } = use(
    afterSave('Async', '', changes([input('NextStep', text('after {!$Record__Prior.StageName}'))]), {
      connector: undefined,
      filters: [
        filter('NextStep', { booleanValue: true }, 'IsNull'),
        filter('StageName', { booleanValue: true }, 'IsChanged'),
      ],
      filterLogic: 'and',
      scheduledPaths: [path('Later', 'Change', { pathType: 'AsyncAfterCommit' })],
    }),
  );
  const [id] = save('insert', opportunity());
  save('update', { Id: id!, StageName: 'Needs Analysis' });
  save('update', { Id: id!, Name: 'Renamed' });
  assert.equal(row(id!).NextStep, null);
  assert.deepEqual(outcomes(org), ['ran']);
  assert.equal(row(id!).NextStep, 'after Prospecting');
});

test('IsChanged is known to the start of an asynchronous path and to nothing on it', () => {
  const decided = decide('Moved', [when('$Record.StageName', 'IsChanged', { booleanValue: true })], 'Change');
  const { org, save, row } = use(
    afterSave(
      'Async',
      '',
      { ...changes([input('NextStep', text('moved'))]), decisions: [decided] },
      {
        connector: undefined,
        filters: [filter('StageName', { booleanValue: true }, 'IsChanged')],
        filterLogic: 'and',
        scheduledPaths: [path('Later', 'Moved', { pathType: 'AsyncAfterCommit' })],
      },
    ),
  );
  const [id] = save('insert', opportunity());
  save('update', { Id: id!, StageName: 'Needs Analysis' });
  const { done } = runDueWork(org);
  assert.deepEqual(
    done.map(({ outcome }) => outcome),
    ['failed'],
  );
  assert.match(done[0]!.error!, /Asynchronous paths don't support the operator IsChanged\./);
  assert.equal(row(id!).NextStep, null);
});

test('what a rolled-back save has queued is forgotten', () => {
  const { org, queue } = use(REMINDER);
  const insert = (): void =>
    org.transact(org.user(ADMIN_USERNAME), (tx) => {
      tx.save({ operation: 'insert', object: 'Opportunity', records: [opportunity()], allOrNone: true });
      throw new Error('no');
    });
  assert.throws(insert, /no/);
  assert.deepEqual(queue.all(), []);
});

test('an unhandled fault is reported and undoes nothing of the others; work that goes on for ever is interrupted', () => {
  const { org, save, row } = use(
    afterSave(
      'Breaks',
      '',
      changes([input('Amount', { formulaExpression: '1 / {!$Record.Probability}', formulaDataType: 'Number' })]),
      {
        ...inStage('Prospecting'),
        scheduledPaths: [path('Soon', 'Change', { offsetNumber: 1, offsetUnit: 'Minutes' })],
      },
    ),
  );
  const ids = save('insert', opportunity({ Probability: 0 }), opportunity({ Probability: 50 }));
  after(org, 1);
  const { done } = runDueWork(org);
  assert.deepEqual(
    done.map(({ outcome }) => outcome),
    ['failed', 'ran'],
  );
  assert.match(done[0]!.error!, /An unhandled fault has occurred in this flow/);
  assert.equal(row(ids[1]!).Amount, 2);

  const endless = use(
    afterSave(
      'Endless',
      '',
      changes([input('Amount', { formulaExpression: '{!$Record.Amount} + 1', formulaDataType: 'Number' })]),
      {
        connector: undefined,
        filters: [filter('Amount', { booleanValue: true }, 'IsChanged')],
        filterLogic: 'and',
        scheduledPaths: [path('Later', 'Change', { pathType: 'AsyncAfterCommit' })],
      },
    ),
  );
  const [first] = endless.save('insert', opportunity({ Amount: 1 }));
  endless.save('update', { Id: first!, Amount: 2 });
  assert.equal(runDueWork(endless.org).interrupted, true);
});

test('what cannot be scheduled is refused by name', () => {
  const problems = (start: object) =>
    testOrg([afterSave('F', '', changes([]), { ...inStage('Prospecting'), ...start })]).problems.map(
      ({ problem }) => problem,
    );
  const scheduledPaths = [path('P', 'Change', { offsetNumber: 1, offsetUnit: 'Days' })];
  assert.deepEqual(problems({ doesRequireRecordChangedToMeetCriteria: false, scheduledPaths }), [
    'Start (Start) - Scheduled paths can be used only in a flow that runs when a record is created, or when it is updated to meet the condition requirements.',
  ]);
  assert.deepEqual(
    problems({ scheduledPaths: [path('P', 'Change', { timeSource: 'RecordField', recordField: 'Name' })] }),
    ['Start (Start) - The time source Name is neither a date nor a date and time.'],
  );
  const afterwards = { scheduledPaths: [path('P', 'Change', { pathType: 'AsyncAfterCommit' })] };
  const unguarded = { ...afterwards, doesRequireRecordChangedToMeetCriteria: false };
  const asked = [
    'Start (Start) - Asynchronous paths can be used only in a flow that runs when a record is created, when it is updated to meet the condition requirements, or under a condition with the operator IsChanged.',
  ];
  assert.deepEqual(problems(unguarded), asked);
  assert.deepEqual(problems({ ...unguarded, recordTriggerType: 'Update' }), asked);
  assert.deepEqual(
    problems({ ...unguarded, filters: undefined, filterFormula: 'ISCHANGED({!$Record.StageName})' }),
    asked,
    'a formula is none',
  );
  assert.deepEqual(problems(afterwards), []);
  assert.deepEqual(problems({ ...unguarded, recordTriggerType: 'Create' }), []);
  assert.deepEqual(problems({ ...unguarded, filters: [filter('StageName', { booleanValue: true }, 'IsChanged')] }), []);
  assert.deepEqual(problems({ scheduledPaths: [path('P', 'Change', { pathType: 'ApprovalRecall' })] }), [
    'Start (Start) - The local org does not run paths of the type ApprovalRecall.',
  ]);
});
