import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { orgClient } from '../browser/org-client.ts';
import { waterfallOrg } from '../browser/waterfall-org.ts';

interface Answer {
  readonly status: number;
  // The shapes differ by resource; each test asserts what it reads.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

describe('the UI API of the local org', { timeout: 60_000 }, () => {
  let org: RunningOrg;
  let accountId: string;
  let opportunityId: string;
  let recordTypeId: string;

  before(async () => {
    org = await waterfallOrg();
    const client = orgClient(org);
    recordTypeId = client.recordType('Acquisition');
    accountId = await client.create('Account', { Name: 'Northwind Traders' });
    opportunityId = await client.create('Opportunity', {
      Name: 'Northwind: Analytics Cloud',
      AccountId: accountId,
      RecordTypeId: recordTypeId,
      StageName: 'Targeted',
      CloseDate: '2030-03-31',
      Amount: 84_000.5,
    });
  });

  after(() => org.close());

  const call = async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await fetch(`${org.url}/services/data/v66.0/ui-api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${org.token}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  };

  describe('records', () => {
    it('gives values raw and displayed, and parents nested', async () => {
      const fields =
        'Opportunity.Amount,Opportunity.CloseDate,Opportunity.StageName,Opportunity.Name,Opportunity.Account.Name';
      const { status, body } = await call(
        'GET',
        `/records/${opportunityId}?fields=${fields},Opportunity.RecordType.DeveloperName`,
      );
      assert.equal(status, 200);
      assert.deepEqual(body.fields.Amount, { displayValue: '$84,000.5', value: 84_000.5 });
      assert.deepEqual(body.fields.CloseDate, { displayValue: '3/31/2030', value: '2030-03-31' });
      assert.deepEqual(body.fields.StageName, { displayValue: 'Targeted', value: 'Targeted' });
      assert.deepEqual(body.fields.Name, { displayValue: null, value: 'Northwind: Analytics Cloud' });
      assert.equal(body.fields.Account.displayValue, 'Northwind Traders');
      assert.equal(body.fields.Account.value.fields.Name.value, 'Northwind Traders');
      assert.equal(body.fields.RecordType.value.fields.DeveloperName.value, 'Acquisition');
      assert.equal(body.recordTypeId, recordTypeId);
      assert.equal(body.recordTypeInfo.name, 'Acquisition');
    });

    it('leaves unknown optional fields out and refuses unknown required ones', async () => {
      const optional = await call(
        'GET',
        `/records/${opportunityId}?optionalFields=Opportunity.Name,Opportunity.Nope__c`,
      );
      assert.deepEqual(Object.keys(optional.body.fields), ['Name']);
      const required = await call('GET', `/records/${opportunityId}?fields=Opportunity.Nope__c`);
      assert.equal(required.status, 400);
      assert.equal(required.body[0].errorCode, 'INVALID_FIELD');
      assert.match(required.body[0].message, /Opportunity\.Nope__c/);
    });

    it('needs fields or a layout', async () => {
      assert.equal((await call('GET', `/records/${opportunityId}`)).status, 400);
    });

    it('answers 404 for records that are not there', async () => {
      for (const id of ['006000000000999AAA', 'nonsense', '00000000000000AAAA']) {
        assert.equal((await call('GET', `/records/${id}?fields=Opportunity.Name`)).status, 404, id);
      }
    });

    it('updates and answers with what automation made of it', async () => {
      const { status, body } = await call('PATCH', `/records/${opportunityId}`, { fields: { StageName: 'Detected' } });
      assert.equal(status, 200);
      assert.equal(body.fields.StageName.value, 'Detected');
      assert.equal(body.fields.Previous_Stage__c.value, 'Targeted');
      assert.match(body.fields.Detected_Date__c.value, /^\d{4}-\d{2}-\d{2}$/);
    });

    it('reports a validation rule under its field, and saves nothing', async () => {
      const { status, body } = await call('PATCH', `/records/${opportunityId}`, {
        fields: { StageName: 'Renewal Scheduled' },
      });
      assert.equal(status, 400);
      assert.equal(body.enhancedErrorType, 'RecordError');
      assert.deepEqual(body.output.errors, []);
      const [error] = body.output.fieldErrors.StageName ?? assert.fail(JSON.stringify(body));
      assert.equal(error.errorCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
      assert.equal(error.fieldLabel, 'Stage');
      assert.match(error.message, /does not belong to Acquisition/);
      const after = await call('GET', `/records/${opportunityId}?fields=Opportunity.StageName`);
      assert.equal(after.body.fields.StageName.value, 'Detected');
    });

    it('reports a missing required field on create', async () => {
      const { status, body } = await call('POST', '/records', { apiName: 'Opportunity', fields: { Name: 'Half' } });
      assert.equal(status, 400);
      const codes = [...body.output.errors, ...Object.values(body.output.fieldErrors).flat()].map(
        (each) => (each as { errorCode: string }).errorCode,
      );
      assert.ok(codes.includes('REQUIRED_FIELD_MISSING'), JSON.stringify(body));
    });

    it('does not overwrite what changed meanwhile', async () => {
      const headers = { 'if-unmodified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' };
      const { status } = await call('PATCH', `/records/${opportunityId}`, { fields: { NextStep: 'Late' } }, headers);
      assert.equal(status, 412);
    });

    it('creates and deletes', async () => {
      const created = await call('POST', '/records', { apiName: 'Account', fields: { Name: 'Short-lived' } });
      assert.equal(created.status, 201);
      assert.equal((await call('DELETE', `/records/${created.body.id}`)).status, 204);
      assert.equal((await call('GET', `/records/${created.body.id}?fields=Account.Name`)).status, 404);
    });

    it('refuses a body that is no record', async () => {
      assert.equal((await call('PATCH', `/records/${opportunityId}`, { StageName: 'Detected' })).status, 400);
      assert.equal((await call('POST', '/records', { apiName: 'Nope', fields: {} })).status, 404);
    });
  });

  describe('objects', () => {
    it('describes fields with their type and what may be done', async () => {
      const { body } = await call('GET', '/object-info/Opportunity');
      assert.equal(body.fields.StageName.dataType, 'Picklist');
      assert.equal(body.fields.StageName.updateable, true);
      assert.equal(body.fields.AccountId.relationshipName, 'Account');
      assert.deepEqual(body.nameFields, ['Name']);
      assert.equal(body.recordTypeInfos[recordTypeId].name, 'Acquisition');
      assert.equal((await call('GET', '/object-info/Nope')).status, 404);
    });

    it('offers the stages of a record type only', async () => {
      const { body } = await call('GET', `/object-info/Opportunity/picklist-values/${recordTypeId}/StageName`);
      const values = body.values.map(({ value }: { value: string }) => value);
      assert.equal(values[0], 'Targeted');
      assert.ok(!values.includes('Prospecting'));
      const won = body.values.find(({ value }: { value: string }) => value === 'Closed Won');
      assert.deepEqual(
        { closed: won.attributes.closed, won: won.attributes.won, probability: won.attributes.defaultProbability },
        { closed: true, won: true, probability: 100 },
      );
      const all = await call('GET', `/object-info/Opportunity/picklist-values/${recordTypeId}`);
      assert.deepEqual(all.body.picklistFieldValues.StageName.values.length, values.length);
    });

    it('refuses picklist values of other record types and fields', async () => {
      assert.equal(
        (await call('GET', '/object-info/Opportunity/picklist-values/012000000000999AAA/StageName')).status,
        400,
      );
      assert.equal((await call('GET', `/object-info/Opportunity/picklist-values/${recordTypeId}/Amount`)).status, 400);
    });
  });

  describe('layouts and lists', () => {
    it('gives the layout assigned to profile and record type', async () => {
      const { body } = await call('GET', `/layout/Opportunity?recordTypeId=${recordTypeId}`);
      const headings = body.sections.map(({ heading }: { heading: string }) => heading);
      assert.ok(headings.includes('Acquisition Stage Dates'), headings.join());
      const renewal = await call('GET', `/layout/Opportunity?recordTypeId=${orgClient(org).recordType('Renewal')}`);
      assert.ok(
        !renewal.body.sections.some(({ heading }: { heading: string }) => heading === 'Acquisition Stage Dates'),
      );
    });

    it('gives record, layouts and object info in one answer', async () => {
      const { body } = await call('GET', `/record-ui/${opportunityId}?layoutTypes=Compact,Full&modes=View`);
      assert.equal(body.records[opportunityId].fields.Name.value, 'Northwind: Analytics Cloud');
      assert.deepEqual(Object.keys(body.layouts.Opportunity[recordTypeId]).sort(), ['Compact', 'Full']);
      assert.equal(body.objectInfos.Opportunity.label, 'Opportunity');
    });

    it('reads related records page by page', async () => {
      const client = orgClient(org);
      const contactId = await client.create('Contact', { LastName: 'Ortiz', AccountId: accountId });
      await client.create('OpportunityContactRole', {
        OpportunityId: opportunityId,
        ContactId: contactId,
        Role: 'Champion',
      });
      const path = `/related-list-records/${opportunityId}/OpportunityContactRoles`;
      const { body } = await call(
        'GET',
        `${path}?fields=OpportunityContactRole.Contact.Name,OpportunityContactRole.Role`,
      );
      assert.equal(body.count, 1);
      assert.equal(body.records[0].fields.Contact.value.fields.Name.value, 'Ortiz');
      const posted = await call('POST', path, { fields: ['OpportunityContactRole.Role'], pageSize: 1 });
      assert.equal(posted.body.nextPageToken, null);
      assert.equal((await call('GET', `/related-list-records/${opportunityId}/Nopes`)).status, 400);
      assert.equal((await call('GET', `${path}?pageSize=0`)).status, 400);
    });

    it('lists the related lists of the layout', async () => {
      const { body } = await call('GET', `/related-list-info/Opportunity?recordTypeId=${recordTypeId}`);
      const ids = body.relatedLists.map(({ relatedListId }: { relatedListId: string }) => relatedListId);
      assert.ok(ids.includes('OpportunityContactRoles'), ids.join());
    });

    it('evaluates every list view that the package brings', async () => {
      const { body } = await call('GET', '/list-info/Opportunity');
      assert.ok(body.lists.length > 10);
      for (const { apiName } of body.lists as { apiName: string }[]) {
        const records = await call('GET', `/list-records/Opportunity/${apiName}`);
        assert.equal(records.status, 200, `${apiName}: ${JSON.stringify(records.body)}`);
        const found = records.body.records.some(({ id }: { id: string }) => id === opportunityId);
        assert.equal(
          found,
          ['AllOpportunities', 'MyOpportunities', 'Waterfall_Acquisition_Open'].includes(apiName),
          apiName,
        );
        assert.equal((await call('GET', `/list-info/Opportunity/${apiName}`)).status, 200);
      }
    });
  });

  it('needs a session, and names what it does not have', async () => {
    assert.equal((await fetch(`${org.url}/services/data/v66.0/ui-api/object-info/Opportunity`)).status, 401);
    assert.equal((await call('GET', '/favorites')).status, 404);
  });

  describe('Lightning pages', () => {
    const page = (path: string, session = true) =>
      fetch(org.url + path, {
        redirect: 'manual',
        headers: session ? { cookie: `sid=${encodeURIComponent(org.token)}` } : {},
      });

    it('says how to log in', async () => {
      const response = await page(`/lightning/r/Opportunity/${opportunityId}/view`, false);
      assert.equal(response.status, 401);
      assert.match(await response.text(), /You are not logged in/);
    });

    it('says that a page is not there', async () => {
      for (const path of [
        '/lightning/r/Opportunity/nonsense/view',
        `/lightning/r/Account/${opportunityId}/view`,
        '/lightning/o/Nope/list',
      ]) {
        assert.equal((await page(path)).status, 404, path);
      }
    });

    it('leads from the root to the opportunities', async () => {
      const response = await page('/');
      assert.equal(response.headers.get('location'), '/lightning/o/Opportunity/list');
    });

    it('serves the design system and nothing outside its folder', async () => {
      assert.equal((await page('/lightning/slds/styles/salesforce-lightning-design-system.min.css')).status, 200);
      for (const path of [
        '/lightning/slds/..%2fpackage.json',
        '/lightning/slds/../../../package.json',
        '/lightning/build/..%2f..%2f/app.js',
      ]) {
        assert.equal((await page(path)).status, 404, path);
      }
    });
  });
});
