import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { AuthInfo, Connection } from '@salesforce/core';
import { Duration } from '@salesforce/kit';
import { ComponentSet, ComponentStatus } from '@salesforce/source-deploy-retrieve';
import { startLocalOrg, type RunningOrg } from '../../../local-org/start-local-org.ts';

/** The compiled package without its Lightning page, whose components are built elsewhere. */
const PACKAGE = join(import.meta.dirname, '../../../force-app/waterfall/main/default');
const FOLDERS = readdirSync(PACKAGE).filter((folder) => folder !== 'flexipages' && folder !== 'lwc');

let running: RunningOrg;
let connection: Connection;
let home: string;
const outside = { HOME: process.env.HOME, http_proxy: process.env.http_proxy, https_proxy: process.env.https_proxy };

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'metadata-sdr-'));
  process.env.HOME = home;
  delete process.env.http_proxy;
  delete process.env.https_proxy;
  running = await startLocalOrg();
  const username = 'admin@waterfall.local';
  const accessTokenOptions = {
    accessToken: running.token,
    instanceUrl: running.url,
    loginUrl: running.url,
    username,
    orgId: running.org.orgId,
    isDevHub: false,
  };
  const authInfo = await AuthInfo.create({ username, accessTokenOptions });
  connection = await Connection.create({ authInfo, connectionOptions: { version: '66.0' } });
});

after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
  for (const [name, value] of Object.entries(outside)) if (value !== undefined) process.env[name] = value;
});

/** What the compiled package calls. */
const CLASSES = join(import.meta.dirname, '../../../force-app/main/default/classes');

const packageSet = (): ComponentSet => {
  const set = ComponentSet.fromSource({ fsPaths: [...FOLDERS.map((folder) => join(PACKAGE, folder)), CLASSES] });
  set.sourceApiVersion = '66.0';
  set.apiVersion = '66.0';
  return set;
};
const WAIT = { frequency: Duration.milliseconds(20), timeout: Duration.seconds(30) };

test('source-deploy-retrieve deploys the compiled package, a second time without a change', async () => {
  for (const expected of ['Created', 'Unchanged']) {
    const job = await packageSet().deploy({ usernameOrConnection: connection });
    const result = await job.pollStatus(WAIT);
    assert.deepEqual(
      result.getFileResponses().filter((one) => one.state === ComponentStatus.Failed),
      [],
    );
    assert.equal(result.response.status, 'Succeeded');
    const field = result.getFileResponses().find((one) => one.fullName === 'Opportunity.Waterfall_Key__c');
    assert.equal(field?.state, expected);
  }
});

test('what was deployed is retrieved as the same source', async () => {
  const retrieved = await packageSet().retrieve({
    usernameOrConnection: connection,
    output: join(home, 'retrieved'),
    merge: false,
  });
  const result = await retrieved.pollStatus(WAIT);
  assert.equal(result.response.status, 'Succeeded');
  const failed = result.getFileResponses().filter((one) => one.state === ComponentStatus.Failed);
  assert.deepEqual(failed, []);
  const root = join(home, 'retrieved', String(readdirSync(join(home, 'retrieved'))[0]), 'main', 'default');
  // Value sets also bring back what the org had, so they are not the same file.
  const files = FOLDERS.filter((folder) => folder !== 'standardValueSets').flatMap((folder) =>
    readdirSync(join(PACKAGE, folder), { recursive: true })
      .map((file) => join(folder, String(file)))
      .filter((file) => file.endsWith('.xml')),
  );
  assert.ok(files.length > 80);
  for (const file of files) {
    assert.deepEqual(
      elementsOf(readFileSync(join(root, file), 'utf8')),
      elementsOf(readFileSync(join(PACKAGE, file), 'utf8')),
      file,
    );
  }
});

/** Elements of a source file without their order, which the platform does not keep. */
const elementsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .sort();
