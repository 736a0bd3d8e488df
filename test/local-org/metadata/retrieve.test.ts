import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strFromU8, unzipSync } from 'fflate';
import { retrieve, retrieveStatus } from '../../../local-org/metadata/retrieve.ts';
import { deployFiles, failuresOf, file, openTestOrg, type TestOrg } from './deploy-helpers.ts';

const retrieveTypes = ({ org, admin }: TestOrg, types: Readonly<Record<string, readonly string[]>>) => {
  const unpackaged = { types: Object.entries(types).map(([name, members]) => ({ name, members })), version: '66.0' };
  const result = retrieve(org, admin, { apiVersion: '66.0', unpackaged });
  const files = Object.entries(unzipSync(result.zipFile)).map(
    ([path, bytes]) => [path.replace('unpackaged/', ''), strFromU8(bytes)] as const,
  );
  return { result, files: new Map(files) };
};

const OBJECT = file(
  'CustomObject',
  `<businessProcesses><fullName>P</fullName><values><fullName>Id. Decision Makers</fullName><default>false</default></values></businessProcesses>
  <fields><fullName>Tier__c</fullName><label>Tier</label><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>
    <value><fullName>A/B</fullName><default>false</default></value></valueSetDefinition></valueSet></fields>
  <recordTypes><fullName>R</fullName><active>true</active><businessProcess>P</businessProcess><label>R</label>
    <picklistValues><picklist>Tier__c</picklist><values><fullName>A%2FB</fullName><default>false</default></values></picklistValues>
    <picklistValues><picklist>Type</picklist><values><fullName>New Customer</fullName><default>false</default></values></picklistValues></recordTypes>`,
);

function sceneWithRecordType(): TestOrg {
  const scene = openTestOrg();
  assert.deepEqual(
    failuresOf(deployFiles(scene, { CustomObject: ['Opportunity'] }, { 'objects/Opportunity.object': OBJECT })),
    [],
  );
  return scene;
}

test('a record type brings custom picklists only together with their fields, values percent-encoded', () => {
  const scene = sceneWithRecordType();
  const alone = retrieveTypes(scene, { RecordType: ['Opportunity.R'] }).files.get('objects/Opportunity.object') ?? '';
  assert.match(alone, /<picklist>Type<\/picklist>/);
  assert.doesNotMatch(alone, /Tier__c/);
  const types = {
    RecordType: ['Opportunity.R'],
    CustomField: ['Opportunity.Tier__c'],
    BusinessProcess: ['Opportunity.P'],
  };
  const together = retrieveTypes(scene, types).files.get('objects/Opportunity.object') ?? '';
  assert.match(together, /<picklist>Tier__c<\/picklist>\s*<values>\s*<fullName>A%2FB<\/fullName>/);
  assert.match(together, /<fullName>Id%2E Decision Makers<\/fullName>/);
});

test('a profile says only what concerns the other components of the retrieve', () => {
  const scene = sceneWithRecordType();
  const body = `<recordTypeVisibilities><default>true</default><recordType>Opportunity.R</recordType><visible>true</visible></recordTypeVisibilities>`;
  assert.deepEqual(
    failuresOf(deployFiles(scene, { Profile: ['Admin'] }, { 'profiles/Admin.profile': file('Profile', body) })),
    [],
  );
  const alone = retrieveTypes(scene, { Profile: ['Admin'] }).files.get('profiles/Admin.profile') ?? '';
  assert.doesNotMatch(alone, /recordTypeVisibilities|layoutAssignments/);
  assert.match(alone, /<userPermissions>/);
  const types = { Profile: ['Admin'], RecordType: ['Opportunity.R'], Layout: ['Opportunity-Opportunity Layout'] };
  const together = retrieveTypes(scene, types).files.get('profiles/Admin.profile') ?? '';
  assert.match(together, /<recordType>Opportunity.R<\/recordType>/);
  assert.deepEqual(together.match(/<layout>[^<]*/g), ['<layout>Opportunity-Opportunity Layout']);
});

test('a star means every component where the platform allows it, and custom objects only', () => {
  const scene = openTestOrg();
  const { result, files } = retrieveTypes(scene, {
    CustomObject: ['*'],
    Settings: ['*'],
    RecordType: ['*'],
    Colour: ['*'],
  });
  assert.deepEqual(
    [...files.keys()].filter((path) => path.startsWith('objects/')),
    [],
  );
  assert.ok(files.has('settings/Flow.settings'));
  assert.deepEqual(
    result.messages.map((one) => one.problem),
    ["Entity of type 'RecordType' named '*' cannot be found", "Entity type: 'Colour' is unknown"],
  );
  assert.deepEqual(retrieveStatus(scene.org, result.id).fileProperties, result.fileProperties);
  assert.throws(() => retrieveStatus(scene.org, '09S000000000000AAA'), /not a retrieve/);
});

test('standard objects are retrieved by name with what the org knows of them', () => {
  const { files } = retrieveTypes(openTestOrg(), { CustomObject: ['Opportunity'] });
  assert.match(files.get('objects/Opportunity.object') ?? '', /<sharingModel>ReadWrite<\/sharingModel>/);
});
