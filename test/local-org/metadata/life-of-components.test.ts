import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetadata, deleteMetadata, updateMetadata, upsertMetadata } from '../../../local-org/metadata/crud.ts';
import { deploy } from '../../../local-org/metadata/deploy.ts';
import { describeMetadata } from '../../../local-org/metadata/describe-metadata.ts';
import { listMetadata } from '../../../local-org/metadata/list.ts';
import { readMetadata } from '../../../local-org/metadata/read.ts';
import { setActiveFlowVersion } from '../../../local-org/metadata/set-active-flow-version.ts';
import { flowVersions } from '../../../local-org/metadata/deploy/flow-versions.ts';
import {
  deployFiles,
  failuresOf,
  file,
  FLOW,
  manifest,
  openTestOrg,
  openTestSandbox,
  zipOf,
  type TestOrg,
} from './deploy-helpers.ts';

const FIELD = file('CustomObject', '<fields><fullName>X__c</fullName><label>X</label><type>DateTime</type></fields>');
const addField = (scene: TestOrg) =>
  deployFiles(scene, { CustomField: ['Opportunity.X__c'] }, { 'objects/Opportunity.object': FIELD });
const addFlow = (scene: TestOrg, text: string, status = 'Active') =>
  deployFiles(scene, { Flow: ['Stamp'] }, { 'flows/Stamp.flow': FLOW(text, status) });
const versionsOf = ({ org }: TestOrg) =>
  flowVersions(org.metadata, 'Stamp').map((one) => `${one.number} ${one.status}`);
const destroy = (scene: TestOrg, types: Readonly<Record<string, readonly string[]>>, ignoreWarnings = true) =>
  deployFiles(scene, {}, { 'destructiveChangesPost.xml': manifest(types) }, { rollbackOnError: true, ignoreWarnings });

test('a changed active flow becomes a new version; the same one does not', () => {
  const scene = openTestOrg();
  addFlow(scene, 'one');
  assert.deepEqual(versionsOf(scene), ['1 Active']);
  addFlow(scene, 'one');
  assert.deepEqual(versionsOf(scene), ['1 Active']);
  addFlow(scene, 'two');
  assert.deepEqual(versionsOf(scene), ['1 Obsolete', '2 Active']);
  addFlow(scene, 'three', 'Draft');
  assert.deepEqual(versionsOf(scene), ['1 Obsolete', '2 Active', '3 Draft']);
  assert.equal(scene.org.metadata.get('Flow', 'Stamp')?.metadata.status, 'Active');
  setActiveFlowVersion(scene.org, scene.admin, 'Stamp', 1);
  assert.deepEqual(versionsOf(scene), ['1 Active', '2 Obsolete', '3 Draft']);
  assert.throws(() => setActiveFlowVersion(scene.org, scene.admin, 'Stamp', 9), /no version 9/);
});

test('where flows may not land active they land as drafts, and a FlowDefinition or the Tooling API activates them', () => {
  const scene = openTestOrg();
  const settings = file('FlowSettings', '<enableFlowDeployAsActiveEnabled>false</enableFlowDeployAsActiveEnabled>');
  assert.deepEqual(failuresOf(deployFiles(scene, { Settings: ['Flow'] }, { 'settings/Flow.settings': settings })), []);
  addFlow(scene, 'one');
  assert.deepEqual(versionsOf(scene), ['1 Draft']);
  const view = () =>
    scene.org.database
      .prepare('SELECT "IsActive", "ActiveVersionId", "LatestVersionId" FROM "FlowDefinitionView"')
      .get();
  assert.equal(view()?.IsActive, 0);
  setActiveFlowVersion(scene.org, scene.admin, 'Stamp', 1);
  assert.equal(view()?.ActiveVersionId, view()?.LatestVersionId);
  addFlow(scene, 'two');
  assert.deepEqual(versionsOf(scene), ['1 Active', '2 Draft']);
  const off = deployFiles(
    scene,
    { FlowDefinition: ['Stamp'] },
    {
      'flowDefinitions/Stamp.flowDefinition': file('FlowDefinition', '<activeVersionNumber>0</activeVersionNumber>'),
    },
  );
  assert.deepEqual(failuresOf(off), []);
  assert.deepEqual(versionsOf(scene), ['1 Obsolete', '2 Draft']);
});

