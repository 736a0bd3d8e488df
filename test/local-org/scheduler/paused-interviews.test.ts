import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADMIN_USERNAME } from '../../../local-org/open-org.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import { runFlow } from '../../../local-org/scheduler/run-flow.ts';
import { openWorkQueue } from '../../../local-org/scheduler/work-queue.ts';
import {
  afterSave,
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
  when,
} from '../automation/flow/flow-fixtures.ts';
import { testOrg, type TestComponent } from '../automation/test-org.ts';
import { deployFiles, failuresOf, file, openTestOrg } from '../metadata/deploy-helpers.ts';

type Json = Readonly<Record<string, unknown>>;

const AT = { object: undefined, recordTriggerType: undefined };
const wait = (name: string, events: readonly Json[], more: Json = {}): Json => ({
  name,
  label: name,
  defaultConnectorLabel: 'Default Path',
  waitEvents: events,
  ...more,
});
const duration = (offset: number, offsetUnit: string, next: string): Json =>
  wait('Hold', [{ conditionLogic: 'and', label: 'el_0', offset, offsetUnit, connector: to(next) }], {
    elementSubtype: 'WaitDuration',
  });
const alarm = (name: string, parameters: Json, next: string, more: Json = {}): Json => ({
  name,
  label: name,
  eventType: 'AlarmEvent',
  connector: to(next),
  inputParameters: Object.entries(parameters).map(([parameter, value]) => ({ name: parameter, value })),
  ...more,
});
const write = (name: string, subject: Json): Json =>
  createTask(name, { inputAssignments: [input('Subject', subject)] });

function started(components: readonly TestComponent[], inputs: Parameters<typeof runFlow>[3] = [{}]) {
  const { org } = orgOf(...components);
  org.clock.moveTo(new Date('2026-03-16T10:00:00.000Z'));
  const user = org.user(ADMIN_USERNAME);
  const results = runFlow(org, user, 'Waits', inputs);
  const subjects = () =>
    org.transact(user, (tx) => tx.select({ object: 'Task', filter: null })).map((row) => row.Subject);
  const at = (moment: string) => {
    org.clock.moveTo(new Date(moment));
    return runDueWork(org).done.map(({ kind, path, outcome, error }) => [kind, path, outcome, error]);
  };
  return { org, results, subjects, at, queue: openWorkQueue(org.database) };
}

test('an interview goes on after an amount of time, with its variables, once', () => {
  const { results, subjects, at, queue } = started(
    [
      flow(
        'Waits',
        { ...AT, connector: to('Before') },
        {
          variables: [
            variable('who', 'String', { isInput: true }),
            variable('deal', 'SObject', { objectType: 'Opportunity' }),
          ],
          recordCreates: [
            write('Before', text('Before {!who}')),
            write('After', text('After {!who} {!deal.Name}')),
          ].map((create, index) => (index === 0 ? { ...create, connector: to('Set') } : create)),
          assignments: [assign('Set', [set('deal.Name', text('Deal'))], 'Hold')],
          waits: [duration(2, 'Hours', 'After')],
        },
      ),
    ],
    [{ who: 'A' }, { who: 'B' }],
  );
  assert.deepEqual(
    results.map(({ outputValues }) => outputValues),
    [{ Flow__InterviewStatus: 'Waiting' }, { Flow__InterviewStatus: 'Waiting' }],
  );
  assert.deepEqual(subjects(), ['Before A', 'Before B']);
  assert.equal(queue.next(), '2026-03-16T12:00:00.000Z');
  assert.deepEqual(at('2026-03-16T11:59:59.000Z'), []);
  assert.deepEqual(at('2026-03-16T12:00:00.000Z'), [
    ['paused interview', 'Hold', 'ran', null],
    ['paused interview', 'Hold', 'ran', null],
  ]);
  assert.deepEqual(at('2026-03-17T12:00:00.000Z'), []);
  assert.deepEqual(subjects(), ['Before A', 'Before B', 'After A Deal', 'After B Deal']);
});

