import assert from 'node:assert/strict';
import test from 'node:test';
import { apiClient } from './api-client.ts';

interface Sub {
  readonly httpStatusCode: number;
  readonly referenceId: string;
  readonly body: unknown;
}

const V = '/services/data/v67.0';
const post = (referenceId: string, object: string, body: object) => ({
  method: 'POST',
  url: `${V}/sobjects/${object}`,
  referenceId,
  body,
});

test('later subrequests use what earlier ones answered', async (t) => {
  const { call, query } = await apiClient(t);
  const { body } = await call<{ compositeResponse: Sub[] }>('POST', '/composite', {
    compositeRequest: [
      post('account', 'Account', { Name: 'Acme' }),
      post('contact', 'Contact', { LastName: 'Doe', AccountId: '@{account.id}' }),
      {
        method: 'GET',
        referenceId: 'read',
        url: `${V}/query?q=SELECT+Account.Name+FROM+Contact+WHERE+Id='@{contact.id}'`,
      },
    ],
  });
  assert.deepEqual(
    body.compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
    [201, 201, 200],
  );
  const [contact] = await query('SELECT Account.Name FROM Contact');
  assert.equal((contact?.Account as { Name: string }).Name, 'Acme');
});

test('allOrNone takes everything back, without it each stands alone', async (t) => {
  const { call, query } = await apiClient(t);
  const compositeRequest = [post('good', 'Account', { Name: 'Good' }), post('bad', 'Account', {})];
  const together = await call<{ compositeResponse: Sub[] }>('POST', '/composite', {
    allOrNone: true,
    compositeRequest,
  });
  const [good, bad] = together.body.compositeResponse;
  assert.equal((good?.body as { errorCode: string }[])[0]?.errorCode, 'PROCESSING_HALTED');
  assert.equal((bad?.body as { errorCode: string }[])[0]?.errorCode, 'REQUIRED_FIELD_MISSING');
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
  await call('POST', '/composite', { compositeRequest });
  assert.equal((await query('SELECT Id FROM Account')).length, 1);
});

test('a reference to a request that failed halts the one that needs it', async (t) => {
  const { call } = await apiClient(t);
  const { body } = await call<{ compositeResponse: Sub[] }>('POST', '/composite', {
    compositeRequest: [post('bad', 'Account', {}), post('child', 'Contact', { LastName: 'x', AccountId: '@{bad.id}' })],
  });
  assert.deepEqual(
    body.compositeResponse.map(({ httpStatusCode }) => httpStatusCode),
    [400, 400],
  );
  assert.equal((body.compositeResponse[1]?.body as { errorCode: string }[])[0]?.errorCode, 'PROCESSING_HALTED');
});

test('batch answers each request by itself', async (t) => {
  const { call } = await apiClient(t);
  const batchRequests = [
    { method: 'GET', url: 'v67.0/sobjects/Account/describe' },
    { method: 'GET', url: 'v67.0/nothing' },
  ];
  const { body } = await call<{ hasErrors: boolean; results: { statusCode: number }[] }>('POST', '/composite/batch', {
    batchRequests,
  });
  assert.equal(body.hasErrors, true);
  assert.deepEqual(
    body.results.map(({ statusCode }) => statusCode),
    [200, 404],
  );
});

test('a tree is saved whole or not at all', async (t) => {
  const { call, query } = await apiClient(t);
  const tree = (LastName: string | undefined) => ({
    records: [
      {
        attributes: { type: 'Account', referenceId: 'a' },
        Name: 'Acme',
        Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName }] },
      },
    ],
  });
  const bad = await call<{ hasErrors: boolean; results: { referenceId: string }[] }>(
    'POST',
    '/composite/tree/Account',
    tree(undefined),
  );
  assert.equal(bad.status, 400);
  assert.deepEqual(
    bad.body.results.map(({ referenceId }) => referenceId),
    ['c'],
  );
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
  const good = await call('POST', '/composite/tree/Account', tree('Doe'));
  assert.equal(good.status, 201);
  assert.equal((await query("SELECT Id FROM Contact WHERE Account.Name = 'Acme'")).length, 1);
});

