import assert from 'node:assert/strict';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { apiClient, type ApiClient } from './api-client.ts';

interface Job {
  readonly id: string;
  readonly state: string;
  readonly errorMessage?: string;
  readonly numberRecordsProcessed?: number;
  readonly numberRecordsFailed?: number;
}

/** Uploads and runs a job to its end. */
async function load({ call }: ApiClient, job: Record<string, unknown>, csv: string): Promise<Job> {
  const {
    body: { id },
  } = await call<Job>('POST', '/jobs/ingest', job);
  assert.equal((await call('PUT', `/jobs/ingest/${id}/batches`, csv)).status, 201);
  await call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  for (let round = 0; round < 500; round++) {
    const { body } = await call<Job>('GET', `/jobs/ingest/${id}`);
    if (['JobComplete', 'Failed', 'Aborted'].includes(body.state)) return body;
    await pause(10);
  }
  throw new Error('the job did not end');
}

const results = async ({ call }: ApiClient, id: string, path: string): Promise<string> =>
  (await call<string>('GET', `/jobs/ingest/${id}/${path}`)).body;

test('insert: what is saved and what is not, with delimiters and line endings', async (t) => {
  const client = await apiClient(t);
  const job = { object: 'Account', operation: 'insert', columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' };
  const done = await load(client, job, 'Name;Industry\r\n"A;1";Energy\r\n;Energy\r\n"two\r\nlines";\r\n');
  assert.deepEqual([done.state, done.numberRecordsProcessed, done.numberRecordsFailed], ['JobComplete', 3, 1]);
  const saved = await results(client, done.id, 'successfulResults');
  assert.match(saved, /^"sf__Id";"sf__Created";"Name";"Industry"\r\n"001\w{15}";"true";"A;1";"Energy"\r\n/);
  const failed = await results(client, done.id, 'failedResults');
  assert.match(
    failed,
    /\r\n"";"REQUIRED_FIELD_MISSING:Required fields are missing: \[Name\]:Name --";"";"Energy"\r\n$/,
  );
  assert.equal(await results(client, done.id, 'unprocessedrecords'), '"Name";"Industry"\r\n');
});

test('update: #N/A empties a field, an empty value leaves it alone', async (t) => {
  const client = await apiClient(t);
  const id = await client.create('Account', { Name: 'A', Industry: 'Energy', Phone: '1' });
  const done = await load(
    client,
    { object: 'Account', operation: 'update' },
    `Id,Industry,Phone\n${id.slice(0, 15)},#N/A,\n`,
  );
  assert.equal(done.numberRecordsFailed, 0);
  const [account] = await client.query('SELECT Industry, Phone FROM Account');
  assert.equal(account?.Industry, null);
  assert.equal(account.Phone, '1');
});

test('1,000 rows in chunks of 200, then deleted', async (t) => {
  const client = await apiClient(t);
  const rows = Array.from({ length: 1000 }, (_, index) => `A${String(index)}`);
  const inserted = await load(client, { object: 'Account', operation: 'insert' }, `Name\n${rows.join('\n')}\n`);
  assert.deepEqual(
    [inserted.state, inserted.numberRecordsProcessed, inserted.numberRecordsFailed],
    ['JobComplete', 1000, 0],
  );
  const ids = (await client.query<{ Id: string }>('SELECT Id FROM Account')).map(({ Id }) => Id);
  assert.equal(ids.length, 1000);
  const deleted = await load(client, { object: 'Account', operation: 'delete' }, `Id\n${ids.join('\n')}\n`);
  assert.deepEqual([deleted.state, deleted.numberRecordsFailed], ['JobComplete', 0]);
  assert.equal((await client.query('SELECT Id FROM Account')).length, 0);
});

test('what cannot be loaded is refused by name', async (t) => {
  const client = await apiClient(t);
  const refuse = async (job: Record<string, unknown>) =>
    (await client.call<{ errorCode: string }[]>('POST', '/jobs/ingest', job)).body[0]?.errorCode;
  assert.equal(await refuse({ object: 'Account', operation: 'hardDelete' }), 'FEATURENOTENABLED');
  assert.equal(await refuse({ object: 'Nothing', operation: 'insert' }), 'INVALIDENTITY');
  assert.equal(await refuse({ object: 'Account', operation: 'upsert' }), 'INVALIDJOB');
  const unknown = await load(client, { object: 'Account', operation: 'insert' }, 'Nmae\nx\n');
  assert.deepEqual([unknown.state, unknown.errorMessage], ['Failed', 'InvalidBatch : Field name not found : Nmae']);
  const ending = await load(client, { object: 'Account', operation: 'insert' }, 'Name\r\nx\r\n');
  assert.match(ending.errorMessage ?? '', /LineEnding is invalid on user data/);
  const torn = await load(client, { object: 'Account', operation: 'insert' }, 'Name,Industry\nx\n');
  assert.match(torn.errorMessage ?? '', /Failed to parse CSV/);
});

test('jobs are aborted, deleted and listed; data is sent once', async (t) => {
  const { call } = await apiClient(t);
  const {
    body: { id },
  } = await call<Job>('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
  await call('PUT', `/jobs/ingest/${id}/batches`, 'Name\nx\n');
  const twice = await call<{ errorCode: string }[]>('PUT', `/jobs/ingest/${id}/batches`, 'Name\ny\n');
  assert.equal(twice.body[0]?.errorCode, 'CLIENTINPUTERROR');
  assert.equal(
    (await call<{ errorCode: string }[]>('DELETE', `/jobs/ingest/${id}`)).body[0]?.errorCode,
    'INVALIDJOBSTATE',
  );
  assert.equal((await call<Job>('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).body.state, 'Aborted');
  assert.equal((await call<{ records: Job[] }>('GET', '/jobs/ingest')).body.records.length, 1);
  assert.equal((await call('DELETE', `/jobs/ingest/${id}`)).status, 204);
  assert.equal((await call('GET', `/jobs/ingest/${id}`)).status, 404);
});

test('query results come in parts, parents’ fields as columns', async (t) => {
  const client = await apiClient(t);
  const { call } = client;
  const AccountId = await client.create('Account', { Name: 'Acme' });
  for (const LastName of ['A', 'B', 'C']) await client.create('Contact', { LastName, AccountId });
  const query = 'SELECT LastName, Account.Name FROM Contact ORDER BY LastName';
  const {
    body: { id },
  } = await call<Job>('POST', '/jobs/query', { operation: 'query', query });
  assert.equal((await call<Job>('GET', `/jobs/query/${id}`)).body.state, 'JobComplete');
  const first = await call<string>('GET', `/jobs/query/${id}/results?maxRecords=2`);
  assert.equal(first.body, '"LastName","Account.Name"\n"A","Acme"\n"B","Acme"\n');
  assert.equal(first.headers['sforce-numberofrecords'], '2');
  const last = await call<string>(
    'GET',
    `/jobs/query/${id}/results?maxRecords=2&locator=${String(first.headers['sforce-locator'])}`,
  );
  assert.equal(last.body, '"LastName","Account.Name"\n"C","Acme"\n');
  assert.equal(last.headers['sforce-locator'], 'null');
  const grouped = await call<{ errorCode: string }[]>('POST', '/jobs/query', {
    operation: 'query',
    query: 'SELECT COUNT(Id) FROM Contact',
  });
  assert.equal(grouped.body[0]?.errorCode, 'API_ERROR');
});
