import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deployFiles, failuresOf, file, FLOW, openTestOrg, type TestOrg } from './deploy-helpers.ts';

const object = (body: string, sharing = 'ReadWrite', nameField = '<label>Name</label><type>Text</type>'): string =>
  file(
    'CustomObject',
    `<deploymentStatus>Deployed</deploymentStatus>${body}<label>Handshake</label><nameField>${nameField}</nameField>
     <pluralLabel>Handshakes</pluralLabel><sharingModel>${sharing}</sharingModel>`,
  );
const deployObject = (scene: TestOrg, text: string, options = {}): readonly string[] =>
  failuresOf(
    deployFiles(
      scene,
      { CustomObject: ['Handshake__c'] },
      { 'objects/Handshake__c.object': text },
      { rollbackOnError: true, ignoreWarnings: true, ...options },
    ),
  );
const lookup = (type: string, to = 'Opportunity', name = 'Deal__c', relationship = 'Handshakes'): string =>
  `<fields><fullName>${name}</fullName><label>Deal</label><referenceTo>${to}</referenceTo>
   <relationshipName>${relationship}</relationshipName>${type === 'MasterDetail' ? '<relationshipOrder>0</relationshipOrder>' : ''}<type>${type}</type></fields>`;

test('an object of its own, its name field and its key prefix', () => {
  const scene = openTestOrg();
  const format = (text: string) => `<displayFormat>${text}</displayFormat><label>No</label><type>AutoNumber</type>`;
  assert.deepEqual(deployObject(scene, object('', 'ReadWrite', format('H-'))), [
    'CustomObject Handshake__c: Required field is missing: displayFormat',
  ]);
  assert.deepEqual(deployObject(scene, object('', 'ReadWrite', '<label>No</label><type>Date</type>')), [
    'CustomObject Handshake__c: The name field of a custom object is Text or AutoNumber, not Date',
  ]);
  assert.deepEqual(deployObject(scene, object('', 'ReadWrite', format('H-{0000}'))), []);
  assert.match(scene.org.schema.object('Handshake__c')?.keyPrefix ?? '', /^a\w\w$/);
  scene.org.close();
});

test('a detail is shared as its master is, and only a detail', () => {
  const scene = openTestOrg();
  assert.deepEqual(deployObject(scene, object(lookup('MasterDetail'))), [
    'CustomObject Handshake__c: Cannot set sharingModel to ReadWrite on a CustomObject with a MasterDetail relationship field',
  ]);
  assert.deepEqual(deployObject(scene, object(lookup('Lookup'), 'ControlledByParent')), [
    'CustomObject Handshake__c: Cannot set sharingModel to ControlledByParent on a CustomObject without a MasterDetail relationship field',
  ]);
  assert.deepEqual(deployObject(scene, object(lookup('MasterDetail'), 'ControlledByParent')), []);
  scene.org.close();
});

test('a lookup becomes a master-detail relationship, but not in a validation', () => {
  const scene = openTestOrg();
  assert.deepEqual(deployObject(scene, object(lookup('Lookup'))), []);
  const changed = object(lookup('MasterDetail'), 'ControlledByParent');
  assert.deepEqual(deployObject(scene, changed, { checkOnly: true }), [
    'CustomField Handshake__c.Deal__c: Test only deployment cannot update a field from a Lookup to MasterDetail',
  ]);
  assert.deepEqual(deployObject(scene, changed), []);
  scene.org.close();
});

test('who reads a detail reads its master', () => {
  const scene = openTestOrg();
  assert.deepEqual(deployObject(scene, object(lookup('MasterDetail'), 'ControlledByParent')), []);
  const entry = (name: string): string =>
    `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead>
     <modifyAllRecords>false</modifyAllRecords><object>${name}</object><viewAllRecords>false</viewAllRecords></objectPermissions>`;
  const put = (names: readonly string[]) =>
    failuresOf(
      deployFiles(
        scene,
        { PermissionSet: ['Hands'] },
        {
          'permissionsets/Hands.permissionset': file(
            'PermissionSet',
            `<label>Hands</label>${names.map(entry).join('')}`,
          ),
        },
      ),
    );
  assert.deepEqual(put(['Handshake__c']), [
    'PermissionSet Hands: Permission Read Handshake__c depends on permission(s): Read Opportunity',
  ]);
  assert.deepEqual(put(['Handshake__c', 'Opportunity']), []);
  scene.org.close();
});

