import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unzipSync, strFromU8 } from 'fflate';
import { deploy, deployRecentValidation, deployStatus } from '../../../local-org/metadata/deploy.ts';
import type { DeployOptions } from '../../../local-org/metadata/deploy-types.ts';
import { retrieve } from '../../../local-org/metadata/retrieve.ts';
import { PlatformError } from '../../../local-org/platform-error.ts';
import { failuresOf, file, FLOW, manifest, openTestOrg, openTestSandbox, zipOf } from './deploy-helpers.ts';

const FIELD = `<fields><fullName>Stage_Entered__c</fullName><label>Stage Entered</label><type>DateTime</type></fields>`;
const STAGES = ['Targeted', 'Engaged']
  .map(
    (
      name,
    ) => `<standardValue><fullName>${name}</fullName><default>false</default><label>${name}</label><closed>false</closed>
    <forecastCategory>Pipeline</forecastCategory><probability>5</probability><won>false</won></standardValue>`,
  )
  .join('\n');
const PROCESS = `<businessProcesses><fullName>Acquisition</fullName><isActive>true</isActive>
  <values><fullName>Targeted</fullName><default>false</default></values>
  <values><fullName>Engaged</fullName><default>false</default></values></businessProcesses>`;
const RECORD_TYPE = `<recordTypes><fullName>Acquisition</fullName><active>true</active><businessProcess>Acquisition</businessProcess>
  <label>Acquisition</label></recordTypes>`;
const PACKAGE = {
  'package.xml': manifest({
    CustomField: ['Opportunity.Stage_Entered__c'],
    BusinessProcess: ['Opportunity.Acquisition'],
    RecordType: ['Opportunity.Acquisition'],
    StandardValueSet: ['OpportunityStage'],
    Flow: ['Stamp'],
  }),
  'objects/Opportunity.object': file('CustomObject', `${PROCESS}${FIELD}${RECORD_TYPE}`),
  'standardValueSets/OpportunityStage.standardValueSet': file('StandardValueSet', `<sorted>false</sorted>${STAGES}`),
  'flows/Stamp.flow': FLOW('stamped'),
};

test('fields, stages, a process, a record type and a flow go in together and come back by retrieve', () => {
  const { org, admin } = openTestOrg();
  const result = deploy(org, admin, zipOf(PACKAGE), { rollbackOnError: true, singlePackage: true });
  assert.deepEqual(failuresOf(result), []);
  assert.equal(result.status, 'Succeeded');
  assert.match(result.id, /^0Af.{15}$/);
  assert.deepEqual(
    result.details.componentSuccesses.map((one) => [one.componentType, one.fullName, one.created]),
    [
      ['', 'package.xml', false],
      ['StandardValueSet', 'OpportunityStage', false],
      ['CustomField', 'Opportunity.Stage_Entered__c', true],
      ['BusinessProcess', 'Opportunity.Acquisition', true],
      ['RecordType', 'Opportunity.Acquisition', true],
      ['Flow', 'Stamp', true],
    ],
  );
  assert.equal(result.numberComponentsDeployed, 5);
  assert.deepEqual(deployStatus(org, result.id), JSON.parse(JSON.stringify(result)));

  const back = retrieve(org, admin, {
    apiVersion: '66.0',
    unpackaged: {
      types: [
        { name: 'CustomField', members: ['Opportunity.Stage_Entered__c'] },
        { name: 'RecordType', members: ['Opportunity.Acquisition', 'Opportunity.Missing'] },
        { name: 'StandardValueSet', members: ['OpportunityStage', '*'] },
        { name: 'Flow', members: ['*'] },
      ],
    },
  });
  const files = unzipSync(back.zipFile);
  assert.deepEqual(Object.keys(files).sort(), [
    'unpackaged/flows/Stamp.flow',
    'unpackaged/objects/Opportunity.object',
    'unpackaged/package.xml',
    'unpackaged/standardValueSets/OpportunityStage.standardValueSet',
  ]);
  assert.match(
    strFromU8(files['unpackaged/objects/Opportunity.object'] as Uint8Array),
    /<fullName>Stage_Entered__c<\/fullName>\n {8}<label>/,
  );
  assert.deepEqual(
    back.messages.map((one) => one.problem),
    [
      "Entity of type 'RecordType' named 'Opportunity.Missing' cannot be found",
      "Entity of type 'StandardValueSet' named '*' cannot be found",
    ],
  );
  const stages = strFromU8(files['unpackaged/standardValueSets/OpportunityStage.standardValueSet'] as Uint8Array);
  assert.match(
    stages,
    /<fullName>Prospecting<\/fullName>\n {8}<default>false<\/default>\n {8}<isActive>false<\/isActive>/,
  );
});

