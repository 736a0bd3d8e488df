import assert from 'node:assert/strict';
import test from 'node:test';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import { apiClient } from './api-client.ts';

const OPPORTUNITY = { Name: 'O', StageName: 'Prospecting', CloseDate: '2030-01-01' };
type Errors = { errorCode: string }[];

test('relationship paths lead to the parent and to the children', async (t) => {
  const { call, create } = await apiClient(t);
  const account = await create('Account', { Name: 'Acme' });
  const contact = await create('Contact', { LastName: 'Fry', AccountId: account });
  const parent = await call<{ Id: string; Name: string }>('GET', `/sobjects/Contact/${contact}/Account?fields=Name`);
  assert.deepEqual([parent.status, parent.body.Id, parent.body.Name], [200, account, 'Acme']);
  const children = await call<{ totalSize: number; records: { LastName: string }[] }>(
    'GET',
    `/sobjects/Account/${account}/Contacts`,
  );
  assert.deepEqual([children.body.totalSize, children.body.records[0]?.LastName], [1, 'Fry']);
  assert.equal((await call('GET', `/sobjects/Contact/${contact}/ReportsTo`)).status, 404);
  assert.equal((await call('GET', `/sobjects/Contact/${contact}/Nothing`)).status, 404);
});

test('fields of parents can be asked for', async (t) => {
  const { call, create } = await apiClient(t);
  const id = await create('Account', { Name: 'Acme' });
  const { body } = await call<{ Name: string; Owner: { Name: string } }>(
    'GET',
    `/sobjects/Account/${id}?fields=Name,Owner.Name`,
  );
  assert.deepEqual([body.Name, body.Owner.Name], ['Acme', 'Local Admin']);
});

test('conditional requests: dates for all objects, ETags for accounts', async (t) => {
  const { call, create } = await apiClient(t);
  const id = await create('Account', { Name: 'Acme' });
  const path = `/sobjects/Account/${id}`;
  const first = await call('GET', path);
  const etag = String(first.headers.etag);
  const changed = String(first.headers['last-modified']);
  const status = async (method: 'GET' | 'PATCH', headers: Record<string, string>) =>
    (await call(method, path, method === 'GET' ? undefined : { Phone: '1' }, headers)).status;
  assert.equal(await status('GET', { 'if-none-match': etag }), 304);
  assert.equal(await status('GET', { 'if-modified-since': changed }), 304);
  assert.equal(await status('GET', { 'if-modified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' }), 200);
  assert.equal(await status('PATCH', { 'if-unmodified-since': 'Thu, 01 Jan 2015 00:00:00 GMT' }), 412);
  assert.equal(await status('PATCH', { 'if-match': '"other"' }), 412);
  assert.equal(await status('PATCH', { 'if-match': etag }), 204);
  assert.equal(await status('PATCH', { 'if-unmodified-since': 'nonsense' }), 400);
  const deal = await create('Opportunity', OPPORTUNITY);
  assert.equal((await call('GET', `/sobjects/Opportunity/${deal}`)).headers.etag, undefined);
});

test('what was updated and deleted since', async (t) => {
  const { call, create } = await apiClient(t);
  const kept = await create('Account', { Name: 'Kept' });
  const gone = await create('Account', { Name: 'Gone' });
  await call('DELETE', `/sobjects/Account/${gone}`);
  const now = Date.now();
  const between = `start=${new Date(now - 60_000).toISOString()}&end=${new Date(now + 60_000).toISOString()}`;
  const updated = await call<{ ids: string[] }>('GET', `/sobjects/Account/updated?${between}`);
  assert.deepEqual(updated.body.ids, [kept]);
  const deleted = await call<{ deletedRecords: { id: string }[] }>('GET', `/sobjects/Account/deleted?${between}`);
  assert.deepEqual(
    deleted.body.deletedRecords.map(({ id }) => id),
    [gone],
  );
  const old = await call<Errors>(
    'GET',
    '/sobjects/Account/updated?start=2015-01-01T00:00:00Z&end=2015-01-02T00:00:00Z',
  );
  assert.equal(old.body[0]?.errorCode, 'INVALID_REPLICATION_DATE');
});

