import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import { badTexts, SEED } from './bad-input.ts';
import type { Call } from './endpoint-calls.ts';
import { readAll, shown } from './read-all.ts';

const V = '/services/data/v67.0';
/** Deeper than any stack that a reader should trust. */
const DEEP = 50_000;
const RUNS = 6_000;

const json = (method: string, path: string, body: unknown): Call => ({
  method,
  url: V + path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
const account = { attributes: { type: 'Account', referenceId: 'a' }, Name: 'A', NumberOfEmployees: 5 };
const sub = { method: 'POST', url: `${V}/sobjects/Account`, referenceId: 'a', body: { Name: 'A' } };
const reference = { method: 'GET', url: `${V}/sobjects/Account/@{a.id}?fields=Name`, referenceId: 'b' };
const boundary = { 'content-type': 'multipart/form-data; boundary=B' };
const soap = (operation: string): string =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader><sessionId>{token}</sessionId></SessionHeader></e:Header><e:Body>${operation}</e:Body></e:Envelope>`;
const xml = (path: string, operation: string): Call => ({
  method: 'POST',
  url: path,
  headers: { 'content-type': 'text/xml', soapaction: '""' },
  body: soap(operation),
});
const query = (path: string, soql: string): Call => ({
  method: 'GET',
  url: `${V}${path}?q=${encodeURIComponent(soql)}`,
  headers: {},
  body: '',
});

/** A good request of every kind of body. */
const GOOD: readonly Call[] = [
  json('POST', '/sobjects/Account', { Name: 'A', ParentId: null, Owner: { Username: 'x' } }),
  json('PATCH', '/sobjects/Account/Id/001000000000001AAA', { Name: 'A' }),
  json('PATCH', '/sobjects/Contact/Email/a@b.example', { LastName: 'A', Account: { Id: '001000000000001AAA' } }),
  json('POST', '/composite/sobjects', { allOrNone: false, records: [account, account] }),
  json('PATCH', '/composite/sobjects/Account/Id', { records: [{ ...account, id: '001000000000001AAA' }] }),
  json('POST', '/composite/sobjects/Account', { ids: ['001000000000001AAA'], fields: ['Name', 'Owner.Name'] }),
  json('POST', '/composite/tree/Account', {
    records: [{ ...account, Contacts: { records: [{ ...account, LastName: 'B' }] } }],
  }),
  json('POST', '/composite', { allOrNone: true, compositeRequest: [sub, reference] }),
  json('POST', '/composite/graph', { graphs: [{ graphId: '1', compositeRequest: [sub, reference] }] }),
  json('POST', '/composite/batch', { haltOnError: false, batchRequests: [{ method: 'GET', url: 'v67.0/limits' }] }),
  json('POST', '/jobs/ingest', {
    object: 'Account',
    operation: 'upsert',
    externalIdFieldName: 'Id',
    lineEnding: 'CRLF',
  }),
  json('POST', '/jobs/query', { operation: 'query', query: 'SELECT Id FROM Account' }),
  json('POST', '/ui-api/records', { apiName: 'Account', fields: { Name: 'A' } }),
  json('POST', '/ui-api/related-list-records/001000000000001AAA/Contacts', { fields: ['Contact.Name'], pageSize: 5 }),
  json('POST', '/actions/custom/flow/Nothing', { inputs: [{ a: 1 }] }),
  json('POST', '/metadata/deployRequest', { deployOptions: { checkOnly: true } }),
  json('POST', '/graphql', { query: '{ uiapi { query { Account { edges { node { Id } } } } } }' }),
  query('/query', "SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Name LIKE 'a%' ORDER BY Name LIMIT 5"),
  query('/queryAll', 'SELECT COUNT(Id), StageName FROM Opportunity GROUP BY StageName'),
  query('/tooling/query', "SELECT Id, Metadata FROM CustomField WHERE TableEnumOrId = 'Account'"),
  {
    method: 'GET',
    url: `${V}/ui-api/object-info/Account/picklist-values/012000000000000AAA/Industry`,
    headers: {},
    body: '',
  },
  {
    method: 'GET',
    url: `${V}/ui-api/records/001000000000001AAA?layoutTypes=Full&modes=View,Edit&pageSize=5`,
    headers: {},
    body: '',
  },
  {
    method: 'GET',
    url: `${V}/sobjects/Account/updated?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z`,
    headers: {},
    body: '',
  },
  { method: 'GET', url: '/local/log?last=20&transaction=17&contains=text', headers: {}, body: '' },
  xml('/services/Soap/u/67.0', '<create><sObjects><type>Account</type><Name>A</Name></sObjects></create>'),
  xml('/services/Soap/u/67.0', '<query><queryString>SELECT Id FROM Account</queryString></query>'),
  xml(
    '/services/Soap/u/67.0',
    '<convertLead><leadConverts><leadId>00Q000000000001AAA</leadId></leadConverts></convertLead>',
  ),
  xml('/services/Soap/m/67.0', '<deploy><ZipFile>UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==</ZipFile><DeployOptions/></deploy>'),
  xml('/services/Soap/m/67.0', '<readMetadata><type>CustomObject</type><fullNames>Account</fullNames></readMetadata>'),
  {
    method: 'PUT',
    url: `${V}/jobs/ingest/{job}/batches`,
    headers: { 'content-type': 'text/csv' },
    body: 'Name,Site\n"A ""b""",c\n',
  },
  {
    method: 'POST',
    url: `${V}/metadata/deployRequest`,
    headers: boundary,
    body: '--B\r\nContent-Disposition: form-data; name="json"\r\nContent-Type: application/json\r\n\r\n{"deployOptions":{}}\r\n--B\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\nPK\r\n--B--\r\n',
  },
];

const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'];
/** Headers that the server looks at, with values that no client sends. */
const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  { 'content-type': '' },
  { 'content-type': 'application/json; charset=utf-16' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': 'text/csv; ;;=' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'deflate' },
  { authorization: 'Bearer' },
  { authorization: `Bearer ${'x'.repeat(10_000)}` },
  { cookie: 'sid=%E0%A4%A; sid=' },
  { 'if-modified-since': 'yesterday' },
  { 'if-match': '"a", W/"b", *' },
  { 'sforce-query-options': 'batchSize=many' },
  { 'sforce-call-options': 'client=,defaultNamespace==' },
  { host: 'localhost:99999' },
  { soapaction: 'x'.repeat(5_000) },
  { accept: 'text/csv;q=x' },
];
const WORDS = [
  'null',
  'true',
  '{}',
  '[]',
  '1e999',
  '-0',
  '"__proto__":',
  '@{a.id}',
  '..',
  '%00',
  '%',
  '&',
  '#',
  '\\u0000',
  '<',
  ']]>',
];

const bad: fc.Arbitrary<Call> = fc.constantFrom(...GOOD).chain((call) =>
  fc.record({
    method: fc.oneof(
      { weight: 9, arbitrary: fc.constant(call.method) },
      { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
    ),
    url: fc.oneof(
      { weight: 3, arbitrary: fc.constant(call.url) },
      // What a client may send as a URL: no blanks or controls, no fragment.
      {
        weight: 1,
        arbitrary: badTexts([call.url], WORDS).map((url) => `/${encodeURI(url.toWellFormed()).replace(/^\/+|#/g, '')}`),
      },
    ),
    headers: fc.oneof(
      { weight: 4, arbitrary: fc.constant(call.headers) },
      { weight: 1, arbitrary: fc.constantFrom(...ODD_HEADERS).map((odd) => ({ ...call.headers, ...odd })) },
    ),
    body: fc.oneof(
      { weight: 1, arbitrary: fc.constant(call.body) },
      { weight: 4, arbitrary: badTexts([call.body], WORDS).map((text) => text.toWellFormed()) },
      { weight: 1, arbitrary: fc.json({ maxDepth: 4 }) },
    ),
  }),
);

