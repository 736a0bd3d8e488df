import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunningOrg } from '../../../local-org/start-local-org.ts';
import { orgClient } from '../../browser/org-client.ts';
import { waterfallOrg } from '../../browser/waterfall-org.ts';
import type { Answer } from './api-client.ts';

interface ListReference {
  readonly id: string | null;
  readonly listViewApiName: string;
}
interface Page {
  readonly count: number;
  readonly currentPageToken: string;
  readonly nextPageToken: string | null;
  readonly previousPageToken: string | null;
  readonly listReference: ListReference;
  readonly records: readonly { readonly id: string; readonly fields: Record<string, { readonly value: unknown }> }[];
}
type RestErrors = readonly { readonly errorCode: string; readonly message: string }[];

let org: RunningOrg;
let accountId: string;
const V = '/services/data/v67.0/ui-api';
const DEALS = ['A', 'B', 'C', 'D', 'E'];

const get: <Body>(path: string) => Promise<Answer<Body>> = async (path) => {
  const headers = { authorization: `Bearer ${org.token}` };
  const answer = await org.server.http.inject({ method: 'GET', url: V + path, headers });
  return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
};

const refusal = async (path: string): Promise<readonly [number, string | undefined]> => {
  const { status, body } = await get<RestErrors>(path);
  return [status, body[0]?.errorCode];
};

before(async () => {
  org = await waterfallOrg();
  const client = orgClient(org);
  accountId = await client.create('Account', { Name: 'Northwind' });
  for (const Name of DEALS) {
    await client.create('Opportunity', {
      Name,
      AccountId: accountId,
      RecordTypeId: client.recordType('Acquisition'),
      StageName: 'Targeted',
      CloseDate: '2099-03-31',
    });
  }
});
after(() => org.close());

test('a list view is found by name and by id, and shows the same', async () => {
  const summary = await get<{ lists: { apiName: string; label: string; listReference: ListReference }[] }>(
    '/list-info/Opportunity',
  );
  const view = summary.body.lists.find(({ apiName }) => apiName === 'Waterfall_Acquisition_Open');
  assert.match(view?.listReference.id ?? '', /^00B\w{15}$/);
  const id = String(view?.listReference.id);
  const byName = await get<{ displayColumns: { fieldApiName: string }[] }>(
    '/list-info/Opportunity/Waterfall_Acquisition_Open',
  );
  assert.deepEqual((await get(`/list-info/${id}`)).body, byName.body);
  assert.ok(byName.body.displayColumns.some(({ fieldApiName }) => fieldApiName === 'Account.Name'));
  const records = await get<Page>('/list-records/Opportunity/Waterfall_Acquisition_Open?sortBy=Opportunity.Name');
  assert.deepEqual(
    records.body.records.map(({ fields }) => fields['Name']?.value),
    DEALS,
  );
  assert.deepEqual((await get(`/list-records/${id}?sortBy=Opportunity.Name`)).body, records.body);
  // Fifteen characters name it as well.
  assert.equal((await get(`/list-records/${id.slice(0, 15)}`)).status, 200);
});

test('a list view has pages; what no page gave as its token is refused', async () => {
  const path = '/list-records/Opportunity/Waterfall_Acquisition_Open?sortBy=-Opportunity.Name&pageSize=2';
  const seen: unknown[] = [];
  const tokens: unknown[] = [];
  for (let token: string | null = '0'; token !== null;) {
    const { body }: Answer<Page> = await get<Page>(`${path}&pageToken=${token}`);
    seen.push(...body.records.map(({ fields }) => fields['Name']?.value));
    tokens.push([body.previousPageToken, body.currentPageToken, body.nextPageToken, body.count]);
    token = body.nextPageToken;
  }
  assert.deepEqual(seen, DEALS.toReversed());
  assert.deepEqual(tokens, [
    [null, '0', '2', 2],
    ['0', '2', '4', 2],
    ['2', '4', null, 1],
  ]);
  assert.deepEqual(await refusal(`${path}&pageToken=x`), [400, 'INVALID_PARAMETER_VALUE']);
  const all = '/list-records/Opportunity/AllOpportunities';
  assert.deepEqual(await refusal(`${all}?pageSize=2001`), [400, 'INVALID_PARAMETER_VALUE']);
  assert.deepEqual(await refusal(`${all}?sortBy=Opportunity.Nope`), [400, 'INVALID_FIELD']);
  assert.deepEqual(await refusal(`${all}?fields=Opportunity.Nope`), [400, 'INVALID_FIELD']);
});

