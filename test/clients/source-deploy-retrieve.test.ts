import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { fieldPath, isolateThisProcess, servedOrg, temporaryFolder, textField, writeProject } from './client-org.ts';

isolateThisProcess(mkdtempSync(join(tmpdir(), 'waterfall-sdr-')));
const { AuthInfo, Connection } = await import('@salesforce/core');
const { ComponentSet, ComponentStatus, MetadataApiDeploy } = await import('@salesforce/source-deploy-retrieve');
const { Duration } = await import('@salesforce/kit');

const POLL = { frequency: Duration.milliseconds(20), timeout: Duration.seconds(30) };

async function connect(t: TestContext) {
  const { url, token, org } = await servedOrg(t);
  // The client remembers users by name; every org of this process needs its own.
  const username = `admin@${new URL(url).port}.local`;
  const authInfo = await AuthInfo.create({
    username,
    accessTokenOptions: {
      accessToken: token,
      instanceUrl: url,
      loginUrl: url,
      username,
      orgId: org.orgId,
      isDevHub: false,
      namespacePrefix: null,
    },
  });
  return Connection.create({ authInfo, connectionOptions: { version: '67.0' } });
}

async function deploy(
  t: TestContext,
  connection: Awaited<ReturnType<typeof connect>>,
  files: Record<string, string>,
  apiOptions = {},
) {
  const folder = temporaryFolder(t, 'deploy');
  writeProject(folder, files);
  const set = ComponentSet.fromSource(join(folder, 'force-app'));
  set.sourceApiVersion = '66.0';
  const run = await set.deploy({ usernameOrConnection: connection, apiOptions });
  return run.pollStatus(POLL);
}

for (const rest of [false, true]) {
  test(`deploys and retrieves over ${rest ? 'REST' : 'SOAP'}`, async (t) => {
    const connection = await connect(t);
    const name = 'Deployed__c';
    const { response } = await deploy(
      t,
      connection,
      { [fieldPath(name)]: textField(name, '    <length>20</length>\n') },
      { rest },
    );
    assert.equal(response.status, 'Succeeded');
    const folder = temporaryFolder(t, 'retrieve');
    const set = new ComponentSet([{ type: 'CustomField', fullName: `Opportunity.${name}` }]);
    set.sourceApiVersion = '66.0';
    const retrieve = await set.retrieve({ usernameOrConnection: connection, output: folder, merge: false });
    const result = await retrieve.pollStatus(POLL);
    assert.equal(result.response.status, 'Succeeded');
    const file = result.getFileResponses().find(({ type }) => type === 'CustomField')?.filePath ?? '';
    assert.equal(readFileSync(file, 'utf8'), textField(name, '    <length>20</length>\n'));
  });
}

test('a failing deploy names the component, the place and the platform’s reason, and changes nothing', async (t) => {
  const connection = await connect(t);
  const files = {
    [fieldPath('Good__c')]: textField('Good__c', '    <length>20</length>\n'),
    [fieldPath('Bad__c')]: textField('Bad__c', ''),
  };
  const result = await deploy(t, connection, files, { rollbackOnError: true });
  assert.equal(result.response.status, 'Failed');
  const failed = result.getFileResponses().filter(({ state }) => state === ComponentStatus.Failed);
  assert.equal(failed[0]?.fullName, 'Opportunity.Bad__c');
  assert.match(JSON.stringify(failed[0]), /length/);
  const { fields } = await connection.describe('Opportunity');
  assert.ok(!fields.some(({ name }) => name === 'Good__c'));
});

test('a validation changes nothing and can then be deployed quickly', async (t) => {
  const connection = await connect(t);
  const files = { [fieldPath('Quick__c')]: textField('Quick__c', '    <length>20</length>\n') };
  const { response } = await deploy(t, connection, files, { checkOnly: true });
  assert.equal(response.status, 'Succeeded');
  const has = async () =>
    (await connection.metadata.read('CustomField', 'Opportunity.Quick__c')).fullName !== undefined;
  assert.equal(await has(), false);
  await connection.metadata.deployRecentValidation({ id: response.id });
  assert.equal(await has(), true);
});

test('deploys and retrieves in metadata format', async (t) => {
  const connection = await connect(t);
  const folder = temporaryFolder(t, 'mdapi');
  const field =
    '<fields><fullName>Mdapi__c</fullName><label>Mdapi</label><length>20</length><type>Text</type></fields>';
  const members = '<types><members>Opportunity.Mdapi__c</members><name>CustomField</name></types>';
  const files = {
    'package.xml': `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${members}<version>66.0</version></Package>`,
    'objects/Opportunity.object': `<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata">${field}</CustomObject>`,
  };
  mkdirSync(join(folder, 'objects'));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const deploying = new MetadataApiDeploy({ usernameOrConnection: connection, mdapiPath: folder });
  await deploying.start();
  const { response } = await deploying.pollStatus(POLL);
  assert.equal(response.status, 'Succeeded');
  const output = temporaryFolder(t, 'mdapi-retrieve');
  const set = new ComponentSet([{ type: 'CustomField', fullName: 'Opportunity.Mdapi__c' }]);
  set.sourceApiVersion = '66.0';
  const retrieving = await set.retrieve({
    usernameOrConnection: connection,
    format: 'metadata',
    output,
    singlePackage: true,
    unzip: true,
    zipFileName: 'out.zip',
  });
  const retrieved = await retrieving.pollStatus(POLL);
  assert.equal(retrieved.response.status, 'Succeeded');
  const file = readdirSync(output, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('Opportunity.object'),
  );
  assert.match(readFileSync(join(output, file ?? ''), 'utf8'), /<fullName>Mdapi__c<\/fullName>/);
});
