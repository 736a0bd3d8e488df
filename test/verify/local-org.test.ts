/** The whole way: compiled, planned, deployed and verified on a local org, for each branch that the compiler takes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyOrg } from '../../scripts/verify/verify-org.ts';
import { variants } from '../compile/flows/default-model.ts';
import { deployedOrg } from './deployed-org.ts';

describe('a local org with the waterfall deployed', async () => {
  for (const [variant, waterfall] of await variants()) {
    it(`passes every check and scenario: ${variant}`, async () => {
      const deployed = await deployedOrg(waterfall);
      const { org } = deployed;
      try {
        const report = await verifyOrg(org, waterfall, { atOnce: variant === 'default' ? 200 : 3 });
        assert.deepEqual(
          [...report.checks, ...report.rows].filter(({ status }) => status !== 'passed'),
          [],
        );
        assert.deepEqual(report.cleanUp.left, []);
        assert.deepEqual(await org.query("SELECT Id FROM Opportunity WHERE Name LIKE '%verify%'"), []);
      } finally {
        await deployed.close();
      }
    });
  }
});