test('a flow is deleted version by version, once it is inactive', () => {
  const scene = openTestOrg();
  addFlow(scene, 'one');
  assert.deepEqual(failuresOf(destroy(scene, { Flow: ['Stamp-1'] })), [
    'Flow Stamp-1: insufficient access rights on cross-reference id',
  ]);
  setActiveFlowVersion(scene.org, scene.admin, 'Stamp', 0);
  assert.deepEqual(failuresOf(destroy(scene, { Flow: ['Stamp'] })), [
    'Flow Stamp: insufficient access rights on cross-reference id',
  ]);
  assert.deepEqual(failuresOf(destroy(scene, { Flow: ['Stamp-1'] })), []);
  assert.equal(scene.org.metadata.get('Flow', 'Stamp'), undefined);
});

test('a field that goes leaves layouts, record types, list views and reports; an inactive rule does not hold it', () => {
  const scene = openTestOrg();
  const value = (name: string) => `<value><fullName>${name}</fullName><default>false</default></value>`;
  const added = deployFiles(
    scene,
    {
      CustomField: ['Opportunity.X__c'],
      ListView: ['Opportunity.Mine'],
      ValidationRule: ['Opportunity.Gate'],
      Layout: ['Opportunity-Small'],
      BusinessProcess: ['Opportunity.P'],
      RecordType: ['Opportunity.R'],
    },
    {
      'objects/Opportunity.object': file(
        'CustomObject',
        `<businessProcesses><fullName>P</fullName><isActive>true</isActive>
           <values><fullName>Prospecting</fullName><default>false</default></values></businessProcesses>
         <fields><fullName>X__c</fullName><label>X</label><type>Picklist</type><valueSet><valueSetDefinition>
           <sorted>false</sorted>${value('a')}${value('b')}</valueSetDefinition></valueSet></fields>
         <listViews><fullName>Mine</fullName><booleanFilter>1 AND 2</booleanFilter><columns>NAME</columns><columns>X__c</columns>
           <filterScope>Mine</filterScope><filters><field>X__c</field><operation>equals</operation><value>a</value></filters>
           <filters><field>AMOUNT</field><operation>greaterThan</operation><value>1</value></filters><label>Mine</label></listViews>
         <recordTypes><fullName>R</fullName><active>true</active><businessProcess>P</businessProcess><label>R</label>
           <picklistValues><picklist>X__c</picklist><values><fullName>a</fullName><default>false</default></values></picklistValues></recordTypes>
         <validationRules><fullName>Gate</fullName><active>false</active><errorConditionFormula>ISPICKVAL(X__c, "a")</errorConditionFormula>
           <errorMessage>No</errorMessage></validationRules>`,
      ),
      'layouts/Opportunity-Small.layout': file(
        'Layout',
        `<layoutSections><layoutColumns>${['Name', 'CloseDate', 'StageName', 'Probability']
          .map((one) => `<layoutItems><behavior>Required</behavior><field>${one}</field></layoutItems>`)
          .join(
            '',
          )}<layoutItems><behavior>Edit</behavior><field>X__c</field></layoutItems></layoutColumns><layoutColumns/>
         <style>TwoColumnsTopToBottom</style></layoutSections>`,
      ),
    },
  );
  assert.deepEqual(failuresOf(added), []);
  assert.deepEqual(failuresOf(destroy(scene, { CustomField: ['Opportunity.X__c'] })), []);
  const metadataOf = (type: string, name: string) => scene.org.metadata.get(type, name)?.metadata;
  assert.doesNotMatch(JSON.stringify(metadataOf('Layout', 'Opportunity-Small')), /X__c/);
  assert.match(JSON.stringify(metadataOf('Layout', 'Opportunity-Small')), /StageName/);
  assert.deepEqual(metadataOf('RecordType', 'Opportunity.R')?.picklistValues, []);
  const view = metadataOf('ListView', 'Opportunity.Mine');
  assert.deepEqual([view?.columns, (view?.filters as unknown[]).length, view?.booleanFilter], [['NAME'], 1, undefined]);
  assert.notEqual(metadataOf('ValidationRule', 'Opportunity.Gate'), undefined);
  scene.org.close();
});