test('an interview that waits in a loop goes on with the next item, and changes the items of its collection', () => {
  const { subjects, at } = started(
    [
      flow(
        'Waits',
        { ...AT, connector: to('Each') },
        {
          variables: [variable('deals', 'SObject', { objectType: 'Opportunity', isCollection: true, isInput: true })],
          loops: [
            {
              name: 'Each',
              label: 'Each',
              collectionReference: 'deals',
              iterationOrder: 'Asc',
              nextValueConnector: to('Hold'),
              noMoreValuesConnector: to('Names'),
            },
          ],
          waits: [duration(1, 'Days', 'Change')],
          assignments: [assign('Change', [set('Each.NextStep', text('Waited'))], 'Each')],
          transforms: [
            {
              name: 'Names',
              label: 'Names',
              dataType: 'SObject',
              objectType: 'Task',
              isCollection: true,
              connector: to('Save'),
              transformValues: [
                {
                  transformValueActions: [
                    {
                      transformType: 'Map',
                      outputFieldApiName: 'Subject',
                      value: text('{!deals[$EachItem].Name} {!deals[$EachItem].NextStep}'),
                    },
                  ],
                },
              ],
            },
          ],
          recordCreates: [{ name: 'Save', label: 'Save', inputReference: 'Names' }],
        },
      ),
    ],
    [
      {
        deals: [
          { attributes: null, Name: 'One' },
          { attributes: null, Name: 'Two' },
        ],
      },
    ],
  );
  assert.equal(at('2026-03-17T10:00:00.000Z').length, 1);
  assert.deepEqual(subjects(), []);
  assert.equal(at('2026-03-18T10:00:00.000Z').length, 1);
  assert.deepEqual(subjects(), ['One Waited', 'Two Waited']);
});

test('a date is waited for at a time of day in the time zone of the element', () => {
  const until = (event: Json, more: Json = {}) =>
    started([
      flow(
        'Waits',
        { ...AT, connector: to('Hold') },
        {
          variables: [
            variable('day', 'Date', { isInput: true, value: { dateValue: '2026-04-01' } }),
            variable('none', 'Date', {}),
          ],
          waits: [
            wait('Hold', [{ label: 'el_0', connector: to('After'), ...event }], {
              elementSubtype: 'WaitDate',
              ...more,
            }),
          ],
          recordCreates: [write('After', text('After'))],
        },
      ),
    ]);
  const tokyo = { timeZoneId: 'Asia/Tokyo' };
  assert.equal(
    until({ resumeDateReference: 'day', resumeTime: '09:30:00.000Z' }, tokyo).queue.next(),
    '2026-04-01T00:30:00.000Z',
  );
  assert.equal(
    until(
      { resumeDate: '2026-05-01', resumeTime: '09:30:00.000Z', offset: -1, offsetUnit: 'Days' },
      tokyo,
    ).queue.next(),
    '2026-04-30T00:30:00.000Z',
  );
  /** The org's own time zone is America/Los_Angeles. */
  assert.equal(until({ resumeDate: '2026-05-01' }).queue.next(), '2026-05-01T07:00:00.000Z');
  const blank = until({ resumeDateReference: 'none' }).results[0]!;
  assert.equal(blank.isSuccess, false);
});

test('the first of several events is gone on with; conditions leave events out', () => {
  const waiting = (early: Json) =>
    started([
      flow(
        'Waits',
        { ...AT, connector: to('Hold') },
        {
          variables: [
            variable('base', 'DateTime', { value: { dateTimeValue: '2026-03-20T08:00:00.000Z' } }),
            variable('yes', 'Boolean', { value: { booleanValue: true } }),
            variable('came', 'DateTime'),
          ],
          formulas: [{ name: 'cameText', dataType: 'String', expression: 'TEXT({!came})' }],
          waits: [
            wait(
              'Hold',
              [
                alarm('late', { AlarmTime: ref('base') }, 'Late', early),
                alarm(
                  'early',
                  { AlarmTime: ref('base'), TimeOffset: number(-2), TimeOffsetUnit: text('Hours') },
                  'Early',
                  { ...early, outputParameters: [{ name: 'AlarmTime', assignToReference: 'came' }] },
                ),
              ],
              { defaultConnector: to('Neither') },
            ),
          ],
          recordCreates: [
            write('Late', text('Late')),
            write('Early', text('Early {!cameText}')),
            write('Neither', text('Neither')),
          ],
        },
      ),
    ]);
  const first = waiting({});
  assert.deepEqual(first.at('2026-03-21T00:00:00.000Z'), [['paused interview', 'Hold', 'ran', null]]);
  assert.deepEqual(first.subjects(), ['Early 2026-03-20 06:00:00Z']);
  const none = waiting({ conditions: [when('yes', 'EqualTo', { booleanValue: false })], conditionLogic: 'and' });
  assert.deepEqual(none.results[0]!.outputValues, { Flow__InterviewStatus: 'Finished' });
  assert.deepEqual(none.subjects(), ['Neither']);
});

test('what fails after the wait is undone and not tried again; a flow that is gone ends its interviews', () => {
  const components = flow(
    'Waits',
    { ...AT, connector: to('Hold') },
    {
      waits: [duration(1, 'Hours', 'First')],
      recordCreates: [
        { ...write('First', text('First')), connector: to('Second') },
        createTask('Second', { inputAssignments: [input('Subject', text('x')), input('OwnerId', text('nobody'))] }),
      ],
    },
  );
  const failing = started([components]);
  const [done] = failing.at('2026-03-16T11:00:00.000Z');
  assert.deepEqual(done!.slice(0, 3), ['paused interview', 'Hold', 'failed']);
  assert.match(String(done![3]), /This error occurred when the flow tried to create records/);
  assert.deepEqual(failing.subjects(), []);
  assert.deepEqual(failing.at('2026-03-16T12:00:00.000Z'), []);
  const gone = started([components]);
  gone.org.database.exec("DELETE FROM _metadata_component WHERE full_name = 'Waits'");
  gone.org.reload();
  assert.deepEqual(gone.at('2026-03-16T11:00:00.000Z'), [['paused interview', 'Hold', 'flow no longer active', null]]);
});

