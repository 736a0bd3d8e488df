import assert from 'node:assert/strict';
import test from 'node:test';
import { apiClient } from './api-client.ts';

interface Defaults {
  readonly record: { readonly id: null; readonly fields: Record<string, { readonly value: unknown } | undefined> };
  readonly layout: { readonly mode: string };
  readonly objectInfos: Record<string, unknown>;
}

test('defaults for a new record and for a copy', async (t) => {
  const { call, create, query } = await apiClient(t);
  const [user] = await query<{ Id: string }>("SELECT Id FROM User WHERE Username = 'admin@waterfall.local'");
  const fresh = await call<Defaults>(
    'GET',
    '/ui-api/record-defaults/create/Opportunity?optionalFields=Opportunity.OwnerId',
  );
  assert.equal(fresh.status, 200);
  assert.equal(fresh.body.record.id, null);
  assert.equal(fresh.body.record.fields['OwnerId']?.value, user?.Id);
  assert.equal(fresh.body.record.fields['Name']?.value, null);
  assert.deepEqual([fresh.body.layout.mode, Object.keys(fresh.body.objectInfos)], ['Create', ['Opportunity']]);
  const id = await create('Opportunity', { Name: 'Deal', StageName: 'Qualification', CloseDate: '2030-01-01' });
  const copy = await call<Defaults>('GET', `/ui-api/record-defaults/clone/${id}`);
  assert.deepEqual(
    ['Name', 'StageName', 'CloseDate'].map((name) => copy.body.record.fields[name]?.value),
    ['Deal', 'Qualification', '2030-01-01'],
  );
  const wrong = await call('GET', '/ui-api/record-defaults/create/Opportunity?recordTypeId=012000000000999AAA');
  assert.equal(wrong.status, 400);
  assert.equal((await call('GET', '/ui-api/record-defaults/create/Nothing')).status, 404);
});

test('lookups are searched by name, page by page', async (t) => {
  const { call, create } = await apiClient(t);
  for (const Name of ['Acme', 'Acme Two', 'Other']) await create('Account', { Name });
  interface Page {
    count: number;
    nextPageToken: string | null;
    records: { fields: { Name: { value: string } } }[];
  }
  const first = await call<Page>('GET', '/ui-api/lookups/Opportunity/AccountId?q=acme&pageSize=1');
  assert.deepEqual(
    [first.body.nextPageToken, first.body.records.map(({ fields }) => fields.Name.value)],
    ['1', ['Acme']],
  );
  const last = await call<Page>('GET', '/ui-api/lookups/Opportunity/AccountId/Account?q=acme&pageSize=1&page=1');
  assert.deepEqual(
    [last.body.nextPageToken, last.body.records.map(({ fields }) => fields.Name.value)],
    [null, ['Acme Two']],
  );
  assert.equal((await call('GET', '/ui-api/lookups/Opportunity/Name?q=a')).status, 400);
  assert.equal((await call('GET', '/ui-api/lookups/Opportunity/AccountId?pageSize=x')).status, 400);
});

test('navigation items are the tabs of the first app', async (t) => {
  const { call } = await apiClient(t);
  interface Items {
    navItems: { developerName: string; content: string; objectApiName: string | null }[];
  }
  const { body } = await call<Items>('GET', '/ui-api/nav-items');
  const opportunities = body.navItems.find(({ objectApiName }) => objectApiName === 'Opportunity');
  assert.equal(opportunities?.content, '/lightning/o/Opportunity/home');
  const apps = await call<{ apps: { selected: boolean; navItems: unknown[] }[] }>('GET', '/ui-api/apps');
  assert.deepEqual(apps.body.apps.find(({ selected }) => selected)?.navItems, body.navItems);
});
