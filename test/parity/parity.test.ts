import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import { describe as describeOutcome } from './report.ts';
import { runFile } from './run-scenarios.ts';
import { readScenarios } from './scenario.ts';
import { localTarget } from './target.ts';

const FAMILIES = [
  'bulk',
  'flows',
  'formulas',
  'lead-conversion',
  'metadata-deploy',
  'opportunity',
  'opportunity-history',
  'record-types',
  'rest',
  'save-order',
  'soap',
  'soql',
  'ui-api',
  'validation',
];

const files = readScenarios();

test('there are scenarios of every family, each with its source, and no name twice in a file', () => {
  assert.deepEqual([...new Set(files.map(({ family }) => family))].sort(), FAMILIES);
  const scenarios = files.flatMap((file) => file.scenarios);
  assert.ok(scenarios.length >= 120, `${scenarios.length} scenarios`);
  for (const file of files) {
    const names = file.scenarios.map(({ name }) => name);
    assert.equal(new Set(names).size, names.length, file.path);
  }
});

/** Each file has an org of its own, which must be as it was when the file is done. */
for (const file of files) {
  describe(`the local org answers as ${file.path} expects`, async () => {
    const running = await startLocalOrg();
    const outcome = await runFile(await localTarget(running), file).finally(() => running.close());
    for (const one of outcome.outcomes) {
      test(one.scenario.name, () => {
        assert.ok(one.verdict === 'same' || one.verdict === 'known', `\n${describeOutcome(one)}`);
      });
    }
    test('nothing is left in the org', () => {
      assert.deepEqual(outcome.left, []);
    });
  });
}