test('a field in use stays; with its users it goes; one that is not there is a warning', () => {
  const scene = openTestOrg();
  addField(scene);
  const rule = `<validationRules><fullName>Gate</fullName><active>true</active><errorConditionFormula>ISBLANK(X__c)</errorConditionFormula><errorMessage>No</errorMessage></validationRules>`;
  deployFiles(
    scene,
    { ValidationRule: ['Opportunity.Gate'] },
    { 'objects/Opportunity.object': file('CustomObject', rule) },
  );
  assert.deepEqual(failuresOf(destroy(scene, { CustomField: ['Opportunity.X__c'] })), [
    'CustomField Opportunity.X__c: This custom field is referenced elsewhere in salesforce.com. : Validation Rule - Opportunity.Gate',
  ]);
  const gone = destroy(scene, { CustomField: ['Opportunity.X__c'], ValidationRule: ['Opportunity.Gate'] });
  assert.deepEqual(failuresOf(gone), []);
  assert.deepEqual(
    gone.details.componentSuccesses.filter((one) => one.deleted).map((one) => one.fullName),
    ['Opportunity.X__c', 'Opportunity.Gate'],
  );
  const missing = destroy(scene, { CustomField: ['Opportunity.X__c'] });
  assert.equal(missing.status, 'Succeeded');
  assert.equal(missing.details.componentSuccesses.at(-1)?.problem, 'No CustomField named: Opportunity.X__c found');
  assert.equal(destroy(scene, { CustomField: ['Opportunity.X__c'] }, false).status, 'Failed');
});

test('record types are not deleted through the API', () => {
  const scene = openTestOrg();
  const types = `<businessProcesses><fullName>P</fullName><values><fullName>Prospecting</fullName><default>false</default></values></businessProcesses>
    <recordTypes><fullName>R</fullName><active>true</active><businessProcess>P</businessProcess><label>R</label></recordTypes>`;
  const added = deployFiles(
    scene,
    { CustomObject: ['Opportunity'] },
    { 'objects/Opportunity.object': file('CustomObject', types) },
  );
  assert.deepEqual(failuresOf(added), []);
  assert.deepEqual(failuresOf(destroy(scene, { RecordType: ['Opportunity.R'] })), [
    'RecordType Opportunity.R: Cannot delete record type through API',
  ]);
  assert.match(
    failuresOf(destroy(scene, { BusinessProcess: ['Opportunity.P'] }))[0] ?? '',
    /referenced by: Record Type - Opportunity.R/,
  );
});

test('a permission set is replaced, a profile is overlaid', () => {
  const scene = openTestOrg();
  addField(scene);
  const grant =
    '<fieldPermissions><editable>true</editable><field>Opportunity.X__c</field><readable>true</readable></fieldPermissions>';
  const set = (body: string) =>
    deployFiles(
      scene,
      { PermissionSet: ['S'] },
      { 'permissionsets/S.permissionset': file('PermissionSet', `${body}<label>S</label>`) },
    );
  const profile = (body: string) =>
    deployFiles(scene, { Profile: ['Admin'] }, { 'profiles/Admin.profile': file('Profile', body) });
  assert.deepEqual(failuresOf(set(grant)), []);
  assert.deepEqual(failuresOf(profile(grant)), []);
  const rows = () => Number(scene.org.database.prepare('SELECT count(*) AS n FROM "FieldPermissions"').get()?.n);
  assert.equal(rows(), 2);
  set('');
  profile('');
  assert.equal(rows(), 1);
  assert.ok((scene.org.metadata.get('Profile', 'Admin')?.metadata.layoutAssignments as unknown[]).length > 5);
});

test('one zip may hold several packages in folders', () => {
  const { org, admin } = openTestOrg();
  const zip = zipOf({
    'zip/package.xml': manifest({ CustomField: ['Opportunity.X__c'] }),
    'zip/objects/Opportunity.object': FIELD,
  });
  const result = deploy(org, admin, zip, { rollbackOnError: true, singlePackage: false });
  assert.equal(result.status, 'Succeeded');
  assert.equal(result.details.componentSuccesses.at(-1)?.fileName, 'zip/objects/Opportunity.object');
});

test('a zip that is none is a failed deploy with its reason', () => {
  const { org, admin } = openTestOrg();
  const result = deploy(org, admin, new Uint8Array([1, 2, 3]), { rollbackOnError: true });
  assert.equal(result.status, 'Failed');
  assert.match(result.errorMessage ?? '', /zip file cannot be read/);
});

test('types that are not modelled come back as they went in, with a remark', () => {
  const scene = openTestOrg();
  const group = file('Group', '<doesIncludeBosses>false</doesIncludeBosses><name>G</name>');
  const result = deployFiles(scene, { Group: ['G'] }, { 'groups/G.group': group });
  assert.deepEqual(failuresOf(result), []);
  assert.match(result.details.componentSuccesses.at(-1)?.problem ?? '', /does not model Group/);
  assert.equal(scene.org.metadata.get('Group', 'G')?.metadata.raw, group);
});