test('composite graph: each graph is all or nothing', async (t) => {
  const { call, query } = await apiClient(t);
  const node = (referenceId: string, object: string, body: unknown) => ({
    method: 'POST',
    url: `/services/data/v67.0/sobjects/${object}`,
    referenceId,
    body,
  });
  const good = [node('a', 'Account', { Name: 'A' }), node('c', 'Contact', { LastName: 'C', AccountId: '@{a.id}' })];
  const bad = [node('x', 'Account', { Name: 'X' }), node('y', 'Contact', {})];
  const { body } = await call<{
    graphs: {
      graphId: string;
      isSuccessful: boolean;
      graphResponse: { compositeResponse: { httpStatusCode: number; body: Errors }[] };
    }[];
  }>('POST', '/composite/graph', {
    graphs: [
      { graphId: '1', compositeRequest: good },
      { graphId: '2', compositeRequest: bad },
    ],
  });
  assert.deepEqual(
    body.graphs.map(({ graphId, isSuccessful }) => [graphId, isSuccessful]),
    [
      ['1', true],
      ['2', false],
    ],
  );
  assert.deepEqual(
    body.graphs[1]?.graphResponse.compositeResponse.map((one) => one.body[0]?.errorCode),
    ['PROCESSING_HALTED', 'REQUIRED_FIELD_MISSING'],
  );
  assert.deepEqual(
    (await query<{ Name: string }>('SELECT Name FROM Account')).map(({ Name }) => Name),
    ['A'],
  );
  const twice = {
    graphs: [
      { graphId: '1', compositeRequest: [] },
      { graphId: '1', compositeRequest: [] },
    ],
  };
  assert.equal((await call<Errors>('POST', '/composite/graph', twice)).body[0]?.errorCode, 'INVALID_INPUT');
});

test('flows are listed, described and run as actions; other actions are refused by name', async (t) => {
  const { call, running } = await apiClient(t);
  openMetadataStore(running.org.database).put({
    type: 'Flow',
    fullName: 'Say_Hello',
    metadata: {
      label: 'Say Hello',
      processType: 'AutoLaunchedFlow',
      status: 'Active',
      start: { connector: { targetReference: 'Greet' } },
      variables: [
        { name: 'who', dataType: 'String', isCollection: false, isInput: true, isOutput: false },
        { name: 'greeting', dataType: 'String', isCollection: false, isInput: false, isOutput: true },
      ],
      assignments: [
        {
          name: 'Greet',
          label: 'Greet',
          assignmentItems: [
            { assignToReference: 'greeting', operator: 'Assign', value: { stringValue: 'Hello ' } },
            { assignToReference: 'greeting', operator: 'Add', value: { elementReference: 'who' } },
          ],
        },
      ],
    },
  });
  running.org.reload();
  const list = await call<{ actions: { name: string }[] }>('GET', '/actions/custom/flow');
  assert.deepEqual(
    list.body.actions.map(({ name }) => name),
    ['Say_Hello'],
  );
  const described = await call<{ inputs: { name: string }[]; outputs: { name: string }[] }>(
    'GET',
    '/actions/custom/flow/Say_Hello',
  );
  assert.deepEqual(
    [described.body.inputs, described.body.outputs].map((list_) => list_.map(({ name }) => name)),
    [['who'], ['greeting', 'Flow__InterviewStatus']],
  );
  const ran = await call<{ isSuccess: boolean; outputValues: Record<string, string> }[]>(
    'POST',
    '/actions/custom/flow/Say_Hello',
    { inputs: [{ who: 'Fry' }, { who: 'Leela' }] },
  );
  assert.deepEqual(
    ran.body.map(({ outputValues }) => outputValues),
    ['Fry', 'Leela'].map((name) => ({ greeting: `Hello ${name}`, Flow__InterviewStatus: 'Finished' })),
  );
  assert.equal((await call('POST', '/actions/custom/flow/Nothing', { inputs: [{}] })).status, 404);
  const refused = await call<{ message: string }[]>('POST', '/actions/standard/chatterPost', { inputs: [] });
  assert.match(refused.body[0]?.message ?? '', /does not support this standard action/);
  const graphql = await call<{ message: string }[]>('POST', '/graphql', {});
  assert.equal(graphql.status, 404);
  assert.match(graphql.body[0]?.message ?? '', /GraphQL/);
  assert.deepEqual((await call('GET', '/recent')).body, []);
});

test('limits tell what has been used', async (t) => {
  const { call, running } = await apiClient(t);
  type Limits = Record<string, { Max: number; Remaining: number }>;
  const used = async (name: string) => {
    const { body } = await call<Limits>('GET', '/limits');
    return (body[name]?.Max ?? 0) - (body[name]?.Remaining ?? 0);
  };
  const first = await used('DailyApiRequests');
  assert.equal((await used('DailyApiRequests')) - first, 1);
  const storage = await used('DataStorageMB');
  running.org.transact(running.org.user('admin@waterfall.local'), (tx) =>
    tx.save({
      operation: 'insert',
      object: 'Account',
      records: Array.from({ length: 1024 }, () => ({ Name: 'A' })),
      allOrNone: true,
    }),
  );
  assert.equal((await used('DataStorageMB')) - storage, 2);
  await call('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' });
  assert.equal(await used('DailyBulkV2QueryJobs'), 1);
});
