import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PageContext } from '../../local-org/lightning/page/page-context.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { orgClient } from '../browser/org-client.ts';
import { addUser, type SampleUser } from '../browser/sample-user.ts';
import { waterfallOrg } from '../browser/waterfall-org.ts';

// The shapes differ by resource; each test asserts what it reads.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Body = any;

describe('the UI API under access control', { timeout: 60_000 }, () => {
  let org: RunningOrg;
  let seller: SampleUser;
  let outsider: SampleUser;
  let opportunityId: string;
  let recordTypeId: string;

  before(async () => {
    org = await waterfallOrg();
    const timeZone = 'America/New_York';
    seller = addUser(org, 'Sam Seller', { timeZone, permissionSets: ['Waterfall_Sales'] });
    outsider = addUser(org, 'Olga Outsider', { timeZone });
    const client = orgClient(org);
    recordTypeId = client.recordType('Acquisition');
    opportunityId = await client.create('Opportunity', {
      Name: 'Northwind: Analytics Cloud',
      RecordTypeId: recordTypeId,
      StageName: 'Discovery',
      CloseDate: '2030-03-31',
      Amount: 84_000,
    });
  });
  after(() => org.close());

  const call = async (user: SampleUser, path: string, fields?: Readonly<Record<string, unknown>>): Promise<Body> => {
    const response = await fetch(`${org.url}/services/data/v66.0/ui-api${path}`, {
      method: fields ? 'PATCH' : 'GET',
      headers: { authorization: `Bearer ${user.token}`, 'content-type': 'application/json' },
      ...(fields ? { body: JSON.stringify({ fields }) } : {}),
    });
    return response.json();
  };
  const record = (user: SampleUser, query: string): Promise<Body> => call(user, `/records/${opportunityId}?${query}`);

  it('tells of a field what the user may do with it, and of a hidden one nothing', async () => {
    const ofSeller = await call(seller, '/object-info/Opportunity');
    assert.equal(ofSeller.fields.Discovery_Date__c.updateable, false);
    assert.equal(ofSeller.fields.Discovery_Date__c.createable, false);
    assert.equal(ofSeller.fields.Solution__c.updateable, true);
    assert.equal(ofSeller.recordTypeInfos[recordTypeId].available, true);
    const ofOutsider = await call(outsider, '/object-info/Opportunity');
    assert.equal(ofOutsider.fields.Discovery_Date__c, undefined);
    assert.equal(ofOutsider.fields.StageName.updateable, true);
    assert.equal(ofOutsider.recordTypeInfos[recordTypeId].available, false);
  });

  it('has tabs of the objects that the user sees, deployed ones last', async () => {
    const tabsOf = async (user: SampleUser): Promise<readonly string[]> => {
      const headers = { cookie: `sid=${user.token}` };
      const page = await (await fetch(`${org.url}/lightning/o/Opportunity/list`, { headers })).text();
      const context = /globalThis\.__lightning = (.*);<\/script>/.exec(page)?.[1] ?? '{}';
      return (JSON.parse(context) as PageContext).tabs.map(({ label }) => label);
    };
    const ofApp = ['Opportunities', 'Leads', 'Accounts', 'Contacts', 'Campaigns'];
    assert.deepEqual(await tabsOf(seller), [...ofApp, 'Handshakes']);
    assert.deepEqual(await tabsOf(outsider), ofApp);
  });

  it('leaves hidden fields out of records, and refuses who insists on one', async () => {
    const optional = 'optionalFields=Opportunity.StageName,Opportunity.Discovery_Date__c';
    assert.deepEqual(Object.keys((await record(seller, optional)).fields), ['Discovery_Date__c', 'StageName']);
    assert.deepEqual(Object.keys((await record(outsider, optional)).fields), ['StageName']);
    const [error] = await record(outsider, 'fields=Opportunity.Discovery_Date__c');
    assert.equal(error.errorCode, 'INVALID_FIELD');
  });

  it('leaves hidden fields out of layouts, and sections that have nothing else', async () => {
    const headings = async (user: SampleUser): Promise<string[]> =>
      (await call(user, `/layout/Opportunity?recordTypeId=${recordTypeId}`)).sections.map((each: Body) => each.heading);
    assert.ok((await headings(seller)).includes('Current Stage'));
    assert.ok(!(await headings(outsider)).includes('Current Stage'));
    const { fields } = await record(outsider, 'layoutTypes=Full');
    assert.ok('Amount' in fields && !('Stage_Entered_At__c' in fields));
  });

  it('shows list views without hidden columns, and not at all where they filter by a hidden field', async () => {
    const open = '/list-info/Opportunity/Waterfall_Acquisition_Open';
    const columns = async (user: SampleUser): Promise<string[]> =>
      (await call(user, open)).displayColumns.map((each: Body) => each.fieldApiName);
    assert.ok((await columns(seller)).includes('Stage_Entered_At__c'));
    assert.ok(!(await columns(outsider)).includes('Stage_Entered_At__c'));
    const overdue = '/list-records/Opportunity/Waterfall_Acquisition_Overdue';
    assert.ok('records' in (await call(seller, overdue)));
    const [error] = await call(outsider, overdue);
    assert.equal(error.errorCode, 'INSUFFICIENT_ACCESS');
    assert.match(error.message, /filters by a field that you have no access to/);
  });

  it('refuses to write what is read-only or hidden, under the field where there is one', async () => {
    const readOnly = await call(seller, `/records/${opportunityId}`, { Discovery_Date__c: '2020-01-01' });
    assert.equal(readOnly.output.fieldErrors.Discovery_Date__c[0].errorCode, 'INVALID_FIELD_FOR_INSERT_UPDATE');
    const hidden = await call(outsider, `/records/${opportunityId}`, { Discovery_Date__c: '2020-01-01' });
    assert.match(JSON.stringify(hidden), /No such column 'Discovery_Date__c'/);
    const saved = await call(seller, `/records/${opportunityId}`, { NextStep: 'Meet the buyer' });
    assert.equal(saved.fields.NextStep.value, 'Meet the buyer');
  });
});
