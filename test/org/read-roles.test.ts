/** Roles and their users as a local org answers. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readRoles } from '../../scripts/org/read-roles.ts';
import type { OrgRecord } from '../../scripts/org/types.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

let connected: ConnectedOrg;
before(async () => {
  connected = await connectedLocalOrg();
});
after(() => connected.close());

const create = async (object: string, record: OrgRecord): Promise<string> => {
  const [outcome] = await connected.org.create(object, [record]);
  assert.deepEqual(outcome?.errors, []);
  return outcome.id!;
};

test('active users are counted, and of several roles of one name the oldest', async () => {
  const { org } = connected;
  const [profile] = await org.query<{ readonly Id: string }>("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  const hire = (name: string, UserRoleId: string, IsActive: boolean): Promise<string> =>
    create('User', {
      ...{ Username: `${name}@roles.example`, LastName: name, Alias: name, Email: `${name}@roles.example` },
      ...{ TimeZoneSidKey: 'Europe/Berlin', LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US' },
      ...{ EmailEncodingKey: 'UTF-8', ProfileId: profile!.Id, UserRoleId, IsActive },
    });
  const oldest = await create('UserRole', { Name: 'Account Executive', DeveloperName: 'AE' });
  const younger = await create('UserRole', { Name: 'Account Executive', DeveloperName: 'AE_EMEA' });
  await create('UserRole', { Name: "Head of 'Sales'", DeveloperName: 'Head' });
  await hire('left', oldest, false);
  await hire('younger', younger, true);
  const named = ['Account executive', "Head of 'Sales'", 'Nobody'];
  const read = async () => (await readRoles(org, named)).map(({ name, activeUsers }) => `${name}: ${activeUsers}`);
  assert.deepEqual((await read()).toSorted(), ['Account Executive: 0', "Head of 'Sales': 0"]);
  await hire('first', oldest, true);
  await hire('second', oldest, true);
  assert.deepEqual((await read()).toSorted(), ['Account Executive: 2', "Head of 'Sales': 0"]);
  assert.deepEqual(await readRoles(org, []), []);
});
