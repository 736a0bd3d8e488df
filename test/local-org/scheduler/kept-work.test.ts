import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import { runDueWork } from '../../../local-org/scheduler/run-due-work.ts';
import { startScheduler } from '../../../local-org/scheduler/start-scheduler.ts';
import type { LocalOrg } from '../../../local-org/types.ts';
import { afterSave, filter, input, text, to } from '../automation/flow/flow-fixtures.ts';
import { NOW, opportunity } from '../automation/test-org.ts';

const reminder = (pathType?: string) =>
  afterSave(
    'Reminder',
    '',
    {
      recordUpdates: [
        {
          name: 'Change',
          label: 'Change',
          inputReference: '$Record',
          inputAssignments: [input('NextStep', text('Overdue'))],
        },
      ],
    },
    {
      connector: undefined,
      filters: [filter('StageName', text('Prospecting'))],
      filterLogic: 'and',
      doesRequireRecordChangedToMeetCriteria: true,
      scheduledPaths: [
        pathType === undefined
          ? {
              name: 'Later',
              label: 'Later',
              connector: to('Change'),
              offsetNumber: 1,
              offsetUnit: 'Hours',
              timeSource: 'RecordTriggerEvent',
            }
          : { name: 'Later', label: 'Later', connector: to('Change'), pathType },
      ],
    },
  );

function prepare(org: LocalOrg, pathType?: string): string {
  const user = org.user(ADMIN_USERNAME);
  org.transact(user, () => {
    openMetadataStore(org.database).put(reminder(pathType));
    org.reload();
  });
  const records = [opportunity()];
  const insert = (): string =>
    org.transact(user, (tx) => tx.save({ operation: 'insert', object: 'Opportunity', records, allOrNone: true }))[0]!
      .id!;
  return insert();
}
const nextStep = (org: LocalOrg, id: string) =>
  org.transact(org.user(ADMIN_USERNAME), (tx) => tx.byIds('Opportunity', [id]).get(id)!.NextStep);

test('what waits is kept in the file of the org, and belongs to the default user when its own is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waiting-'));
  try {
    const file = join(folder, 'org.sqlite');
    const first = openLocalOrg({ file, now: () => NOW });
    const id = prepare(first);
    first.database.exec("UPDATE _waiting_path SET user_id = '005000000009999AAA'");
    first.close();
    const again = openLocalOrg({ file, now: () => NOW });
    again.clock.moveTo(new Date(NOW.getTime() + 3_600_000));
    assert.deepEqual(
      runDueWork(again).done.map(({ kind, outcome }) => [kind, outcome]),
      [['scheduled path', 'ran']],
    );
    assert.equal(nextStep(again, id), 'Overdue');
    again.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a path of a flow that was deactivated is dropped', () => {
  const org = openLocalOrg({ file: ':memory:', now: () => NOW });
  const id = prepare(org);
  org.transact(org.user(ADMIN_USERNAME), () => {
    openMetadataStore(org.database).remove('Flow', 'Reminder');
    org.reload();
  });
  org.clock.moveTo(new Date(NOW.getTime() + 3_600_000));
  assert.deepEqual(
    runDueWork(org).done.map(({ outcome }) => outcome),
    ['path no longer active'],
  );
  assert.equal(nextStep(org, id), null);
});

test('while an org is served its asynchronous paths run soon after the commit', async () => {
  const org = openLocalOrg({ file: ':memory:', now: () => NOW });
  const defects: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<number>();
  const stop = startScheduler(org, {
    onWork: ({ done }) => resolve(done.length),
    onDefect: (error) => defects.push(error),
  });
  const id = prepare(org, 'AsyncAfterCommit');
  /** The scheduler's timer does not keep a process alive; this one does, for the test. */
  const guard = setTimeout(() => resolve(-1), 5_000);
  assert.equal(await promise, 1);
  clearTimeout(guard);
  stop();
  assert.equal(nextStep(org, id), 'Overdue');
  assert.deepEqual(defects, []);
});