/** Depth and size that random requests would hardly ever have, for every kind of body. */
const HUGE: readonly Call[] = GOOD.flatMap((call) => {
  const type = call.headers['content-type'] ?? '';
  const body = (text: string): Call => ({ ...call, body: text });
  if (type.includes('json'))
    return [
      body('['.repeat(DEEP)),
      body('{"a":'.repeat(DEEP) + '1' + '}'.repeat(DEEP)),
      body('[]'),
      body('null'),
      body('"x"'),
    ];
  if (type.includes('xml'))
    return [body(soap('<a>'.repeat(DEEP))), body(soap('<a>'.repeat(DEEP) + '</a>'.repeat(DEEP)))];
  if (type.includes('csv'))
    return [body(','.repeat(DEEP)), body(`Name\n"${'x'.repeat(DEEP)}`), body('\n'.repeat(DEEP))];
  return [];
});

const bytes = (call: Call): Uint8Array => new TextEncoder().encode(JSON.stringify(call));

test(
  'any request to any endpoint is answered, and never with an error of the server',
  { timeout: 60_000 },
  async () => {
    const calls = [...GOOD, ...HUGE, ...fc.sample(bad, { seed: SEED, numRuns: RUNS })];
    const inputs = calls.map(bytes);
    const defects = await readAll('HTTP endpoints', inputs);
    const told = defects.slice(0, 5).map(({ index, error }) => `${shown(inputs[index])}\n${error}`);
    assert.equal(defects.length, 0, `${defects.length} of ${inputs.length} requests:\n${told.join('\n\n')}`);
  },
);

test('what is no HTTP, or breaks off, leaves the server as it was', async (t) => {
  const running = await startLocalOrg();
  t.after(() => running.close());
  const { port } = new URL(running.url);
  const start = `POST ${V}/sobjects/Account HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${running.token}\r\n`;
  const raw = [
    'nothing\r\n\r\n',
    '\u0000\u0001\u0002',
    'GET / HTTP/9.9\r\n\r\n',
    `${start}Content-Length: -5\r\n\r\n`,
    `${start}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"Name":`,
    `${start}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n`,
    `${start}${'X: y\r\n'.repeat(5_000)}\r\n`,
    `GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  ];
  await Promise.all(
    raw.map(async (text) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(text);
      await pause(100);
      socket.destroy();
    }),
  );
  const answer = await fetch(`${running.url}/services/data`);
  assert.equal(answer.status, 200);
  const left = await fetch(`${running.url}${V}/query?q=SELECT+COUNT()+FROM+Account`, {
    headers: { authorization: `Bearer ${running.token}` },
  });
  assert.equal(((await left.json()) as { totalSize: number }).totalSize, 0);
});