const HANDSHAKE_COLUMNS = [
  ...['Name', 'Opportunity__r.Name', 'Stage__c', 'From_Function__c', 'To_Function__c', 'Outcome__c', 'Due_At__c'],
  ...['Breached__c', 'Owner.Name'],
];

test("a custom object's first list view is the deployed one of all records; lookups stand there by name", async () => {
  const { body } = await get<{ lists: { apiName: string }[] }>('/list-info/Handshake__c');
  assert.deepEqual(
    body.lists.map(({ apiName }) => apiName),
    ['All', 'MyHandshakes', 'My_Pending', 'Overdue'],
  );
  const columnsOf = async (view: string): Promise<(readonly [string, string])[]> => {
    const info = await get<{ displayColumns: { fieldApiName: string; label: string }[] }>(
      `/list-info/Handshake__c/${view}`,
    );
    return info.body.displayColumns.map(({ fieldApiName, label }) => [fieldApiName, label] as const);
  };
  const all = await columnsOf('All');
  assert.deepEqual(
    all.map(([path]) => path),
    HANDSHAKE_COLUMNS,
  );
  assert.deepEqual([all[0]?.[1], all[1]?.[1], all[8]?.[1]], ['Handshake Number', 'Opportunity', 'Owner Name']);
  assert.deepEqual(await columnsOf('MyHandshakes'), all);
});

test('handshakes show people and opportunities by name, in list views and in related lists', async () => {
  interface Named {
    readonly records: readonly {
      readonly fields: Record<string, { readonly displayValue: string | null; readonly value: unknown } | undefined>;
    }[];
  }
  const client = orgClient(org);
  const opportunity = await client.create('Opportunity', {
    ...{ Name: 'Handed Over', RecordTypeId: client.recordType('Acquisition') },
    AccountId: await client.create('Account', { Name: 'Contoso' }),
    ...{ StageName: 'Engaged', CloseDate: '2099-03-31' },
  });
  await client.update('Opportunity', opportunity, { StageName: 'Prioritized' });
  const all = await get<Named>('/list-records/Handshake__c/All');
  const [fields] = all.body.records.map((record) => record.fields);
  assert.ok(fields);
  assert.match(String(fields['Name']?.value), /^H-\d{6}$/);
  assert.equal(fields['Opportunity__r']?.displayValue, 'Handed Over');
  assert.equal(fields['Owner']?.displayValue, 'Local Admin');

  const recordTypeId = client.recordType('Acquisition');
  const lists = await get<{
    relatedLists: { relatedListId: string; displayColumns: { fieldApiName: string; label: string }[] }[];
  }>(`/related-list-info/Opportunity?recordTypeId=${recordTypeId}`);
  const list = lists.body.relatedLists.find(({ relatedListId }) => relatedListId === 'Handshakes__r');
  assert.deepEqual(
    list?.displayColumns.map(({ fieldApiName, label }) => [fieldApiName, label]),
    [
      ['Name', 'Handshake Number'],
      ['Stage__c', 'Stage'],
      ['To_User__r.Name', 'To User'],
      ['Outcome__c', 'Outcome'],
      ['Reason__c', 'Reason'],
      ['Due_At__c', 'Due At'],
      ['Answered_At__c', 'Answered At'],
    ],
  );
  const related = await get<Named>(
    `/related-list-records/${opportunity}/Handshakes__r?fields=Handshake__c.To_User__r.Name`,
  );
  assert.equal(related.body.records[0]?.fields['To_User__r']?.displayValue, 'Local Admin');
});

