import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DELIMITERS, LINE_ENDINGS } from '../../../local-org/api/bulk/csv.ts';
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
  return ended({ call }, id);
}

/** The job when it has ended. */
async function ended({ call }: Pick<ApiClient, 'call'>, id: string, kind = 'ingest'): Promise<Job> {
  for (let round = 0; round < 500; round++) {
    const { body } = await call<Job>('GET', `/jobs/${kind}/${id}`);
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
  assert.equal(await refuse({ object: 'Account', operation: 'explode' }), 'INVALIDJOB');
  assert.equal(await refuse({ object: 'Lead', operation: 'insert', assignmentRuleId: '01Q' }), 'FEATURENOTENABLED');
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
  assert.equal((await ended(client, id, 'query')).state, 'JobComplete');
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

test('hardDelete leaves nothing in the recycle bin, and needs its permission', async (t) => {
  const client = await apiClient(t);
  const id = await client.create('Account', { Name: 'A' });
  await client.create('Opportunity', { Name: 'O', AccountId: id, StageName: 'Prospecting', CloseDate: '2030-01-01' });
  const done = await load(client, { object: 'Account', operation: 'hardDelete' }, `Id\n${id}\n`);
  assert.deepEqual([done.state, done.numberRecordsFailed], ['JobComplete', 0]);
  for (const object of ['Account', 'Opportunity']) {
    const all = await client.call<{ totalSize: number }>('GET', `/queryAll?q=SELECT+Id+FROM+${object}`);
    assert.equal(all.body.totalSize, 0);
  }
  const { running } = client;
  const [profile] = await client.query<{ Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  const userId = await client.create('User', {
    Username: 'plain@test.example',
    LastName: 'Plain',
    Email: 'plain@test.example',
    Alias: 'plain',
    ProfileId: profile?.Id,
    TimeZoneSidKey: 'America/New_York',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    EmailEncodingKey: 'UTF-8',
    IsActive: true,
  });
  const authorization = `Bearer ${running.server.context.sessions.open(userId)}`;
  const job = { object: 'Account', operation: 'hardDelete' };
  const refused = await client.call<{ errorCode: string }[]>('POST', '/jobs/ingest', job, { authorization });
  assert.equal(refused.body[0]?.errorCode, 'FEATURENOTENABLED');
});

for (const [name, delimiter] of Object.entries(DELIMITERS)) {
  test(`columns divided by ${name}, lines by either ending`, async (t) => {
    const client = await apiClient(t);
    for (const [lineEnding, ending] of Object.entries(LINE_ENDINGS)) {
      const csv = [`Name${delimiter}Phone`, `"A${delimiter}${lineEnding}"${delimiter}1`, ''].join(ending);
      const job = { object: 'Account', operation: 'insert', columnDelimiter: name, lineEnding };
      const done = await load(client, job, csv);
      assert.deepEqual([done.state, done.numberRecordsFailed], ['JobComplete', 0], done.errorMessage);
      const saved = await results(client, done.id, 'successfulResults');
      assert.ok(saved.endsWith(`"A${delimiter}${lineEnding}"${delimiter}"1"${ending}`), saved);
    }
    const names = (await client.query<{ Name: string }>('SELECT Name FROM Account')).map(({ Name }) => Name);
    assert.deepEqual(names.sort(), [`A${delimiter}CRLF`.trim(), `A${delimiter}LF`.trim()].sort());
  });
}

test('a small job comes whole in a multipart request', async (t) => {
  const client = await apiClient(t);
  const part = (name: string, type: string, content: string) =>
    `--B\r\nContent-Type: ${type}\r\nContent-Disposition: form-data; name="${name}"; filename="${name}"\r\n\r\n${content}\r\n`;
  const job = JSON.stringify({ object: 'Account', operation: 'insert' });
  const body = `${part('job', 'application/json', job)}${part('content', 'text/csv', 'Name\nA\nB\n')}--B--\r\n`;
  const type = { 'content-type': 'multipart/form-data; boundary=B' };
  const created = await client.call<Job>('POST', '/jobs/ingest', body, type);
  assert.equal(created.body.state, 'UploadComplete');
  assert.equal((await ended(client, created.body.id)).numberRecordsProcessed, 2);
  const missing = await client.call<{ errorCode: string }[]>('POST', '/jobs/ingest', '--B--', type);
  assert.equal(missing.body[0]?.errorCode, 'INVALID_MULTIPART_REQUEST');
  const large = `${part('job', 'application/json', job)}${part('content', 'text/csv', 'x'.repeat(100_001))}--B--\r\n`;
  assert.equal(
    (await client.call<{ errorCode: string }[]>('POST', '/jobs/ingest', large, type)).body[0]?.errorCode,
    'CLIENTINPUTERROR',
  );
});

test('an aborted job tells what it did not process; the server answers while a job runs', async (t) => {
  const client = await apiClient(t);
  const rows = Array.from({ length: 3000 }, (_, index) => `A${String(index)}`);
  const {
    body: { id },
  } = await client.call<Job>('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
  await client.call('PUT', `/jobs/ingest/${id}/batches`, `Name\n${rows.join('\n')}\n`);
  await client.call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  let running = (await client.call<Job>('GET', `/jobs/ingest/${id}`)).body;
  while (!((running.numberRecordsProcessed ?? 0) > 0)) {
    await pause(1);
    running = (await client.call<Job>('GET', `/jobs/ingest/${id}`)).body;
  }
  assert.equal(running.state, 'InProgress');
  assert.equal((await client.call<Job>('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).body.state, 'Aborted');
  await pause(50);
  const after = (await client.call<Job>('GET', `/jobs/ingest/${id}`)).body;
  assert.equal(after.state, 'Aborted');
  const processed = after.numberRecordsProcessed ?? 0;
  const unprocessed = (await results(client, id, 'unprocessedrecords')).trim().split('\n');
  assert.deepEqual(unprocessed, ['"Name"', ...rows.slice(processed).map((name) => `"${name}"`)]);
  assert.equal((await results(client, id, 'successfulResults')).trim().split('\n').length, processed + 1);
});

test('jobs, results and what is left to do survive a restart', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'waterfall-bulk-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'org.sqlite');
  const rows = Array.from({ length: 2000 }, (_, index) => `A${String(index)}`);
  const first = await apiClient(t, { file });
  const {
    body: { id },
  } = await first.call<Job>('POST', '/jobs/ingest', { object: 'Account', operation: 'insert' });
  await first.call('PUT', `/jobs/ingest/${id}/batches`, `Name\n${rows.join('\n')}\n`);
  const query = await first.call<Job>('POST', '/jobs/query', { operation: 'query', query: 'SELECT Name FROM Profile' });
  await first.call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  await pause(30);
  await first.running.close();
  const second = await apiClient(t, { file });
  const done = await ended(second, id);
  assert.deepEqual([done.state, done.numberRecordsProcessed, done.numberRecordsFailed], ['JobComplete', 2000, 0]);
  assert.equal((await second.query('SELECT COUNT() FROM Account')).length, 0);
  const { body } = await second.call<{ totalSize: number }>('GET', '/query?q=SELECT+COUNT()+FROM+Account');
  assert.equal(body.totalSize, 2000);
  assert.equal((await results(second, id, 'successfulResults')).trim().split('\n').length, 2001);
  assert.equal((await ended(second, query.body.id, 'query')).state, 'JobComplete');
  const names = await second.call<string>('GET', `/jobs/query/${query.body.id}/results`);
  assert.match(names.body, /"System Administrator"/);
});

test('a value of a wrong type fails its row, with its column counted from 0', async (t) => {
  const client = await apiClient(t);
  const csv = [
    'Name,StageName,CloseDate,Amount,IsPrivate',
    'good,Prospecting,2030-01-31,1.5,TRUE',
    'day,Prospecting,6/15/19,,',
    'amount,Prospecting,2030-01-31,abc,',
    'flag,Prospecting,2030-01-31,,perhaps',
  ].join('\n');
  const done = await load(client, { object: 'Opportunity', operation: 'insert' }, csv);
  assert.deepEqual([done.state, done.numberRecordsProcessed, done.numberRecordsFailed], ['JobComplete', 4, 3]);
  const failed = await results(client, done.id, 'failedResults');
  const texts = [...failed.matchAll(/"INVALID_FIELD:Failed to deserialize field at ([^"]+)"/g)].map(([, text]) => text);
  assert.deepEqual(texts, [
    "col 2. Due to, '6/15/19' is not a valid value for the type xsd:date:CloseDate --",
    "col 3. Due to, 'abc' is not a valid value for the type xsd:double:Amount --",
    "col 4. Due to, 'perhaps' is not a valid value for the type xsd:boolean:IsPrivate --",
  ]);
  const event = await load(
    client,
    { object: 'Event', operation: 'insert' },
    'Subject,StartDateTime,DurationInMinutes\nx,2018-09-28,30\n',
  );
  assert.match(
    await results(client, event.id, 'failedResults'),
    /col 1\. Due to, '2018-09-28' is not a valid value for the type xsd:dateTime:StartDateTime --/,
  );
  assert.deepEqual(
    (await client.query('SELECT Name, IsPrivate FROM Opportunity')).map(({ Name }) => Name),
    ['good'],
  );
});
