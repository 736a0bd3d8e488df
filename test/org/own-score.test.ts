/** An org that keeps scores of people already: it computes those of leads, and its marketing software writes those of contacts. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { writePackage } from '../../scripts/apply/package-folder.ts';
import { rollbackRun } from '../../scripts/apply/rollback-run.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import type { Prepared } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import { MARKETING_PLATFORM_PERMISSION_SET } from '../../scripts/compile/names.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { verifyOrg } from '../../scripts/verify/verify-org.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

const field = (fullName: string, metadata: Readonly<Record<string, unknown>>) => ({
  type: 'CustomField',
  fullName,
  metadata: { label: 'Points', type: 'Number', precision: 6, scale: 1, ...metadata },
});

let connected: ConnectedOrg;
const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-own-score-'));
before(async () => {
  connected = await connectedLocalOrg();
  const folder = path.join(root, 'own');
  const own = [
    field('Lead.Base__c', { required: false }),
    field('Lead.Lead_Score__c', { formula: 'Base__c * 2' }),
    field('Contact.Lead_Score__c', { required: false }),
  ];
  writePackage(folder, { components: own }, '66.0');
  assert.deepEqual((await connected.org.deploy(folder)).problems, []);
});
after(async () => {
  await connected.close();
  rmSync(root, { recursive: true, force: true });
});

const prepare = async (): Promise<Prepared> =>
  preparePlan({
    org: connected.org,
    waterfall: await loadWaterfall(undefined, PROJECT_FOLDER),
    mapping: EMPTY_MAPPING,
    projectFolder: PROJECT_FOLDER,
    now: new Date(),
  });

test('the marketing platform writes the score that can be written, and the other one stays as it is', async () => {
  const { org } = connected;
  const first = await prepare();
  const { run } = await deployPlan({
    ...{ org, root, plan: first.plan, snapshot: first.snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
  const rows = await org.query<{ readonly Field: string; readonly PermissionsEdit: boolean }>(
    `SELECT Field, PermissionsEdit FROM FieldPermissions WHERE Parent.Name = '${MARKETING_PLATFORM_PERMISSION_SET}' ORDER BY Field`,
  );
  assert.deepEqual(
    rows.map(({ Field, PermissionsEdit }) => [Field, PermissionsEdit]),
    [
      ['Contact.Lead_Score__c', true],
      ['Lead.Lead_Score__c', false],
      ['Lead.Solution__c', true],
    ],
  );
  const second = await prepare();
  assert.deepEqual(
    second.plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );
  const { checks } = await verifyOrg(org, second.waterfall, { atOnce: 1 });
  assert.deepEqual(
    checks.filter(({ check, status }) => check === 'Field-level security' && status !== 'passed'),
    [],
  );

  await rollbackRun({
    ...{ org, root, run: run!, snapshot: second.snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
  const third = await prepare();
  assert.equal(third.snapshot.components[`PermissionSet:${MARKETING_PLATFORM_PERMISSION_SET}`], undefined);
  for (const key of ['CustomField:Contact.Lead_Score__c', 'CustomField:Lead.Lead_Score__c'])
    assert.deepEqual(differences(first.snapshot.components[key]!, third.snapshot.components[key]!), [], key);
});
