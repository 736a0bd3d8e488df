/** An org that changes from one model to another: what only the first has stops working, and comes back with a rollback. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { rollbackRun } from '../../scripts/apply/rollback-run.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import type { Prepared } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Finding } from '../../scripts/finding.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { nothingLeftOver } from '../../scripts/verify/checks/left-over.ts';
import { checkIntegrity } from '../../scripts/verify/integrity/check-integrity.ts';
import { verifyOrg } from '../../scripts/verify/verify-org.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-switch-'));
let connected: ConnectedOrg;
let whole: Waterfall;
let small: Waterfall;
let revenue: Waterfall;
before(async () => {
  connected = await connectedLocalOrg();
  whole = await loadWaterfall(undefined, PROJECT_FOLDER);
  [small, revenue] = await Promise.all(
    ['minimal', 'lead-to-revenue'].map((name) =>
      loadWaterfall(path.join(PROJECT_FOLDER, `config/models/${name}.yaml`), PROJECT_FOLDER),
    ) as [Promise<Waterfall>, Promise<Waterfall>],
  );
});
after(async () => {
  await connected.close();
  rmSync(root, { recursive: true, force: true });
});

const prepare = (waterfall: Waterfall): Promise<Prepared> =>
  preparePlan({
    org: connected.org,
    waterfall,
    mapping: { ...EMPTY_MAPPING, opportunityLayout: 'assign' },
    projectFolder: PROJECT_FOLDER,
    now: new Date(),
  });
const deploy = async ({ plan, snapshot }: Prepared) =>
  deployPlan({
    ...{ org: connected.org, root, plan, snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
const activeFlows = async (): Promise<readonly string[]> =>
  (
    await connected.org.query<{ readonly ApiName: string }>(
      "SELECT ApiName FROM FlowDefinitionView WHERE IsActive = true AND ApiName LIKE 'Waterfall%' ORDER BY ApiName",
    )
  ).map(({ ApiName }) => ApiName);
const activeRules = async (): Promise<readonly string[]> =>
  (
    await connected.org.toolingQuery<{ readonly ValidationName: string; readonly Active: boolean }>(
      "SELECT ValidationName, Active FROM ValidationRule WHERE EntityDefinition.QualifiedApiName = 'Opportunity'",
    )
  )
    .filter(({ Active }) => Active)
    .map(({ ValidationName }) => ValidationName)
    .toSorted();
const compiled = ({ components }: Prepared, type: string): readonly string[] =>
  components
    .filter((component) => component.type === type)
    .map(({ fullName }) => fullName.replace('Opportunity.', ''))
    .toSorted();
const stepIds = ({ plan }: Prepared): readonly string[] => plan.steps.map(({ id }) => id);

const fields = async (): Promise<readonly string[]> =>
  (await connected.org.list(['CustomField'])).map(({ fullName }) => fullName).toSorted();
const takeBack = async (run: string | null, model: Waterfall) =>
  rollbackRun({
    ...{ org: connected.org, root, run: run!, snapshot: (await prepare(model)).snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
const inUse = (stays: readonly Finding[]): readonly Finding[] => stays.filter(({ code }) => code === 'ROLLBACK_IN_USE');

test('the flows and rules of the first model stop with the second one, and a rollback brings them back', async () => {
  const { org } = connected;
  await deploy(await prepare(whole));
  const [flows, rules] = [await activeFlows(), await activeRules()];

  const second = await prepare(small);
  const opportunity = await org.describe('Opportunity');
  const context = { org, waterfall: small, components: second.components, layoutByHand: false, opportunity };
  const [found] = await nothingLeftOver.run(context);
  assert.match(`${found!.status} ${found!.actual}`, /^failed active: .*Waterfall_Promotion/);
  assert.ok(stepIds(second).includes('Deactivate:Waterfall_Promotion'));
  const { run } = await deploy(second);
  assert.deepEqual(await activeFlows(), compiled(second, 'Flow'));
  assert.deepEqual(await activeRules(), compiled(second, 'ValidationRule'));
  assert.deepEqual(stepIds(await prepare(small)), []);
  assert.ok(stepIds(await prepare(whole)).includes('Activate:Waterfall_Promotion'), 'the first model would be back');
  const { checks, rows } = await verifyOrg(org, small, { atOnce: 1, layoutByHand: false });
  assert.deepEqual(
    [...checks, ...rows].filter(({ status }) => status !== 'passed'),
    [],
  );
  assert.deepEqual(
    (await checkIntegrity(org, small)).results.flatMap(({ damages }) => damages),
    [],
    'what the first model left is not read',
  );

  const { done } = await takeBack(run, small);
  assert.deepEqual(
    done.find(({ step }) => step === 'Deactivate:Waterfall_Promotion'),
    { step: 'Deactivate:Waterfall_Promotion', outcome: 'activated' },
  );
  assert.deepEqual(await activeFlows(), flows);
  assert.deepEqual(await activeRules(), rules);
  assert.deepEqual(stepIds(await prepare(whole)), []);
});

test('a rollback takes the fields of the second model along, and the versions of flows that hold them', async () => {
  await deploy(await prepare(whole));
  const before_ = { flows: await activeFlows(), rules: await activeRules(), fields: await fields() };
  const { run } = await deploy(await prepare(revenue));
  assert.ok((await fields()).includes('Lead.Anonymous_Date__c'));
  assert.deepEqual(inUse((await takeBack(run, revenue)).stays), []);
  assert.deepEqual({ flows: await activeFlows(), rules: await activeRules(), fields: await fields() }, before_);
  assert.deepEqual(stepIds(await prepare(whole)), []);
});

test('the first model comes back by a deployment of its own: what its changed flows call is active with them', async () => {
  const { org } = connected;
  await deploy(await prepare(whole));
  const flows = await activeFlows();
  const { run } = await deploy(await prepare(revenue));
  const back = await prepare(whole);
  const called = back.plan.steps.find(({ id }) => id === 'Activate:Waterfall_Join_Only_Opportunity');
  assert.equal(called?.do.text, 'Deploy Flow Waterfall_Join_Only_Opportunity again, as active');
  await deploy(back);
  assert.deepEqual(await activeFlows(), flows);
  assert.deepEqual(stepIds(await prepare(whole)), []);
  const { checks, rows } = await verifyOrg(org, whole, { atOnce: 1, layoutByHand: false });
  assert.deepEqual(
    [...checks, ...rows].filter(({ status }) => status !== 'passed'),
    [],
  );

  assert.deepEqual(inUse((await takeBack(run, revenue)).stays), [], 'what the newer run brought is known as well');
  assert.ok(!(await fields()).includes('Lead.Anonymous_Date__c'));
  assert.deepEqual(await activeFlows(), flows);
  assert.deepEqual(stepIds(await prepare(whole)), []);
});

test('versions of flows that no journal knows stay, and so do the fields that they hold, by name', async () => {
  await deploy(await prepare(whole));
  const flows = await activeFlows();
  const { run } = await deploy(await prepare(revenue));
  const journal = path.join(root, '.waterfall/runs', run!, 'journal.ndjson');
  const lines = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, lines.filter((line) => !line.includes('"flowVersions"')).join('\n'));
  const { stays, done } = await takeBack(run, revenue);
  const field = inUse(stays).find(({ place }) => place === 'CustomField Opportunity.Renewal_Offer_Date__c');
  assert.match(field?.message ?? '', /Flow Version - Waterfall_Stage_Stamping-\d/);
  assert.match(field?.action ?? '', /newer runs first/);
  assert.ok(
    done.some(({ step, outcome }) => step === 'CustomField:Opportunity.Renewal_Offer_Date__c' && outcome === 'stays'),
  );
  assert.ok(done.some(({ step, outcome }) => step.startsWith('CustomField:') && outcome === 'deleted'));
  assert.deepEqual(await activeFlows(), flows);
  assert.deepEqual(stepIds(await prepare(whole)), []);
});