test('a tree has five levels and 200 records at most', async (t) => {
  const { call, query } = await apiClient(t);
  const nested = (level: number): object => ({
    attributes: { type: 'Account', referenceId: `a${level}` },
    Name: `Level ${level}`,
    ...(level > 1 ? { ChildAccounts: { records: [nested(level - 1)] } } : {}),
  });
  const status = async (records: object[]) => (await call('POST', '/composite/tree/Account', { records })).status;
  const many = (count: number) =>
    Array.from({ length: count }, (_one, i) => ({
      attributes: { type: 'Account', referenceId: `r${i}` },
      Name: 'Many',
    }));
  assert.equal(await status([nested(5)]), 201);
  assert.equal(await status([nested(6)]), 400);
  assert.equal(await status(many(200)), 201);
  assert.equal(await status(many(201)), 400);
  assert.equal((await query('SELECT Id FROM Account')).length, 205);
});

test('collections answer per record, in order; allOrNone takes all back', async (t) => {
  const { call, query } = await apiClient(t);
  const account = { type: 'Account' };
  const records = [
    { attributes: account, Name: 'A' },
    { attributes: account },
    { attributes: { type: 'Contact' }, LastName: 'C' },
  ];
  interface Result {
    id?: string;
    success: boolean;
    errors: { statusCode: string }[];
  }
  const mixed = await call<Result[]>('POST', '/composite/sobjects', { records });
  assert.deepEqual(
    mixed.body.map(({ success }) => success),
    [true, false, true],
  );
  assert.equal(mixed.body[1]?.errors[0]?.statusCode, 'REQUIRED_FIELD_MISSING');
  const none = await call<Result[]>('POST', '/composite/sobjects', { allOrNone: true, records: records.slice(0, 2) });
  assert.deepEqual(
    none.body.map(({ success }) => success),
    [false, false],
  );
  assert.equal((await query('SELECT Id FROM Account')).length, 1);
  const id = mixed.body[0]?.id ?? '';
  const updated = await call<Result[]>('PATCH', '/composite/sobjects', {
    records: [{ attributes: account, id, Name: 'B' }],
  });
  assert.deepEqual(updated.body, [{ id, success: true, errors: [] }]);
  const read = await call<unknown[]>('GET', `/composite/sobjects/Account?ids=${id},001000000000999AAA&fields=Name`);
  assert.equal((read.body[0] as { Name: string }).Name, 'B');
  assert.equal(read.body[1], null);
  const removed = await call<Result[]>('DELETE', `/composite/sobjects?ids=${id}`);
  assert.deepEqual(removed.body, [{ id, success: true, errors: [] }]);
  const tooMany = await call<{ errorCode: string }[]>('POST', '/composite/sobjects', {
    records: Array(201).fill(records[0]),
  });
  assert.equal(tooMany.body[0]?.errorCode, 'EXCEEDED_ID_LIMIT');
});

test('a method that a resource does not have is refused in a subrequest as it is outside', async (t) => {
  const { call, running } = await apiClient(t);
  const path = '/sobjects/Account/001000000000001AAA';
  const { status, body: outside } = await call('POST', path, {});
  const composite = await call<{ compositeResponse: Sub[] }>('POST', '/composite', {
    compositeRequest: [{ method: 'POST', url: V + path, referenceId: 'a', body: {} }],
  });
  const graph = await call<{ graphs: { graphResponse: { compositeResponse: Sub[] } }[] }>('POST', '/composite/graph', {
    graphs: [{ graphId: 'g', compositeRequest: [{ method: 'POST', url: V + path, referenceId: 'a', body: {} }] }],
  });
  const batch = await call<{ results: { statusCode: number; result: unknown }[] }>('POST', '/composite/batch', {
    batchRequests: [{ method: 'POST', url: `v67.0${path}` }],
  });
  const answers = [
    ...composite.body.compositeResponse.map((one) => [one.httpStatusCode, one.body]),
    ...graph.body.graphs[0]!.graphResponse.compositeResponse.map((one) => [one.httpStatusCode, one.body]),
    ...batch.body.results.map(({ statusCode, result }) => [statusCode, result]),
  ];
  assert.equal(status, 405);
  assert.deepEqual(answers, [
    [405, outside],
    [405, outside],
    [405, outside],
  ]);
  const unknown = await call<{ results: { statusCode: number }[] }>('POST', '/composite/batch', {
    batchRequests: [{ method: 'GET', url: 'v67.0/nothing' }],
  });
  assert.equal(unknown.body.results[0]?.statusCode, 404);
  assert.ok(
    running.server.context.unknownPaths.list().some(({ request }) => request === 'GET /services/data/v67.0/nothing'),
  );
});
