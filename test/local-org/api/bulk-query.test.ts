import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { layoutOf } from '../../../local-org/data/layout.ts';
import { createStore } from '../../../local-org/data/store.ts';
import type { LocalOrg } from '../../../local-org/types.ts';
import { apiClient, type ApiClient } from './api-client.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly numberRecordsProcessed?: number;
  readonly errorMessage?: string;
}

const MANY = 200_000;
/** What a job may add to the process while it runs and its parts are fetched, whatever its size. */
const MOST_GROWTH_MB = 150;

/** Accounts as rows, past the save procedure. */
function fillAccounts(org: LocalOrg, count: number): void {
  const store = createStore(org.database);
  const user = org.user('admin@waterfall.local');
  const object = org.schema.object('Account');
  assert.ok(object);
  org.transact(user, ({ now }) => {
    const at = now.toISOString();
    const row = Object.fromEntries(
      layoutOf(object).columns.map(({ name, type }) => [name, type === 'boolean' ? false : null]),
    );
    const audit = { CreatedDate: at, LastModifiedDate: at, SystemModstamp: at };
    const people = { CreatedById: user.id, LastModifiedById: user.id, OwnerId: user.id };
    for (let i = 0; i < count; i++)
      store.insert(object, { ...row, ...audit, ...people, Id: store.newId(object), Name: `Account ${String(i)}` });
    store.saveSequences();
  });
}

function orgFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'waterfall-bulk-query-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'org.sqlite');
}

const post = async ({ call }: ApiClient, query: string): Promise<Job> =>
  (await call<Job>('POST', '/jobs/query', { operation: 'query', query })).body;

async function ended({ call }: ApiClient, id: string, look: () => void = () => undefined): Promise<Job> {
  for (;;) {
    const { body } = await call<Job>('GET', `/jobs/query/${id}`);
    if (['JobComplete', 'Failed', 'Aborted'].includes(body.state)) return body;
    look();
    await pause(2);
  }
}

/** Hands over the rows of each part, without the header. */
async function eachPart(
  { call }: ApiClient,
  id: string,
  maxRecords: number,
  use: (rows: readonly string[]) => void,
): Promise<void> {
  let locator = '';
  while (locator !== 'null') {
    const from = locator === '' ? '' : `&locator=${locator}`;
    const part = await call<string>('GET', `/jobs/query/${id}/results?maxRecords=${String(maxRecords)}${from}`);
    const rows = part.body.trimEnd().split('\n').slice(1);
    assert.equal(String(rows.length), part.headers['sforce-numberofrecords']);
    assert.ok(rows.length <= maxRecords);
    use(rows);
    locator = String(part.headers['sforce-locator']);
  }
}

async function fetchRows(client: ApiClient, id: string, maxRecords: number): Promise<string[]> {
  const rows: string[] = [];
  await eachPart(client, id, maxRecords, (part) => rows.push(...part));
  return rows;
}

test(`${String(MANY)} rows are made in portions, in bounded memory, while the server answers`, async (t) => {
  const client = await apiClient(t, { file: orgFile(t) });
  fillAccounts(client.running.org, MANY);
  const before = process.memoryUsage().rss;
  let peak = 0;
  let looks = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().rss);
    looks++;
  };
  const { id, state } = await post(client, 'SELECT Name, Owner.Name, Description FROM Account ORDER BY Id');
  assert.equal(state, 'UploadComplete');
  const done = await ended(client, id, look);
  assert.deepEqual([done.state, done.numberRecordsProcessed], ['JobComplete', MANY], done.errorMessage);
  assert.ok(looks > 10, `only ${String(looks)} answers while the job ran`);
  let next = 0;
  await eachPart(client, id, 30_000, (rows) => {
    look();
    assert.ok(rows.every((row) => row === `"Account ${String(next++)}","Local Admin",""`));
  });
  assert.equal(next, MANY);
  const growth = (peak - before) / 2 ** 20;
  assert.ok(growth < MOST_GROWTH_MB, `${String(Math.round(growth))} MB`);
});

test('a job that a stop interrupts goes on at the next start, each row once and in order', async (t) => {
  const file = orgFile(t);
  const first = await apiClient(t, { file });
  fillAccounts(first.running.org, 30_000);
  const { id } = await post(first, 'SELECT Name FROM Account ORDER BY CreatedDate, Id DESC LIMIT 25000');
  let made = 0;
  while (made === 0) {
    await pause(1);
    made = (await first.call<Job>('GET', `/jobs/query/${id}`)).body.numberRecordsProcessed ?? 0;
  }
  await first.running.close();
  assert.ok(made < 25_000, 'the job was done before the stop');
  const second = await apiClient(t, { file });
  const done = await ended(second, id);
  assert.deepEqual([done.state, done.numberRecordsProcessed], ['JobComplete', 25_000]);
  const expected = Array.from({ length: 25_000 }, (_, i) => `"Account ${String(29_999 - i)}"`);
  assert.deepEqual(await fetchRows(second, id, 9_999), expected);
  // A locator can be used again.
  const part = (): Promise<{ body: string }> => second.call('GET', `/jobs/query/${id}/results?maxRecords=3&locator=Mg`);
  assert.equal((await part()).body, `"Name"\n${expected.slice(2, 5).join('\n')}\n`);
  assert.deepEqual(await part(), await part());
});

