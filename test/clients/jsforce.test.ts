import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { isolateThisProcess, servedOrg } from './client-org.ts';

isolateThisProcess(mkdtempSync(join(tmpdir(), 'waterfall-jsforce-')));
const { Connection } = await import('@jsforce/jsforce-node');

async function connect(t: TestContext) {
  const { url, token } = await servedOrg(t);
  return new Connection({ instanceUrl: url, accessToken: token, version: '67.0' });
}

test('identity, query with autoFetch and CRUD', async (t) => {
  const conn = await connect(t);
  const { user_id, username } = await conn.identity();
  const {
    records: [user],
  } = await conn.query<{ Username: string }>(`SELECT Username FROM User WHERE Id = '${user_id}'`);
  assert.equal(user?.Username, username);
  const created = await conn.sobject('Account').create({ Name: 'Acme' });
  assert.ok(created.success);
  await conn.sobject('Account').update({ Id: created.id, Industry: 'Energy' });
  assert.equal((await conn.sobject('Account').retrieve(created.id)).Industry, 'Energy');
  await conn.sobject('Account').destroy(created.id);
  await assert.rejects(conn.sobject('Account').retrieve(created.id), { errorCode: 'ENTITY_IS_DELETED' });
  await assert.rejects(conn.sobject('Opportunity').create({ Name: 'x' }), { errorCode: 'REQUIRED_FIELD_MISSING' });
  await assert.rejects(async () => conn.query('SELECT Nothing FROM Account'), { errorCode: 'INVALID_FIELD' });
});

test('collections of more than 200 records, and all pages of them', async (t) => {
  const conn = await connect(t);
  const accounts = Array.from({ length: 2100 }, (_, index) => ({ Name: `A${String(index)}` }));
  const results = await conn.sobject('Account').create(accounts, { allowRecursive: true });
  assert.equal(results.filter(({ success }) => success).length, 2100);
  const { records } = await conn.query('SELECT Id FROM Account', { autoFetch: true, maxFetch: 5000 });
  assert.equal(records.length, 2100);
});

test('metadata is upserted, listed, read and deleted', async (t) => {
  const conn = await connect(t);
  const field = { fullName: 'Opportunity.Z__c', label: 'Z', type: 'Checkbox', defaultValue: 'false' };
  const bad = { fullName: 'Opportunity.Bad__c', label: 'B', type: 'Text' };
  const results = await conn.metadata.upsert('CustomField', [field, bad]);
  assert.deepEqual(
    results.map(({ fullName, success }) => [fullName, success]),
    [
      ['Opportunity.Z__c', true],
      ['Opportunity.Bad__c', false],
    ],
  );
  const listed = await conn.metadata.list([{ type: 'CustomField' }], '67.0');
  assert.deepEqual(
    listed.map(({ fullName }) => fullName),
    ['Opportunity.Z__c'],
  );
  const [read, none] = await conn.metadata.read('CustomField', ['Opportunity.Z__c', 'Opportunity.None__c']);
  assert.equal(read?.label, 'Z');
  assert.equal(none?.fullName, undefined);
  // Nobody has been granted the new field yet, not even the administrator.
  assert.ok(!(await conn.describe('Opportunity')).fields.some(({ name }) => name === 'Z__c'));
  const deleted = await conn.metadata.delete('CustomField', ['Opportunity.Z__c']);
  assert.equal(deleted[0]?.success, true);
  const { metadataObjects } = await conn.metadata.describe('67.0');
  assert.ok(metadataObjects.some(({ xmlName }) => xmlName === 'Flow'));
});

test('Bulk API 2.0 loads and queries', async (t) => {
  const conn = await connect(t);
  conn.bulk2.pollInterval = 20;
  conn.bulk2.pollTimeout = 20_000;
  const input = [
    { Name: 'One', Industry: 'Energy' },
    { Name: '', Industry: 'Energy' },
    { Name: 'Three, "quoted"', Industry: '' },
  ];
  const { successfulResults, failedResults } = await conn.bulk2.loadAndWaitForResults({
    object: 'Account',
    operation: 'insert',
    input,
  });
  assert.equal(successfulResults.length, 2);
  assert.match(
    String(failedResults[0]?.sf__Error),
    /^REQUIRED_FIELD_MISSING:Required fields are missing: \[Name\]:Name --$/,
  );
  const stream = await conn.bulk2.query('SELECT Name, Industry FROM Account ORDER BY Name');
  const rows: unknown[] = await stream.toArray();
  assert.deepEqual(rows, [
    { Name: 'One', Industry: 'Energy' },
    { Name: 'Three, "quoted"', Industry: '' },
  ]);
});

test('SOAP: login, user info, lead conversion and faults', async (t) => {
  const { url, token } = await servedOrg(t);
  const conn = new Connection({ loginUrl: url, instanceUrl: url, version: '67.0' });
  const { id } = await conn.login('admin@waterfall.local', token);
  assert.equal((await conn.soap.getUserInfo()).userId, id);
  const lead = await conn.sobject('Lead').create({ LastName: 'Fry', Company: 'Planet Express' });
  const { leadId, accountId, contactId, opportunityId, success } = await conn.soap.convertLead({
    leadId: String(lead.id),
    convertedStatus: 'Closed - Converted',
    opportunityName: 'Delivery',
  });
  assert.ok(success);
  const converted = await conn.sobject('Lead').retrieve(String(leadId));
  assert.deepEqual(
    [converted.ConvertedAccountId, converted.ConvertedContactId, converted.ConvertedOpportunityId],
    [accountId, contactId, opportunityId],
  );
  const [again] = await conn.soap.convertLead([{ leadId: String(lead.id), convertedStatus: 'Closed - Converted' }]);
  assert.equal(again?.success, false);
  await assert.rejects(conn.soap.merge({ recordToMergeIds: [] }), {
    errorCode: 'sf:FUNCTIONALITY_NOT_ENABLED',
    message: /merging records/,
  });
  const stranger = new Connection({ loginUrl: url, version: '67.0' });
  await assert.rejects(stranger.login('admin@waterfall.local', 'wrong'), /INVALID_LOGIN/);
});