test('single components are created, read, listed, updated and deleted by call', () => {
  const { org, admin } = openTestOrg();
  const record = { fullName: 'Opportunity.Y__c', label: 'Y', type: 'Text', length: '20' };
  assert.deepEqual(createMetadata(org, admin, 'CustomField', [record]), [
    { fullName: 'Opportunity.Y__c', success: true, errors: [] },
  ]);
  assert.equal(
    createMetadata(org, admin, 'CustomField', [record])[0]?.errors[0]?.statusCode,
    'DUPLICATE_DEVELOPER_NAME',
  );
  assert.equal(updateMetadata(org, admin, 'CustomField', [{ ...record, length: '10', label: 'Z' }])[0]?.success, true);
  assert.equal(upsertMetadata(org, admin, 'CustomField', [record])[0]?.created, false);
  const [found, missing] = readMetadata(org, 'CustomField', ['Opportunity.Y__c', 'Opportunity.Nope__c']);
  assert.match(found?.xml ?? '', /<fullName>Opportunity.Y__c<\/fullName>\n<label>Y<\/label>\n<length>20<\/length>/);
  assert.equal(missing, null);
  assert.deepEqual(
    listMetadata(org, [{ type: 'CustomField' }]).map((one) => one.fullName),
    ['Opportunity.Y__c'],
  );
  assert.equal(deleteMetadata(org, admin, 'CustomField', ['Opportunity.Y__c'])[0]?.success, true);
  assert.equal(
    deleteMetadata(org, admin, 'CustomField', ['Opportunity.Y__c'])[0]?.errors[0]?.statusCode,
    'INVALID_CROSS_REFERENCE_KEY',
  );
  assert.throws(() => listMetadata(org, [{ type: 'Colour' }]), /Entity type: 'Colour' is unknown/);
  assert.ok(
    describeMetadata().metadataObjects.some(
      (one) => one.xmlName === 'CustomObject' && one.childXmlNames.includes('RecordType'),
    ),
  );
});

test('a permission set that users have stays', () => {
  const scene = openTestOrg();
  const set = file('PermissionSet', '<label>S</label>');
  deployFiles(scene, { PermissionSet: ['S'] }, { 'permissionsets/S.permissionset': set });
  const { org, admin } = scene;
  const PermissionSetId = org.metadata.get('PermissionSet', 'S')?.id ?? '';
  const [assigned] = org.transact(admin, (tx) =>
    tx.save({
      operation: 'insert',
      object: 'PermissionSetAssignment',
      records: [{ AssigneeId: admin.id, PermissionSetId }],
      allOrNone: true,
    }),
  );
  assert.equal(assigned?.success, true);
  assert.match(failuresOf(destroy(scene, { PermissionSet: ['S'] }))[0] ?? '', /assigned to users \(1\)/);
  assert.notEqual(org.metadata.get('PermissionSet', 'S'), undefined);
});

test('a deploy that breaks a component outside of it is taken back, also without rollbackOnError', () => {
  const scene = openTestSandbox();
  const field = (type: string) => `<fields><fullName>X__c</fullName><label>X</label>${type}</fields>`;
  const rule = `<validationRules><fullName>Gate</fullName><active>true</active>
    <errorConditionFormula>X__c &gt; 5</errorConditionFormula><errorMessage>No</errorMessage></validationRules>`;
  const number = field('<precision>18</precision><scale>0</scale><type>Number</type>');
  const added = deployFiles(
    scene,
    { CustomField: ['Opportunity.X__c'], ValidationRule: ['Opportunity.Gate'] },
    { 'objects/Opportunity.object': file('CustomObject', number + rule) },
  );
  assert.deepEqual(failuresOf(added), []);
  const text = file('CustomObject', field('<length>9</length><type>Text</type>'));
  const types = { CustomField: ['Opportunity.X__c'] };
  const result = deployFiles(scene, types, { 'objects/Opportunity.object': text }, { rollbackOnError: false });
  assert.equal(result.status, 'Failed');
  assert.match(failuresOf(result)[0] ?? '', /^ValidationRule Opportunity.Gate: /);
  assert.equal(scene.org.metadata.get('CustomField', 'Opportunity.X__c')?.metadata.type, 'Number');
});
