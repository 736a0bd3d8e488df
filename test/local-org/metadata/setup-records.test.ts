import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSoql } from '../../../local-org/data/transaction.ts';
import {
  ADMINISTRATOR_PERMISSIONS,
  SYSTEM_PERMISSIONS,
} from '../../../local-org/metadata/base-org/system-permissions.ts';
import { standardObjects } from '../../../local-org/schema/standard-objects.ts';
import { deployFiles, file, openTestOrg, type TestOrg } from './deploy-helpers.ts';

const query = ({ org, admin }: TestOrg, soql: string): Record<string, unknown>[] =>
  org.transact(admin, (tx) => runSoql(tx, soql)).records.map((record) => ({ ...record.values }));

test('every system permission is a column of PermissionSet and Profile, and no other', () => {
  for (const object of ['PermissionSet', 'Profile']) {
    const columns = Object.keys(standardObjects().get(object)?.fields ?? {})
      .filter((name) => name.startsWith('Permissions'))
      .map((name) => name.slice('Permissions'.length));
    assert.deepEqual(columns, SYSTEM_PERMISSIONS);
  }
});

test("an administrator's permissions are found through the assignment of the profile's own permission set", () => {
  const scene = openTestOrg();
  const columns = SYSTEM_PERMISSIONS.map((name) => `Permissions${name}`).join(', ');
  const rows = query(
    scene,
    `SELECT ${columns} FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${scene.admin.id}')`,
  );
  assert.equal(rows.length, 1);
  const granted = SYSTEM_PERMISSIONS.filter((name) => rows[0]?.[`Permissions${name}`] === true);
  assert.deepEqual(granted, ADMINISTRATOR_PERMISSIONS);
  scene.org.close();
});

test('a user follows its profile, and a permission set shows what it gives', () => {
  const scene = openTestOrg();
  const { org, admin } = scene;
  const [standard] = query(scene, "SELECT Id FROM Profile WHERE Name = 'Standard User'");
  const [minimum] = query(scene, "SELECT Id FROM Profile WHERE Name = 'Minimum Access - Salesforce'");
  const [saved] = org.transact(admin, (tx) =>
    tx.save({
      operation: 'insert',
      object: 'User',
      allOrNone: true,
      records: [
        {
          Username: 'rep@example.com',
          LastName: 'Rep',
          Email: 'rep@example.com',
          Alias: 'rep',
          ProfileId: String(standard?.Id),
          TimeZoneSidKey: 'Europe/Paris',
          LocaleSidKey: 'en_US',
          EmailEncodingKey: 'UTF-8',
          LanguageLocaleKey: 'en_US',
        },
      ],
    }),
  );
  const profileOf = (): unknown =>
    query(
      scene,
      `SELECT ProfileId FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${String(saved?.id)}')`,
    ).map((row) => row.ProfileId);
  assert.deepEqual(profileOf(), [standard?.Id]);
  org.transact(admin, (tx) =>
    tx.save({
      operation: 'update',
      object: 'User',
      allOrNone: true,
      records: [{ Id: String(saved?.id), ProfileId: String(minimum?.Id) }],
    }),
  );
  assert.deepEqual(profileOf(), [minimum?.Id]);
  org.reload();
  assert.deepEqual(profileOf(), [minimum?.Id]);
  deployFiles(
    scene,
    { PermissionSet: ['Ops'] },
    {
      'permissionsets/Ops.permissionset': file(
        'PermissionSet',
        '<label>Ops</label><userPermissions><enabled>true</enabled><name>ViewSetup</name></userPermissions>',
      ),
    },
  );
  assert.deepEqual(
    query(scene, "SELECT PermissionsViewSetup, PermissionsModifyAllData FROM PermissionSet WHERE Name = 'Ops'").map(
      (row) => [row.PermissionsViewSetup, row.PermissionsModifyAllData],
    ),
    [[true, false]],
  );
  org.close();
});