test('an object has two masters at most, and some objects are none', () => {
  const scene = openTestOrg();
  const masters = [1, 2, 3].map((n) => lookup('MasterDetail', 'Account', `M${String(n)}__c`, `H${String(n)}`)).join('');
  const tooMany = deployObject(scene, object(masters, 'ControlledByParent'));
  assert.ok(
    tooMany.every((one) => one.endsWith('Handshake__c can have at most 2 master-detail relationships')),
    tooMany.join('\n'),
  );
  assert.deepEqual(deployObject(scene, object(lookup('MasterDetail', 'User'), 'ControlledByParent')), [
    'CustomField Handshake__c.Deal__c: User cannot be the master of a master-detail relationship',
  ]);
  scene.org.close();
});

test('a roll-up summary goes over a master-detail relationship that is there', () => {
  const scene = openTestOrg();
  assert.deepEqual(deployObject(scene, object(lookup('MasterDetail'), 'ControlledByParent')), []);
  const rollUp = (key: string, more = ''): readonly string[] =>
    failuresOf(
      deployFiles(
        scene,
        { CustomField: ['Opportunity.Count__c'] },
        {
          'objects/Opportunity.object': file(
            'CustomObject',
            `<fields><fullName>Count__c</fullName><label>Count</label>${more}<summaryForeignKey>${key}</summaryForeignKey>
             <summaryOperation>${more === '' ? 'count' : 'sum'}</summaryOperation><type>Summary</type></fields>`,
          ),
        },
      ),
    );
  assert.deepEqual(rollUp('Handshake__c.Nope__c'), [
    'CustomField Opportunity.Count__c: In field: summaryForeignKey - no master-detail relationship named Handshake__c.Nope__c found',
  ]);
  assert.deepEqual(rollUp('Handshake__c.Deal__c', '<summarizedField>Handshake__c.Nope__c</summarizedField>'), [
    'CustomField Opportunity.Count__c: In field: summarizedField - no CustomField named Handshake__c.Nope__c found',
  ]);
  assert.deepEqual(rollUp('Handshake__c.Deal__c'), []);
  scene.org.close();
});

test('a name without a suffix is no custom object', () => {
  const scene = openTestOrg();
  const result = deployFiles(
    scene,
    { CustomObject: ['Nothing'] },
    { 'objects/Nothing.object': file('CustomObject', '<label>N</label><pluralLabel>Ns</pluralLabel>') },
  );
  assert.deepEqual(failuresOf(result), [
    'CustomObject Nothing: fullName must end with: __c or __kav or __x or __b or __e or __p or __mdt or __dll or __dlm',
  ]);
  scene.org.close();
});

test('a flow has fifty versions', () => {
  const scene = openTestOrg();
  const put = (text: string): readonly string[] =>
    failuresOf(deployFiles(scene, { Flow: ['Stamp'] }, { 'flows/Stamp.flow': FLOW(text) }));
  for (let number = 1; number <= 50; number += 1) assert.deepEqual(put(`text ${String(number)}`), []);
  assert.deepEqual(put('text 51'), ['Flow Stamp: Maximum flow versions reached']);
  scene.org.close();
});

for (const type of ['Location', 'Address', 'ExternalLookup', 'File']) {
  test(`a field of type ${type} is refused by name: it would be a column that holds something else`, () => {
    const scene = openTestOrg();
    const field = `<fields><fullName>Place__c</fullName><label>Place</label>${type === 'Location' ? '<displayLocationInDecimal>true</displayLocationInDecimal>' : ''}<scale>6</scale><type>${type}</type></fields>`;
    assert.deepEqual(deployObject(scene, object(field)), [
      `CustomField Handshake__c.Place__c: The local org does not support fields of type ${type}: leave Handshake__c.Place__c out of the package.`,
    ]);
    assert.equal(scene.org.schema.object('Handshake__c'), undefined);
    scene.org.close();
  });
}
