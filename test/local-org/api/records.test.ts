import assert from 'node:assert/strict';
import test from 'node:test';
import { apiClient } from './api-client.ts';

test('a record is created, read, changed and deleted', async (t) => {
  const { call } = await apiClient(t);
  const created = await call<{ id: string }>('POST', '/sobjects/account', { Name: 'Acme', NumberOfEmployees: 12 });
  assert.equal(created.status, 201);
  assert.deepEqual(created.body, { id: created.body.id, success: true, errors: [] });
  const { id } = created.body;
  const path = `/sobjects/Account/${id}`;
  const read = await call('GET', `${path}?fields=Name,NumberOfEmployees`);
  assert.deepEqual(read.body, {
    attributes: { type: 'Account', url: `/services/data/v67.0/sobjects/Account/${id}` },
    Name: 'Acme',
    NumberOfEmployees: 12,
    Id: id,
  });
  assert.equal((await call('PATCH', path, { Name: 'Acme 2', NumberOfEmployees: null })).status, 204);
  const again = await call('GET', `/sobjects/Account/${id.slice(0, 15)}`);
  assert.equal(again.body.Name, 'Acme 2');
  assert.equal(again.body.NumberOfEmployees, null);
  assert.match(String(again.body.CreatedDate), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
  assert.equal((await call('DELETE', path)).status, 204);
  for (const gone of [await call('GET', path), await call('PATCH', path, { Name: 'x' }), await call('DELETE', path)]) {
    assert.equal(gone.status, 404);
    assert.deepEqual(gone.body, [{ message: 'entity is deleted', errorCode: 'ENTITY_IS_DELETED' }]);
  }
  const never = await call('GET', '/sobjects/Account/001000000099999AAA');
  assert.deepEqual(never.body, [{ message: 'The requested resource does not exist', errorCode: 'NOT_FOUND' }]);
});

test('errors of a save are the platform’s array', async (t) => {
  const { call } = await apiClient(t);
  const missing = await call('POST', '/sobjects/Opportunity', { Name: 'x', StageName: 'Prospecting' });
  assert.equal(missing.status, 400);
  assert.deepEqual(missing.body, [
    { message: 'Required fields are missing: [CloseDate]', errorCode: 'REQUIRED_FIELD_MISSING', fields: ['CloseDate'] },
  ]);
  const unknown = await call<{ errorCode: string; message: string }[]>('POST', '/sobjects/Account', { Nmae: 'x' });
  assert.equal(unknown.status, 400);
  assert.equal(unknown.body[0]?.errorCode, 'INVALID_FIELD');
  assert.equal(unknown.body[0].message, "No such column 'Nmae' on sobject of type Account");
  assert.equal((await call('POST', '/sobjects/Nothing', {})).status, 404);
  const broken = await call<{ errorCode: string }[]>('POST', '/sobjects/Account', '{"Name":', {
    'content-type': 'application/json',
  });
  assert.equal(broken.status, 400);
  assert.equal(broken.body[0]?.errorCode, 'JSON_PARSER_ERROR');
});

test('a query comes in pages, and only its user may turn them', async (t) => {
  const { call } = await apiClient(t);
  const records = Array.from({ length: 200 }, (_, index) => ({
    attributes: { type: 'Account' },
    Name: `A${String(index)}`,
  }));
  for (let round = 0; round < 2; round++)
    assert.equal((await call('POST', '/composite/sobjects', { records })).status, 200);
  interface Page {
    totalSize: number;
    done: boolean;
    nextRecordsUrl?: string;
    records: unknown[];
  }
  const soql = encodeURIComponent('SELECT Name FROM Account');
  const first = await call<Page>('GET', `/query?q=${soql}`, undefined, { 'sforce-query-options': 'batchSize=300' });
  assert.equal(first.body.totalSize, 400);
  assert.equal(first.body.done, false);
  assert.equal(first.body.records.length, 300);
  assert.match(first.body.nextRecordsUrl ?? '', /^\/services\/data\/v67\.0\/query\/01g\w{15}-300$/);
  const next = first.body.nextRecordsUrl?.replace('/services/data/v67.0', '') ?? '';
  const last = await call<Page>('GET', next, undefined, { 'sforce-query-options': 'batchSize=300' });
  assert.deepEqual([last.body.totalSize, last.body.done, last.body.records.length], [400, true, 100]);
  const wrong = await call<{ errorCode: string }[]>('GET', '/query/01g000000000099AAA-2000');
  assert.equal(wrong.body[0]?.errorCode, 'INVALID_QUERY_LOCATOR');
});

test('parents, children, counts and columns=true', async (t) => {
  const { call, create, query } = await apiClient(t);
  const AccountId = await create('Account', { Name: 'Acme' });
  await create('Contact', { LastName: 'Doe', AccountId });
  const [contact] = await query('SELECT LastName, Account.Name, Account.Owner.Name FROM Contact');
  assert.equal((contact?.Account as { Name: string }).Name, 'Acme');
  const [account] = await query('SELECT Name, (SELECT LastName FROM Contacts) FROM Account');
  assert.equal((account?.Contacts as { totalSize: number }).totalSize, 1);
  const count = await call('GET', `/query?q=${encodeURIComponent('SELECT COUNT() FROM Contact')}`);
  assert.deepEqual(count.body, { totalSize: 1, done: true, records: [] });
  const soql = encodeURIComponent(
    'SELECT Id, Account.Name, Account.Owner.Name, (SELECT Subject FROM Tasks) FROM Contact',
  );
  const columns = await call<{
    columnMetadata: { columnName: string; aggregate: boolean; joinColumns: { columnName: string }[] }[];
  }>('GET', `/query?columns=true&q=${soql}`);
  const shape = columns.body.columnMetadata.map(({ columnName, aggregate, joinColumns }) => [
    columnName,
    aggregate,
    joinColumns.map((column) => column.columnName),
  ]);
  assert.deepEqual(shape, [
    ['Id', false, []],
    ['Account', false, ['Name', 'Owner']],
    ['Tasks', true, ['Subject']],
  ]);
});

test('describe has what data loaders read', async (t) => {
  const { call } = await apiClient(t);
  const { body } = await call<{
    fields: Record<string, unknown>[];
    recordTypeInfos: Record<string, unknown>[];
    childRelationships: { relationshipName: string; childSObject: string; field: string }[];
  }>('GET', '/sobjects/Opportunity/describe');
  const field = (name: string) => body.fields.find((one) => one.name === name);
  assert.equal(field('StageName')?.type, 'picklist');
  assert.ok((field('StageName')?.picklistValues as { value: string }[]).some(({ value }) => value === 'Closed Won'));
  assert.deepEqual(field('AccountId')?.referenceTo, ['Account']);
  assert.equal(field('AccountId')?.relationshipName, 'Account');
  assert.equal(field('Id')?.soapType, 'tns:ID');
  const master = body.recordTypeInfos.find(({ master }) => master === true);
  assert.equal(master?.recordTypeId, '012000000000000AAA');
  assert.equal(master.available, true);
  assert.ok(body.childRelationships.some((one) => one.relationshipName === 'OpportunityContactRoles'));
  const global = await call<{ sobjects: { name: string }[] }>('GET', '/sobjects');
  assert.ok(global.body.sobjects.some(({ name }) => name === 'Opportunity'));
});

test('what is not there is refused by name', async (t) => {
  const { call } = await apiClient(t);
  const { status, body } = await call<{ message: string }[]>('GET', '/search?q=x');
  assert.equal(status, 403);
  assert.equal(body[0]?.message, 'The local org does not support SOSL search.');
  const layouts = await call<{ message: string }[]>('GET', '/sobjects/Account/describe/layouts');
  assert.deepEqual(layouts.body[0]?.message, "The local org does not support describing an object's layouts.");
});

test('a full disk is one clear error, nothing is kept, and the org serves on', async (t) => {
  const { call, query, running } = await apiClient(t);
  const { page_count } = running.org.database.prepare('PRAGMA page_count').get() as { page_count: number };
  running.org.database.exec(`PRAGMA max_page_count = ${String(page_count)}`);
  const Description = 'x'.repeat(30_000);
  const records = Array.from({ length: 200 }, () => ({ attributes: { type: 'Account' }, Name: 'Large', Description }));
  const { status, body } = await call<{ errorCode: string; message: string }[]>('POST', '/composite/sobjects', {
    records,
  });
  assert.equal(status, 400);
  assert.equal(body[0]?.errorCode, 'STORAGE_LIMIT_EXCEEDED');
  assert.match(body[0].message, /the disk is full/);
  running.org.database.exec('PRAGMA max_page_count = 1000000');
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
});

test('a POST may stand for another method', async (t) => {
  const { call, create, query } = await apiClient(t);
  const id = await create('Account', { Name: 'Acme' });
  const path = `/sobjects/Account/${id}`;
  assert.equal((await call('POST', `${path}?_HttpMethod=PATCH`, { Name: 'Changed' })).status, 204);
  const read = await call('POST', `${path}?fields=Name&_HttpMethod=GET`);
  assert.deepEqual([read.status, read.body.Name], [200, 'Changed']);
  // "The _HttpMethod parameter is case-sensitive."
  assert.equal((await call('POST', `${path}?_HttpMethod=patch`, {})).status, 405);
  assert.equal((await call('PATCH', `${path}?_HttpMethod=DELETE`, {})).status, 204);
  assert.equal((await query('SELECT Id FROM Account')).length, 1);
  assert.equal((await call('POST', `${path}?_HttpMethod=DELETE`)).status, 204);
  assert.deepEqual(await query('SELECT Id FROM Account'), []);
});

test('a standard field with idLookup works where an external id does', async (t) => {
  const { call, create, query } = await apiClient(t);
  const id = await create('Contact', { LastName: 'Doe', Email: 'doe@example.com' });
  const path = '/sobjects/Contact/Email/doe@example.com';
  assert.equal((await call('GET', path)).body.Id, id);
  const changed = await call('PATCH', path, { LastName: 'Changed' });
  assert.deepEqual([changed.status, changed.body.id], [200, id]);
  assert.equal((await call('PATCH', '/sobjects/Contact/Email/new@example.com', { LastName: 'New' })).status, 201);
  const [admin] = await query('SELECT Id, Username FROM User LIMIT 1');
  await create('Account', { Name: 'Named', Owner: { Username: admin?.Username } });
  const [account] = await query("SELECT OwnerId FROM Account WHERE Name = 'Named'");
  assert.equal(account?.OwnerId, admin?.Id);
  const { body } = await call<{ fields: { name: string; idLookup: boolean }[] }>('GET', '/sobjects/Contact/describe');
  assert.deepEqual(
    body.fields
      .filter(({ idLookup }) => idLookup)
      .map(({ name }) => name)
      .sort(),
    ['Email', 'Id'],
  );
  assert.equal((await call('GET', '/sobjects/Contact/LastName/New')).status, 404);
});
