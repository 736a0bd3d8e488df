import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { keepText, placeOf, type JsonPath } from '../../../local-org/api/json-text.ts';
import { apiClient } from './api-client.ts';

interface Refusal {
  readonly errorCode: string;
  readonly message: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

test('a value of a wrong type refuses the request and names the place of its field', async (t) => {
  const { call, query } = await apiClient(t);
  const text = '{\n  "Name": "Acme",\n  "NumberOfEmployees": "abc"\n}';
  const { status, body } = await call<Refusal[]>('POST', '/sobjects/Account', text, JSON_TYPE);
  assert.equal(status, 400);
  assert.deepEqual(body, [
    {
      errorCode: 'JSON_PARSER_ERROR',
      message:
        'Cannot deserialize instance of int from VALUE_STRING value abc or request may be missing a required field at [line:2, column:17]',
    },
  ]);
  const messages = async (object: string, values: Record<string, unknown>): Promise<string> => {
    const answer = await call<Refusal[]>('POST', `/sobjects/${object}`, values);
    assert.equal(answer.body[0]?.errorCode, 'JSON_PARSER_ERROR', JSON.stringify(answer.body));
    return answer.body[0].message.replace(/^Cannot deserialize instance of | or request .*| \[line.*/g, '');
  };
  assert.equal(await messages('Opportunity', { Amount: 'N01' }), 'currency from VALUE_STRING value N01');
  assert.equal(await messages('Opportunity', { IsPrivate: 'FALSE' }), 'boolean from VALUE_STRING value FALSE');
  assert.equal(await messages('Opportunity', { IsPrivate: 1 }), 'boolean from VALUE_NUMBER_INT value 1');
  assert.equal(await messages('Opportunity', { Name: true }), 'string from VALUE_TRUE value true');
  assert.equal(
    await messages('Opportunity', { CloseDate: '2030-01-31T00:00:00Z' }),
    'date from VALUE_STRING value 2030-01-31T00:00:00Z',
  );
  assert.equal(await messages('Account', { Name: { a: 1 } }), 'string from START_OBJECT value {');
  assert.equal(await messages('Account', { Name: ['a'] }), 'string from START_ARRAY value');
  assert.equal(await messages('Account', { BillingAddress: 'x' }), 'BillingAddress from VALUE_STRING value x');
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
});

test('a number is read where a text belongs, a text that is a number where a number does', async (t) => {
  const { create, query } = await apiClient(t);
  await create('Account', { Name: 42, NumberOfEmployees: '12', AnnualRevenue: '15' });
  const [row] = await query('SELECT Name, NumberOfEmployees, AnnualRevenue FROM Account');
  assert.deepEqual([row?.Name, row?.NumberOfEmployees, row?.AnnualRevenue], ['42', 12, 15]);
});

test('collections, trees, upserts and subrequests are refused whole too', async (t) => {
  const { call, query } = await apiClient(t);
  const wrong = { attributes: { type: 'Account', referenceId: 'b' }, Name: 'B', NumberOfEmployees: 'x' };
  const records = [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'A' }, wrong];
  const asked: [string, 'POST' | 'PATCH', object][] = [
    ['/composite/sobjects', 'POST', { allOrNone: false, records }],
    ['/composite/sobjects/Account/Id', 'PATCH', { records }],
    ['/composite/tree/Account', 'POST', { records }],
    ['/sobjects/Account/Id/001000000000001AAA', 'PATCH', { NumberOfEmployees: 'x' }],
  ];
  for (const [path, method, body] of asked) {
    const answer = await call<Refusal[]>(method, path, body);
    assert.equal(answer.status, 400, path);
    const text = JSON.stringify(body);
    const column =
      text.indexOf(text.includes(',"NumberOfEmployees"') ? ',"NumberOfEmployees"' : '"NumberOfEmployees"') + 1;
    assert.match(
      answer.body[0]?.message ?? '',
      new RegExp(`int from VALUE_STRING value x .*column:${column}\\]$`),
      path,
    );
  }
  const composite = await call<{ compositeResponse: { httpStatusCode: number; body: Refusal[] }[] }>(
    'POST',
    '/composite',
    {
      compositeRequest: [
        {
          method: 'POST',
          url: '/services/data/v67.0/sobjects/Account',
          referenceId: 'a',
          body: { NumberOfEmployees: 'x' },
        },
      ],
    },
  );
  const [sub] = composite.body.compositeResponse;
  assert.deepEqual([sub?.httpStatusCode, sub?.body[0]?.errorCode], [400, 'JSON_PARSER_ERROR']);
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
});

test('the place is that of the public errors', () => {
  const body = {
    FirstName: 'Doug',
    LastName: 'Proctor (testing)',
    s360__Contact_Code__c: ['Individual supporter - donor'],
  };
  assert.deepEqual(placeOf(body, ['s360__Contact_Code__c']), { line: 1, column: 51 });
  const text = '{"operation": "query", "query": ["SELECT Id FROM Account"]}';
  const job: unknown = JSON.parse(text);
  keepText(job, text);
  assert.deepEqual(placeOf(job, ['query']), { line: 1, column: 22 });
  assert.deepEqual(placeOf({ Name: [] }, ['Name']), { line: 1, column: 2 });
});

test('the place of a member is found in any JSON text', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), fc.integer({ min: 0, max: 3 }), (value, spaces) => {
      const text = JSON.stringify(value, null, spaces);
      const body: unknown = JSON.parse(text);
      keepText(body, text);
      const lines = text.split('\n');
      const visit = (part: unknown, path: JsonPath): void => {
        if (typeof part !== 'object' || part === null) return;
        for (const name of Object.keys(part)) {
          const step = Array.isArray(part) ? Number(name) : name;
          const member: unknown = (part as Record<string, unknown>)[name];
          const { line, column } = placeOf(body, [...path, step]);
          const rest = [lines[line - 1]?.slice(column - 1) ?? '', ...lines.slice(line)].join('\n');
          const found = rest.replace(/^\s*,?\s*/, '');
          assert.ok(column > 1 && /[^\s,]/.test(lines[line - 1]?.[column - 2] ?? ''), 'a token ends before the place');
          const expected = Array.isArray(part)
            ? JSON.stringify(member, null, spaces).split('\n')[0]!
            : JSON.stringify(name);
          assert.ok(found.startsWith(expected), `${found} at ${String(line)}:${String(column)} is not ${expected}`);
          visit(member, [...path, step]);
        }
      };
      visit(body, []);
    }),
  );
});

test('a list is no record', async (t) => {
  const { call } = await apiClient(t);
  const { status, body } = await call<Refusal[]>('POST', '/sobjects/Account', [{ Name: 'A' }, { Name: 'B' }]);
  assert.deepEqual([status, body[0]?.errorCode], [400, 'INVALID_FIELD']);
  assert.match(body[0]?.message ?? '', /^Json Deserialization failed on token 'null'/);
});