test('deploying the same again changes nothing', () => {
  const { org, admin } = openTestOrg();
  deploy(org, admin, zipOf(PACKAGE), { rollbackOnError: true });
  const again = deploy(org, admin, zipOf(PACKAGE), { rollbackOnError: true });
  assert.deepEqual(
    again.details.componentSuccesses
      .filter((one) => one.changed && one.componentType !== '')
      .map((one) => one.fullName),
    [],
  );
});

test('a check only leaves no trace, and can be quick-deployed', () => {
  const { org, admin } = openTestOrg();
  const check = deploy(org, admin, zipOf(PACKAGE), { checkOnly: true, rollbackOnError: true });
  assert.equal(check.status, 'Succeeded');
  assert.equal(org.metadata.get('RecordType', 'Opportunity.Acquisition'), undefined);
  assert.equal(org.schema.object('Opportunity')?.fields.has('stage_entered__c'), false);
  const quick = deployRecentValidation(org, admin, check.id);
  assert.equal(quick.status, 'Succeeded');
  assert.notEqual(quick.id, check.id);
  assert.equal(org.schema.object('Opportunity')?.fields.has('stage_entered__c'), true);
});

test('one error rolls everything back, or with rollbackOnError=false only what is wrong', () => {
  const broken = {
    ...PACKAGE,
    'objects/Opportunity.object': file(
      'CustomObject',
      `${PROCESS.replace('Engaged', 'Nowhere')}${FIELD}${RECORD_TYPE}`,
    ),
  };
  const { org, admin } = openTestSandbox();
  const result = deploy(org, admin, zipOf(broken), { rollbackOnError: true });
  assert.equal(result.status, 'Failed');
  assert.deepEqual(failuresOf(result), ['BusinessProcess Opportunity.Acquisition: Picklist value: Nowhere not found']);
  assert.equal(org.metadata.get('CustomField', 'Opportunity.Stage_Entered__c'), undefined);
  const partial = deploy(org, admin, zipOf(broken), { rollbackOnError: false });
  assert.equal(partial.status, 'SucceededPartial');
  assert.deepEqual(failuresOf(partial), [
    'BusinessProcess Opportunity.Acquisition: Picklist value: Nowhere not found',
    'RecordType Opportunity.Acquisition: In field: businessProcess - no BusinessProcess named Opportunity.Acquisition found',
  ]);
  assert.notEqual(org.metadata.get('CustomField', 'Opportunity.Stage_Entered__c'), undefined);
  assert.equal(org.metadata.get('BusinessProcess', 'Opportunity.Acquisition'), undefined);
});

const refusedAs = (message: RegExp) => (error: unknown) =>
  error instanceof PlatformError && error.code === 'INVALID_OPERATION' && message.test(error.message);

test('a call is refused for options that the platform refuses', () => {
  const { org, admin } = openTestOrg();
  const call = (options: DeployOptions): void => void deploy(org, admin, zipOf(PACKAGE), options);
  assert.throws(() => call({}), refusedAs(/^rollbackOnError option must be true on a production org$/));
  assert.throws(
    () => call({ rollbackOnError: true, runTests: ['A'], testLevel: 'RunLocalTests' }),
    refusedAs(/^runTests can only be used with a testLevel of RunSpecifiedTests$/),
  );
  assert.throws(
    () => call({ rollbackOnError: true, runTests: ['A', 'B'], testLevel: 'RunSpecifiedTests' }),
    refusedAs(/runs no Apex and cannot run these tests: A, B\./),
  );
  assert.throws(() => call({ rollbackOnError: true, performRetrieve: true }), refusedAs(/performRetrieve/));
  org.close();
});

