import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { test } from 'node:test';
import { MANIFEST_FILE, manifestText } from '../../scripts/commands/write-manifest.ts';
import { runWaterfall } from './run-waterfall.ts';

test('oclif.manifest.json is in step with the commands (node scripts/commands/write-manifest.ts writes it)', async () => {
  assert.deepEqual(JSON.parse(readFileSync(MANIFEST_FILE, 'utf8')), JSON.parse(await manifestText()));
});

test('help lists every command and loads none', async () => {
  const started = performance.now();
  const { code, stdout } = await runWaterfall(['--help'], os.tmpdir());
  const took = performance.now() - started;
  assert.equal(code, 0);
  for (const name of ['audit', 'plan', 'deploy', 'rollback', 'verify', 'runs', 'compile'])
    assert.match(stdout, new RegExp(`waterfall ${name}`));
  // The bench holds it to 0.6 s on a quiet machine; tests run beside each other.
  assert.ok(took < 3000, `${Math.round(took)} ms`);
});
