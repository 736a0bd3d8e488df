import '../verify/own-home.ts';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { IntegrityReport } from '../../scripts/verify/integrity/types.ts';
import { defaultModel } from '../compile/models.ts';
import { deployedOrg } from '../verify/deployed-org.ts';
import type { DeployedOrg } from '../verify/deployed-org.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';

describe('waterfall verify --integrity', () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-integrity-'));
  let deployed: DeployedOrg;
  before(async () => {
    deployed = await deployedOrg(defaultModel);
    const [account] = await deployed.org.create('Account', [{ Name: 'Acme' }]);
    const [type] = await deployed.org.query<{ Id: string }>(
      "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'",
    );
    await deployed.org.create('Opportunity', [
      {
        Name: 'Acme Platform',
        AccountId: account!.id,
        RecordTypeId: type!.Id,
        StageName: 'Closed Won',
        CloseDate: '2026-01-31',
        Solution__c: 'Services',
      },
    ]);
    await logIn(home, 'there', deployed.running.url, deployed.running.token);
  });
  after(async () => {
    await deployed.close();
    rmSync(home, { recursive: true, force: true });
  });
  const verify = (...args: readonly string[]) => runWaterfall(['verify', '-o', 'there', '--integrity', ...args], home);

  it('says of records that are whole how many it looked at, and writes nothing', async () => {
    const { database } = deployed.running.org;
    const stamps = () => database.prepare('SELECT "Id", "SystemModstamp" FROM "Opportunity" ORDER BY "Id"').all();
    const before = stamps();
    assert.equal(before.length, 2, 'the win and its renewal');
    const { code, stdout } = await verify();
    assert.equal(code, 0, stdout);
    assert.match(stdout, /✓ Wins and their follow-ups +1 looked at/);
    assert.match(stdout, /nothing is wrong, in \d+\.\d s\. Nothing was written\.\n$/);
    assert.deepEqual(stamps(), before);
  });

  it('names what is wrong and ends with 1', async () => {
    deployed.running.org.database.exec(`UPDATE "Opportunity" SET "Source_Opportunity__c" = NULL`);
    const { code, stdout } = await verify();
    assert.equal(code, 1);
    assert.match(stdout, /✗ Follow-ups and their win +1 wrong of 1\n/);
    assert.match(stdout, /006\w{15}: renewal of 006\w{15} by its key, of none by its source/);
    const json = await verify('--json');
    assert.equal(json.code, 1);
    const { result } = JSON.parse(json.stdout) as { readonly result: IntegrityReport };
    assert.equal(result.ok, false);
    assert.equal(result.results.flatMap(({ damages }) => damages).length, 1);
  });

  it('does not go with what verify writes', async () => {
    const { code, stderr } = await verify('--allow-production');
    assert.notEqual(code, 0);
    assert.match(stderr, /--integrity/);
  });

  it('says where the waterfall is not there', async () => {
    const empty = await startLocalOrg();
    const other = mkdtempSync(path.join(os.tmpdir(), 'waterfall-empty-'));
    try {
      await logIn(other, 'empty', empty.url, empty.token);
      const { code, stderr } = await runWaterfall(['verify', '-o', 'empty', '--integrity'], other);
      assert.notEqual(code, 0);
      assert.match(stderr, /the waterfall is not there/);
    } finally {
      await empty.close();
      rmSync(other, { recursive: true, force: true });
    }
  });
});
