/** Two thousand records through Bulk API 2.0, everything that follows from them, and the checks over the result. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployedOrg } from '../deployed-org.ts';
import { loadCompany } from '../../../bench/load/company-load.ts';
import { hirePeople } from '../../../bench/load/people.ts';
import { checkIntegrity } from '../../../scripts/verify/integrity/check-integrity.ts';
import { defaultModel } from '../../compile/models.ts';

const ACCOUNTS = 200;

describe('a load of two thousand records', () => {
  it('leaves no orphan and no double', async () => {
    const deployed = await deployedOrg(defaultModel);
    const { org, running } = deployed;
    try {
      hirePeople(running.org, defaultModel);
      const load = await loadCompany(running, defaultModel, ACCOUNTS);
      assert.ok(load.total >= 2000, JSON.stringify(load.sent));
      assert.deepEqual(load.failures, []);
      const { results, told } = await checkIntegrity(org, defaultModel);
      assert.deepEqual(
        results.filter(({ damages }) => damages.length > 0).map(({ check, damages }) => [check, damages.slice(0, 3)]),
        [],
      );
      assert.deepEqual(told, []);
      const of = (check: string) => results.find((result) => result.check === check)?.lookedAt;
      // A renewal, an upsell and two cross-sells of each win; the cross-sell of what is open already is left out.
      assert.equal(of('Wins and their follow-ups'), 4 * ACCOUNTS);
      assert.ok(of('Follow-ups and their win')! >= 2 * ACCOUNTS);
      assert.ok(of('Members of buying groups')! >= 4 * ACCOUNTS);
      assert.ok(of('Pending handshakes')! > 0);
      assert.equal(of('Conversions of leads'), ACCOUNTS / 20);
    } finally {
      await deployed.close();
    }
  });
});
