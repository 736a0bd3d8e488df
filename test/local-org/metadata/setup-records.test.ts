import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { runSoql } from '../../../local-org/data/transaction.ts';
import {
  ADMINISTRATOR_PERMISSIONS,
  SYSTEM_PERMISSIONS,
} from '../../../local-org/metadata/base-org/system-permissions.ts';
import { retrieve } from '../../../local-org/metadata/retrieve.ts';
import { standardObjects } from '../../../local-org/schema/standard-objects.ts';
import { deployFiles, failuresOf, file, manifest, openTestOrg, type TestOrg } from './deploy-helpers.ts';

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

const MDT = file(
  'CustomObject',
  `<fields><fullName>Days__c</fullName><label>Days</label><precision>4</precision><required>true</required><scale>0</scale><type>Number</type></fields>
   <fields><fullName>On__c</fullName><defaultValue>false</defaultValue><label>On</label><type>Checkbox</type></fields>
   <label>Handover</label><pluralLabel>Handovers</pluralLabel><visibility>Public</visibility>`,
);
const record = (values: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>First</label>
    <protected>false</protected>
${values}</CustomMetadata>
`;
const value = (field: string, type: string, text: string): string =>
  `    <values>\n        <field>${field}</field>\n        <value xsi:type="xsd:${type}">${text}</value>\n    </values>\n`;

test('records of custom metadata types are checked, queried, and returned as they came', () => {
  const scene = openTestOrg();
  const put = (text: string) =>
    deployFiles(
      scene,
      { CustomObject: ['Handover__mdt'], CustomMetadata: ['Handover.First'] },
      { 'objects/Handover__mdt.object': MDT, 'customMetadata/Handover.First.md': text },
    );
  assert.deepEqual(failuresOf(put(record(value('Days__c', 'string', 'soon') + value('Nope__c', 'string', 'x')))), [
    'CustomMetadata Handover.First: Days__c: value not of required type: Number',
    'CustomMetadata Handover.First: In field: field - no CustomField named Handover__mdt.Nope__c found',
  ]);
  assert.deepEqual(failuresOf(put(record(value('On__c', 'boolean', 'true')))), [
    'CustomMetadata Handover.First: Required field is missing: Days__c',
  ]);
  const text = record(value('Days__c', 'double', '14.0') + value('On__c', 'boolean', 'true'));
  assert.deepEqual(failuresOf(put(text)), []);
  assert.deepEqual(
    query(scene, 'SELECT DeveloperName, MasterLabel, Days__c, On__c FROM Handover__mdt WHERE Days__c > 7'),
    [{ DeveloperName: 'First', MasterLabel: 'First', Days__c: 14, On__c: true }],
  );
  const { zipFile } = retrieve(scene.org, scene.admin, {
    apiVersion: '66.0',
    singlePackage: true,
    unpackaged: { types: [{ name: 'CustomMetadata', members: ['Handover.First'] }] },
  });
  assert.equal(strFromU8(unzipSync(zipFile)['customMetadata/Handover.First.md'] ?? new Uint8Array()), text);
  scene.org.close();
});

test('a deployed queue is a group with objects and members; groups that people saved stay', () => {
  const scene = openTestOrg();
  scene.org.transact(scene.admin, (tx) =>
    tx.save({
      operation: 'insert',
      object: 'Group',
      allOrNone: true,
      records: [{ Name: 'Mine', DeveloperName: 'Mine', Type: 'Regular' }],
    }),
  );
  const queue = (objects: readonly string[]): string =>
    file(
      'Queue',
      `<doesSendEmailToMembers>false</doesSendEmailToMembers><name>SDR</name>
       <queueMembers><users><user>admin@waterfall.local</user></users></queueMembers>
       ${objects.map((one) => `<queueSobject><sobjectType>${one}</sobjectType></queueSobject>`).join('')}`,
    );
  const put = (objects: readonly string[]) =>
    failuresOf(deployFiles(scene, { Queue: ['SDR'] }, { 'queues/SDR.queue': queue(objects) }));
  assert.deepEqual(put(['Nope__c']), ['Queue SDR: Entity of type CustomObject named Nope__c cannot be found']);
  assert.deepEqual(put(['Lead', 'Task']), []);
  const names = () =>
    query(scene, 'SELECT Name, Type FROM Group ORDER BY Name').map((row) => `${String(row.Type)} ${String(row.Name)}`);
  assert.deepEqual(names(), ['Regular Mine', 'Queue SDR']);
  assert.deepEqual(
    query(scene, "SELECT SobjectType FROM QueueSobject WHERE Queue.DeveloperName = 'SDR' ORDER BY SobjectType").map(
      (row) => row.SobjectType,
    ),
    ['Lead', 'Task'],
  );
  assert.equal(query(scene, `SELECT Id FROM GroupMember WHERE UserOrGroupId = '${scene.admin.id}'`).length, 1);
  deployFiles(scene, {}, { 'destructiveChanges.xml': manifest({ Queue: ['SDR'] }) });
  assert.deepEqual(names(), ['Regular Mine']);
  scene.org.close();
});
