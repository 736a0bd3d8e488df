import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { rollbackRun } from '../../scripts/apply/rollback-run.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import type { Prepared } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { Mapping } from '../../scripts/plan/mapping.ts';
import { valuesOf } from '../../scripts/plan/rules/value-set.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

let connected: ConnectedOrg;
let waterfall: Waterfall;
const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-install-'));
before(async () => {
  connected = await connectedLocalOrg();
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});
after(async () => {
  await connected.close();
  rmSync(root, { recursive: true, force: true });
});

const prepare = (mapping: Mapping = EMPTY_MAPPING): Promise<Prepared> =>
  preparePlan({ org: connected.org, waterfall, mapping, projectFolder: PROJECT_FOLDER, now: new Date() });
const deploy = ({ plan, snapshot }: Prepared) =>
  deployPlan({ org: connected.org, plan, snapshot, root, confirmed: false, watch: () => undefined, now: new Date() });

test('the whole install: deploy, plan is empty and fast, roll back', async () => {
  const first = await prepare();
  assert.deepEqual(
    first.plan.findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  const { run } = await deploy(first);
  assert.ok(run);

  const started = performance.now();
  const second = await prepare();
  const took = performance.now() - started;
  assert.deepEqual(
    second.plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );
  assert.ok(took < 2000, `a plan that finds nothing to change took ${Math.round(took)} ms`);
  assert.ok(second.snapshot.flows.every(({ activeVersionId }) => activeVersionId !== null));

  const back = await rollbackRun({
    org: connected.org,
    root,
    run,
    snapshot: second.snapshot,
    confirmed: false,
    watch: () => undefined,
    now: new Date(),
  });
  const third = await prepare();
  const stays = new Set(back.stays.map(({ place }) => place.replace(' ', ':')));
  for (const key of Object.keys(third.snapshot.components)) {
    assert.ok(first.snapshot.components[key] ?? stays.has(key), `${key} is left without a word`);
  }
  for (const [key, was] of Object.entries(first.snapshot.components)) {
    const is = third.snapshot.components[key];
    assert.ok(is, `${key} is gone`);
    if (was.type === 'Profile') continue;
    const active = (metadata: typeof is.metadata) => ({
      ...metadata,
      standardValue: valuesOf(metadata).filter((value) => String(value['isActive']) !== 'false'),
    });
    const same =
      was.type === 'StandardValueSet'
        ? differences({ ...was, metadata: active(was.metadata) }, { ...is, metadata: active(is.metadata) })
        : differences(was, is);
    assert.deepEqual(same, [], key);
  }
  for (const key of stays)
    if (key.startsWith('RecordType'))
      assert.equal(String(third.snapshot.components[key]?.metadata['active']), 'false', key);

  const again = await deploy(third);
  assert.ok(again.run, 'what was taken back can be deployed again');
  assert.deepEqual(
    (await prepare()).plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );
});

test('adopting a record type that the org has not got is refused by name', async () => {
  const { plan } = await prepare({
    ...EMPTY_MAPPING,
    recordTypes: [{ recordType: 'Nowhere', is: 'crossSell', adopt: true }],
  });
  assert.deepEqual(
    plan.findings.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    ['MAPPING_RECORD_TYPE_UNKNOWN'],
  );
});
