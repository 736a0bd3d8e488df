/** Each model of config/models compiles without a finding, deploys into an org in use, and does there what it says. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../scripts/model/load-model.ts';
import { verifyOrg } from '../../scripts/verify/verify-org.ts';
import { deployedOrg } from './deployed-org.ts';

const MODELS = fileURLToPath(new URL('../../config/models', import.meta.url));

describe('ready-made models', () => {
  const files = readdirSync(MODELS).filter((file) => file.endsWith('.yaml'));

  it('are these', () => {
    assert.deepEqual(files.sort(), ['classic-demand.yaml', 'demand-unit.yaml', 'lead-to-revenue.yaml', 'minimal.yaml']);
  });

  for (const file of files) {
    it(`${file} deploys and verifies`, async () => {
      const { waterfall, findings } = await loadModel(`${MODELS}/${file}`);
      assert.deepEqual(findings, []);
      assert.ok(waterfall);
      const deployed = await deployedOrg(waterfall);
      try {
        const report = await verifyOrg(deployed.org, waterfall, { atOnce: 3 });
        assert.deepEqual(
          [...report.checks, ...report.rows].filter(({ status }) => status !== 'passed'),
          [],
        );
        assert.ok(report.rows.length > 0);
        assert.deepEqual(report.cleanUp.left, []);
      } finally {
        await deployed.close();
      }
    });
  }
});