test('what is not run is refused by name', () => {
  const problems = (waits: Json, more: readonly TestComponent[] = []) =>
    testOrg([
      flow(
        'Waits',
        { ...AT, connector: to('Hold') },
        { waits: [waits], recordCreates: [write('After', text('After'))] },
      ),
      ...more,
    ]).problems.map(({ problem }) => problem);
  assert.deepEqual(problems(wait('Hold', [{ label: 'e', eventType: 'Deal__e' }])), [
    'Hold (Wait) - The local org does not run wait events of the type Deal__e.',
  ]);
  assert.deepEqual(problems(wait('Hold', [{ label: 'e', eventType: 'DateRefAlarmEvent' }])), [
    'Hold (Wait) - A DateRefAlarmEvent needs the input parameter TimeTableColumnEnumOrId.',
  ]);
  assert.deepEqual(problems(wait('Hold', [{ label: 'e' }], { elementSubtype: 'WaitUntilEvent' })), [
    'Hold (Wait) - The local org does not run Wait elements of the type WaitUntilEvent.',
  ]);
  assert.deepEqual(problems(wait('Hold', [alarm('e', {}, 'After')])), [
    'Hold (Wait) - An AlarmEvent needs the input parameter AlarmTime.',
  ]);
  const caller = flow(
    'Caller',
    { ...AT, connector: to('Call') },
    { subflows: [{ name: 'Call', label: 'Call', flowName: 'Waits' }] },
  );
  assert.equal(
    problems(duration(1, 'Days', 'After'), [caller])[0],
    "Call (Subflow) - You can't call flows that contain wait elements.",
  );
  const triggered = afterSave('Triggered', 'Hold', { waits: [duration(1, 'Days', 'Hold')] });
  assert.deepEqual(
    testOrg([triggered]).problems.map(({ problem }) => problem),
    ['Hold (Wait) - A Wait element can be used only in flows that no record triggers.'],
  );
});

test('a flow that is deployed as a file counts, waits and goes on', () => {
  const at = '<locationX>0</locationX><locationY>0</locationY>';
  const to = (target: string) => `<connector><targetReference>${target}</targetReference></connector>`;
  const scene = openTestOrg();
  const result = deployFiles(
    scene,
    { Flow: ['Waits'] },
    {
      'flows/Waits.flow': file(
        'Flow',
        `<apiVersion>66.0</apiVersion><label>Waits</label><processType>AutoLaunchedFlow</processType>
  <recordCreates><name>Note</name><label>Note</label>${at}<inputAssignments><field>Subject</field>
    <value><stringValue>{!Count} names</stringValue></value></inputAssignments><object>Task</object></recordCreates>
  <start>${at}${to('Count')}</start><status>Active</status>
  <transforms><name>Count</name><label>Count</label>${at}${to('Hold')}<dataType>Number</dataType>
    <isCollection>false</isCollection><scale>0</scale><storeOutputAutomatically>true</storeOutputAutomatically>
    <transformValues><transformValueActions><inputParameters><name>aggregationValues</name>
      <value><elementReference>names</elementReference></value></inputParameters>
      <transformType>Count</transformType></transformValueActions></transformValues></transforms>
  <variables><name>names</name><dataType>String</dataType><isCollection>true</isCollection><isInput>true</isInput>
    <isOutput>false</isOutput></variables>
  <waits><name>Hold</name><elementSubtype>WaitDuration</elementSubtype><label>Hold</label>${at}
    <defaultConnectorLabel>Default Path</defaultConnectorLabel><waitEvents><conditionLogic>and</conditionLogic>
    ${to('Note')}<label>el_0</label><offset>3</offset><offsetUnit>Days</offsetUnit></waitEvents></waits>`,
      ),
    },
  );
  assert.deepEqual(failuresOf(result), []);
  const { org, admin } = scene;
  runFlow(org, admin, 'Waits', [{ names: ['a', 'b'] }]);
  org.clock.moveTo(new Date('2026-02-06T04:05:06.000Z'));
  assert.deepEqual(
    runDueWork(org).done.map(({ outcome }) => outcome),
    ['ran'],
  );
  const tasks = org.transact(admin, (tx) => tx.select({ object: 'Task', filter: null }));
  assert.deepEqual(
    tasks.map(({ Subject }) => Subject),
    ['2 names'],
  );
});