test('tests of the package cannot be passed unrun', () => {
  const { org, admin } = openTestOrg();
  const zip = zipOf({
    'package.xml': manifest({ ApexClass: ['Some_Test'] }),
    'classes/Some_Test.cls': '@IsTest private class Some_Test { }',
    'classes/Some_Test.cls-meta.xml': file('ApexClass', '<apiVersion>66.0</apiVersion><status>Active</status>'),
  });
  const refused = deploy(org, admin, zip, { rollbackOnError: true, testLevel: 'RunLocalTests' });
  assert.equal(refused.status, 'Failed');
  assert.match(refused.errorMessage ?? '', /cannot run these tests: Some_Test\./);
  assert.equal(deploy(org, admin, zip, { rollbackOnError: true }).status, 'Succeeded');
  org.close();
});

test('a validation is overtaken by a deployment, expires, and needs a test level', () => {
  const { org, admin } = openTestOrg();
  const check = (testLevel?: DeployOptions['testLevel']) =>
    deploy(org, admin, zipOf(PACKAGE), { checkOnly: true, rollbackOnError: true, testLevel }).id;
  assert.throws(() => deployRecentValidation(org, admin, check('NoTestRun')), /ran no tests/);
  const first = check('RunLocalTests');
  const second = check();
  assert.equal(deployRecentValidation(org, admin, second).status, 'Succeeded');
  assert.throws(() => deployRecentValidation(org, admin, first), /there was a deployment after it/);
  org.close();
});

test('files may be missing, or in the zip without the manifest, where the call says so', () => {
  const { org, admin } = openTestOrg();
  const zip = zipOf({ ...PACKAGE, 'package.xml': manifest({ CustomField: ['Opportunity.Nowhere__c'] }) });
  const deployWith = (options: DeployOptions) => deploy(org, admin, zip, { rollbackOnError: true, ...options });
  assert.equal(deployWith({}).status, 'Failed');
  assert.equal(deployWith({ allowMissingFiles: true, ignoreWarnings: true }).status, 'Succeeded');
  assert.equal(org.metadata.get('RecordType', 'Opportunity.Acquisition'), undefined);
  assert.equal(deployWith({ allowMissingFiles: true, autoUpdatePackage: true }).status, 'Succeeded');
  assert.notEqual(org.metadata.get('RecordType', 'Opportunity.Acquisition'), undefined);
  org.close();
});

test('an active screen flow is a warning, which a deploy must ignore; a draft is stored', () => {
  const { org, admin } = openTestOrg();
  const place = '<locationX>0</locationX><locationY>0</locationY>';
  const screen = (status: string): string =>
    file(
      'Flow',
      `<apiVersion>66.0</apiVersion><label>Ask</label><processType>Flow</processType>
      <screens><name>Ask</name><label>Ask</label>${place}<showFooter>true</showFooter></screens>
      <start>${place}<connector><targetReference>Ask</targetReference></connector></start><status>${status}</status>`,
    );
  const attempt = (status: string, ignoreWarnings: boolean) =>
    deploy(org, admin, zipOf({ 'package.xml': manifest({ Flow: ['Ask'] }), 'flows/Ask.flow': screen(status) }), {
      rollbackOnError: true,
      singlePackage: true,
      ignoreWarnings,
    });
  assert.equal(attempt('Draft', false).success, true);
  const refused = attempt('Active', false);
  assert.equal(refused.success, false);
  assert.match(refused.details.componentFailures[0]?.problem ?? '', /does not run flows of the type Flow/);
  assert.equal(attempt('Active', true).success, true);
});
