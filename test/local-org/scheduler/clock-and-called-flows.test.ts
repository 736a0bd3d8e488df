import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastStart } from '../../../local-org/automation/flow/flow-schedule.ts';
import { readTransactionLog } from '../../../local-org/log/transaction-log.ts';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import { runFlow } from '../../../local-org/scheduler/run-flow.ts';
import {
  assign,
  createTask,
  filter,
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
import { opportunity, testOrg } from '../automation/test-org.ts';

const schedule = (frequency: string, more: object = {}) => ({
  triggerType: 'Scheduled',
  recordTriggerType: undefined,
  schedule: { frequency, startDate: '2026-03-17', startTime: '06:00:00.000Z', ...more },
});

test('a schedule counts in the time zone of the org, over the change to summer time', () => {
  const daily = { frequency: 'Daily', startDate: '2026-03-06', startTime: '06:00:00' } as const;
  const last = (now: string, more: object = {}) =>
    lastStart({ ...daily, ...more }, new Date(now), 'America/Los_Angeles')?.toISOString();
  assert.equal(last('2026-03-06T13:59:59Z'), undefined);
  assert.equal(last('2026-03-06T14:00:00Z'), '2026-03-06T14:00:00.000Z');
  assert.equal(last('2026-03-08T12:59:59Z'), '2026-03-07T14:00:00.000Z');
  assert.equal(last('2026-03-08T13:00:00Z'), '2026-03-08T13:00:00.000Z');
  assert.equal(last('2026-03-25T00:00:00Z', { frequency: 'Weekly' }), '2026-03-20T13:00:00.000Z');
  assert.equal(last('2027-01-01T00:00:00Z', { frequency: 'Once' }), '2026-03-06T14:00:00.000Z');
});

test('a daily flow runs for each record its filters find, once a day', () => {
  const { org } = orgOf(
    flow(
      'Nightly',
      {
        ...schedule('Daily'),
        filters: [filter('StageName', text('Prospecting'))],
        filterLogic: 'and',
        connector: to('Change'),
      },
      {
        recordUpdates: [
          {
            name: 'Change',
            label: 'Change',
            inputReference: '$Record',
            inputAssignments: [input('NextStep', text('Seen'))],
          },
        ],
      },
    ),
  );
  /** What was stored by the machine's clock counts as activated before. */
  org.database.exec("UPDATE _metadata_component SET last_modified_date = '2026-03-15T00:00:00.000Z'");
  org.reload();
  const user = org.user(ADMIN_USERNAME);
  const records = [opportunity(), opportunity({ StageName: 'Qualification' })];
  org.transact(user, (tx) => tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }));
  const at = (moment: string) => {
    org.clock.moveTo(new Date(moment));
    return runDueWork(org).done.map(({ outcome }) => outcome);
  };
  assert.deepEqual(at('2026-03-17T12:59:00Z'), []);
  assert.deepEqual(at('2026-03-17T13:00:00Z'), ['ran']);
  assert.deepEqual(at('2026-03-17T20:00:00Z'), []);
  assert.deepEqual(at('2026-03-20T20:00:00Z'), ['ran']);
  const found = org.transact(user, (tx) =>
    tx.select({ object: 'Opportunity', filter: { field: 'NextStep', operator: '=', value: 'Seen' } }),
  );
  assert.equal(found.length, 1);
});

test('a flow without an object runs once, without a record; other frequencies are refused', () => {
  const create = { recordCreates: [createTask('Create', { inputAssignments: [input('Subject', text('Check'))] })] };
  const { org } = orgOf(flow('Once', { ...schedule('Once'), object: undefined, connector: to('Create') }, create));
  org.database.exec("UPDATE _metadata_component SET last_modified_date = '2026-03-15T00:00:00.000Z'");
  org.reload();
  org.clock.moveTo(new Date('2026-03-18T00:00:00Z'));
  assert.deepEqual(
    runDueWork(org).done.map(({ recordId, outcome }) => [recordId, outcome]),
    [[null, 'ran']],
  );
  assert.deepEqual(runDueWork(org).done, []);
  assert.deepEqual(
    testOrg([flow('F', { ...schedule('Hourly'), connector: to('Create') }, create)]).problems.map(
      ({ problem }) => problem,
    ),
    ['Start (Start) - The local org does not run schedules with the frequency Hourly.'],
  );
});

const DOUBLE = flow(
  'Double',
  { object: undefined, recordTriggerType: undefined, connector: to('Set') },
  {
    variables: [
      variable('amount', 'Number', { isInput: true }),
      variable('deal', 'SObject', { objectType: 'Opportunity', isInput: true }),
      variable('twice', 'Number', { isOutput: true }),
      variable('name', 'String', { isOutput: true }),
    ],
    assignments: [
      assign('Set', [set('twice', ref('amount')), set('twice', ref('amount'), 'Add'), set('name', ref('deal.Name'))]),
    ],
  },
);

test('an autolaunched flow takes inputs and gives outputs, one interview for each set', () => {
  const { org } = orgOf(DOUBLE);
  const user = org.user(ADMIN_USERNAME);
  const results = runFlow(org, user, 'Double', [
    { amount: 2, deal: { attributes: null, Name: 'A' } },
    { amount: 5, deal: { name: 'B' } },
  ]);
  assert.deepEqual(results, [
    {
      actionName: 'Double',
      errors: null,
      isSuccess: true,
      outputValues: { twice: 4, name: 'A', Flow__InterviewStatus: 'Finished' },
    },
    {
      actionName: 'Double',
      errors: null,
      isSuccess: true,
      outputValues: { twice: 10, name: 'B', Flow__InterviewStatus: 'Finished' },
    },
  ]);
  assert.throws(() => runFlow(org, user, 'Nope', [{}]), { code: 'NOT_FOUND' });
  assert.throws(() => runFlow(org, user, 'Double', [{ nope: 1 }]), /no input variable nope/);
  assert.throws(
    () => runFlow(org, user, 'Double', [{ amount: 'x' }]),
    /The value of the input amount isn't of the type Number/,
  );
  assert.deepEqual(org.automation.flows!.variables('Double')!.outputs, [
    { name: 'twice', type: 'Number' },
    { name: 'name', type: 'Text' },
  ]);
});

test('a fault in one interview undoes all of them', () => {
  const { org } = orgOf(
    flow(
      'Creates',
      { object: undefined, recordTriggerType: undefined, connector: to('Create') },
      {
        variables: [
          variable('priority', 'String', { isInput: true }),
          variable('count', 'Number', { isInput: true, value: number(1) }),
        ],
        recordCreates: [
          createTask('Create', { inputAssignments: [input('Subject', text('x')), input('OwnerId', ref('priority'))] }),
        ],
      },
    ),
  );
  const user = org.user(ADMIN_USERNAME);
  const results = runFlow(org, user, 'Creates', [{ priority: user.id }, { priority: 'nobody' }]);
  assert.deepEqual(
    results.map(({ isSuccess }) => isSuccess),
    [false, false],
  );
  assert.deepEqual(results[1]!.errors, [
    { statusCode: 'UNKNOWN_EXCEPTION', message: 'An error occurred when executing a flow interview.', fields: [] },
  ]);
  const [logged] = readTransactionLog(org.database);
  assert.equal(logged!.outcome, 'rolled back');
  assert.match(logged!.error!, /This error occurred when the flow tried to create records/);
  assert.equal(org.transact(user, (tx) => tx.select({ object: 'Task', filter: null })).length, 0);
});