test('list views that are not there are 404', async () => {
  for (const path of ['Opportunity/Nope', '00B000000000999AAA', 'Nope', 'Nope/All'])
    for (const resource of ['list-info', 'list-records'])
      assert.equal((await refusal(`/${resource}/${path}`))[0], 404, `${resource}/${path}`);
});

test('a related list has pages in the order asked for', async () => {
  const path = `/related-list-records/${accountId}/Opportunities?fields=Opportunity.Name&pageSize=3`;
  const first = await get<Page>(`${path}&sortBy=-Opportunity.Name`);
  const names = ({ body }: Answer<Page>): unknown[] => body.records.map(({ fields }) => fields['Name']?.value);
  assert.deepEqual(names(first), ['E', 'D', 'C']);
  assert.deepEqual([first.body.count, first.body.nextPageToken, first.body.previousPageToken], [3, '3', null]);
  const second = await get<Page>(`${path}&sortBy=-Opportunity.Name&pageToken=3`);
  assert.deepEqual(names(second), ['B', 'A']);
  assert.deepEqual([second.body.count, second.body.nextPageToken, second.body.previousPageToken], [2, null, '0']);
  const behind = await get<Page>(`${path}&pageToken=6`);
  assert.deepEqual([behind.status, behind.body.count, behind.body.nextPageToken], [200, 0, null]);
  assert.deepEqual(await refusal(`${path}&pageToken=-1`), [400, 'INVALID_PARAMETER_VALUE']);
  assert.deepEqual(await refusal(`${path}&sortBy=Nope`), [400, 'INVALID_FIELD']);
  assert.deepEqual(await refusal(`/related-list-records/001000000000999AAA/Opportunities`), [404, 'NOT_FOUND']);
});

test('defaults for a new record follow the record type; a copy takes over what was set', async () => {
  interface Defaults {
    readonly layout: { readonly mode: string; readonly recordTypeId: string };
    readonly objectInfos: Record<string, { readonly apiName: string }>;
    readonly record: {
      readonly id: null;
      readonly recordTypeId: string;
      readonly fields: Record<string, { readonly value: unknown } | undefined>;
    };
  }
  const client = orgClient(org);
  const renewal = client.recordType('Renewal');
  const own = await get<Defaults>('/record-defaults/create/Opportunity');
  assert.equal(own.body.record.recordTypeId, client.recordType('Acquisition'));
  const { status, body } = await get<Defaults>(`/record-defaults/create/Opportunity?recordTypeId=${renewal}`);
  assert.equal(status, 200);
  assert.deepEqual(
    [body.record.id, body.record.recordTypeId, body.layout.mode, body.objectInfos['Opportunity']?.apiName],
    [null, renewal, 'Create', 'Opportunity'],
  );
  assert.ok('StageName' in body.record.fields && 'Name' in body.record.fields);
  const source = await client.create('Opportunity', {
    ...{ Name: 'Source', AccountId: accountId, RecordTypeId: renewal, NextStep: 'Call' },
    ...{ StageName: 'Renewal Scheduled', CloseDate: '2099-01-01' },
  });
  const copy = await get<Defaults>(`/record-defaults/clone/${source}?optionalFields=Opportunity.NextStep`);
  assert.deepEqual(
    [copy.body.record.id, copy.body.record.recordTypeId, copy.body.record.fields['NextStep']?.value],
    [null, renewal, 'Call'],
  );
  assert.equal((await refusal('/record-defaults/clone/006000000000999AAA'))[0], 404);
  const other = await refusal('/record-defaults/create/Opportunity?recordTypeId=012000000000999AAA');
  assert.deepEqual(other, [400, 'ILLEGAL_QUERY_PARAMETER_VALUE']);
});