test('while it runs a job can be aborted, and neither read nor deleted', async (t) => {
  const client = await apiClient(t);
  const { call } = client;
  fillAccounts(client.running.org, 20_000);
  const { id } = await post(client, 'SELECT Name FROM Account');
  const refused = async (method: 'GET' | 'DELETE' | 'PATCH', path: string, body?: unknown): Promise<unknown[]> => {
    const answer = await call<{ errorCode: string; message: string }[]>(method, `/jobs/query/${id}${path}`, body);
    return [answer.status, answer.body[0]?.errorCode, answer.body[0]?.message];
  };
  assert.deepEqual((await refused('GET', '/results')).slice(0, 2), [400, 'INVALIDJOBSTATE']);
  const notTerminated = 'Error encountered when deleting the job because the job is not terminated';
  assert.deepEqual(await refused('DELETE', ''), [400, 'API_ERROR', notTerminated]);
  assert.equal((await refused('PATCH', '', { state: 'JobComplete' }))[1], 'INVALIDJOBSTATE');
  const aborted = await call<Job>('PATCH', `/jobs/query/${id}`, { state: 'Aborted' });
  assert.equal(aborted.body.state, 'Aborted');
  await pause(30);
  const after = (await call<Job>('GET', `/jobs/query/${id}`)).body;
  assert.equal(after.state, 'Aborted');
  assert.ok((after.numberRecordsProcessed ?? 0) < 20_000);
  const again = 'Aborting already Completed Job not allowed';
  assert.deepEqual(await refused('PATCH', '', { state: 'Aborted' }), [400, 'INVALIDJOBSTATE', again]);
  assert.equal((await call('DELETE', `/jobs/query/${id}`)).status, 204);
  const { database } = client.running.org;
  for (const table of ['_bulk_job', '_bulk_upload', '_bulk_result'])
    assert.equal(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n, 0, table);
});

test('a record that is gone before its turn has no row; a query that no longer can run fails its job', async (t) => {
  const client = await apiClient(t);
  const { running } = client;
  fillAccounts(running.org, 6000);
  const gone = await post(client, 'SELECT Name FROM Account ORDER BY Id');
  running.org.database.exec(`DELETE FROM "Account" WHERE "Name" IN ('Account 10', 'Account 5999')`);
  const done = await ended(client, gone.id);
  assert.deepEqual([done.state, done.numberRecordsProcessed], ['JobComplete', 5998]);
  const rows = await fetchRows(client, gone.id, 1000);
  assert.deepEqual(rows.slice(9, 11), ['"Account 9"', '"Account 11"']);
  const user = await client.create('User', {
    ...{ Username: 'gone@test.example', LastName: 'Gone', Email: 'gone@test.example', Alias: 'gone' },
    ...{ TimeZoneSidKey: 'UTC', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' },
    ProfileId: running.org.user('admin@waterfall.local').profileId,
  });
  const authorization = `Bearer ${running.server.context.sessions.open(user)}`;
  const body = { operation: 'query', query: 'SELECT Name FROM Account' };
  const { id } = (await client.call<Job>('POST', '/jobs/query', body, { authorization })).body;
  running.org.database.exec(`UPDATE "User" SET "IsActive" = 0 WHERE "Id" = '${user}'`);
  const failed = await ended(client, id);
  assert.equal(failed.state, 'Failed');
  assert.match(failed.errorMessage ?? '', /^InvalidBatch : Failed to process query: /);
});

test('what Bulk API 2.0 cannot query is refused when the job is made; an empty result has its columns', async (t) => {
  const client = await apiClient(t);
  const refused = async (query: string): Promise<string | undefined> =>
    (await client.call<{ errorCode: string }[]>('POST', '/jobs/query', { operation: 'query', query })).body[0]
      ?.errorCode;
  assert.equal(await refused('SELECT COUNT() FROM Account'), 'API_ERROR');
  assert.equal(await refused('SELECT Name FROM Account GROUP BY Name'), 'API_ERROR');
  assert.equal(await refused('SELECT Id, (SELECT Id FROM Contacts) FROM Account'), 'API_ERROR');
  assert.equal(await refused('SELECT Id FROM Account OFFSET 2'), 'API_ERROR');
  assert.equal(await refused('SELECT TYPEOF What WHEN Account THEN Name END FROM Task'), 'API_ERROR');
  assert.equal(await refused('SELECT FIELDS(STANDARD) FROM Account'), 'API_ERROR');
  assert.equal(await refused('SELECT BillingAddress FROM Account'), 'API_ERROR');
  assert.equal(await refused('SELECT BillingCity FROM Account'), undefined);
  assert.equal(await refused('SELECT Nmae FROM Account'), 'INVALID_FIELD');
  assert.equal(await refused('SELECT FROM'), 'MALFORMED_QUERY');
  const { id } = await post(client, 'SELECT Name, Owner.Name FROM Account');
  assert.equal((await ended(client, id)).numberRecordsProcessed, 0);
  const { body, headers } = await client.call<string>('GET', `/jobs/query/${id}/results`);
  assert.deepEqual([body, headers['sforce-locator']], ['"Name","Owner.Name"\n', 'null']);
});
