import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { resumeRun, settleRun } from '../../scripts/apply/resume-run.ts';
import { rollbackRun } from '../../scripts/apply/rollback-run.ts';
import { listRuns } from '../../scripts/apply/run-journal.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import type { Prepared } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { OrgError } from '../../scripts/org/types.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { component, fakeOrg } from './fake-org.ts';
import type { FakeOrg } from './fake-org.ts';

const values = (names: readonly string[]): readonly object[] =>
  names.map((fullName) => ({ fullName, label: fullName, default: false }));
const orgInUse = (): FakeOrg =>
  fakeOrg([
    component('StandardValueSet', 'OpportunityStage', {
      sorted: false,
      standardValue: [
        {
          fullName: 'Prospecting',
          label: 'Prospecting',
          default: false,
          closed: false,
          won: false,
          probability: 10,
          forecastCategory: 'Pipeline',
        },
        {
          fullName: 'Closed Won',
          label: 'Closed Won',
          default: false,
          closed: true,
          won: true,
          probability: 100,
          forecastCategory: 'Closed',
        },
        {
          fullName: 'Closed Lost',
          label: 'Closed Lost',
          default: false,
          closed: true,
          won: false,
          probability: 0,
          forecastCategory: 'Omitted',
        },
      ],
    }),
    component('StandardValueSet', 'OpportunityType', { sorted: false, standardValue: values(['New Customer']) }),
    component('StandardValueSet', 'ContactRole', { sorted: false, standardValue: values(['Decision Maker']) }),
    component('Settings', 'PathAssistant', { pathAssistantEnabled: false }),
    component('CustomObject', 'Opportunity', {
      actionOverrides: [{ actionName: 'View', type: 'Default', formFactor: 'Large' }],
    }),
    component('RecordType', 'Opportunity.Own', { active: true, label: 'Own', businessProcess: 'Own Process' }),
  ]);

let root = '';
let waterfall: Waterfall;
before(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-apply-'));
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});
after(() => rmSync(root, { recursive: true, force: true }));

const NOW = new Date('2026-02-10T09:00:00Z');
const prepare = (org: FakeOrg): Promise<Prepared> =>
  preparePlan({ org, waterfall, mapping: EMPTY_MAPPING, projectFolder: PROJECT_FOLDER, now: NOW });
const deploy = async (org: FakeOrg, prepared: Prepared, confirmed = false) =>
  deployPlan({
    org,
    root,
    plan: prepared.plan,
    snapshot: prepared.snapshot,
    confirmed,
    watch: () => undefined,
    now: NOW,
  });

const refused = async (work: Promise<unknown>): Promise<OrgError> => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof OrgError, String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'nothing was refused' });
};

test('deploy, plan again, roll back: nothing is left but what the platform keeps', async () => {
  const org = orgInUse();
  const original = new Map(org.components);
  const first = await prepare(org);
  assert.deepEqual(
    first.plan.findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  const outcome = await deploy(org, first);
  assert.ok(outcome.run);
  assert.equal(org.active.get('Waterfall_Stage_Stamping'), true, 'a flow that landed inactive is activated');
  const activated = outcome.done.flatMap(({ step }) => (step.startsWith('Activate:') ? [step] : []));
  assert.equal(activated[0], 'Activate:Waterfall_Tell_RevOps', 'what others call is active before them');

  const second = await prepare(org);
  assert.deepEqual(
    second.plan.steps.map(({ id, differences }) => [id, differences]),
    [],
  );
  assert.equal((await deploy(org, second)).run, null);

  const back = await rollbackRun({
    org,
    root,
    run: outcome.run,
    snapshot: second.snapshot,
    confirmed: false,
    watch: () => undefined,
    now: NOW,
  });
  const kept = [...org.components.keys()].filter((key) => !original.has(key));
  const stays = back.stays.map(({ place }) => place.replace(' ', ':'));
  assert.ok(
    kept.every((key) => stays.includes(key)),
    `kept without saying so: ${kept.filter((key) => !stays.includes(key)).join(', ')}`,
  );
  for (const [key, before_] of original) {
    if (key.startsWith('StandardValueSet')) continue;
    const now = org.components.get(key);
    assert.ok(now, key);
    assert.deepEqual(differences(before_, now), [], key);
  }
  for (const key of kept.filter((name) => name.startsWith('RecordType')))
    assert.equal(String(org.components.get(key)?.metadata['active']), 'false', key);
});

test('what is put back runs as it did before, although a deployed flow lands inactive', async () => {
  const org = orgInUse();
  const flows = ['Waterfall_Renewal', 'Waterfall_Upsell'];
  for (const name of flows) {
    const status = name === 'Waterfall_Renewal' ? 'Active' : 'Draft';
    org.components.set(`Flow:${name}`, component('Flow', name, { label: 'Of an earlier version', status }));
    org.active.set(name, status === 'Active');
  }
  const prepared = await prepare(org);
  const { run } = await deploy(org, prepared);
  assert.deepEqual(
    flows.map((name) => org.active.get(name)),
    [true, true],
  );
  await rollbackRun({
    ...{ org, root, run: run!, snapshot: (await prepare(org)).snapshot },
    ...{ confirmed: false, watch: () => undefined, now: NOW },
  });
  for (const name of flows)
    assert.equal(org.components.get(`Flow:${name}`)?.metadata['label'], 'Of an earlier version', name);
  assert.deepEqual(
    flows.map((name) => org.active.get(name)),
    [true, false],
  );
});

test('a network cut after the org has carried it out: the run says where it stopped, and going on only activates and assigns', async () => {
  const org = orgInUse();
  org.trouble = 'replyLost';
  const error = await refused(deploy(org, await prepare(org)));
  assert.equal(error.code, 'ORG_UNREACHABLE');
  assert.match(error.action, /waterfall deploy --resume/);
  org.trouble = 'none';
  const run = listRuns(root).at(-1)!;
  assert.equal(run.state, 'failed');
  assert.match(run.stoppedAt, /while the org was carrying out deployment/);

  const { plan } = await prepare(org);
  assert.ok(
    plan.steps.every(({ action }) => action === 'activate' || action === 'assign'),
    plan.steps.map(({ id }) => id).join(', '),
  );
  const said: string[] = [];
  await settleRun(org, root, run.id, (progress) => said.push(progress.kind === 'phase' ? progress.text : ''));
  assert.match(said.join('; '), /became of deployment .*; It was carried out$/);
  await resumeRun({ org, root, run: run.id, remaining: plan, watch: () => undefined });
  assert.equal(org.deploys, 1, 'nothing is sent twice');
  assert.equal(org.active.get('Waterfall_Renewal'), true);
  assert.equal(listRuns(root).find(({ id }) => id === run.id)?.state, 'finished');
});

test('a network cut before the org has heard of it: going on sends it', async () => {
  const org = orgInUse();
  org.trouble = 'requestLost';
  await refused(deploy(org, await prepare(org)));
  org.trouble = 'none';
  const run = listRuns(root).at(-1)!;
  assert.match(run.stoppedAt, /while the deployment was being sent/);
  await resumeRun({ org, root, run: run.id, remaining: (await prepare(org)).plan, watch: () => undefined });
  assert.deepEqual((await prepare(org)).plan.steps, []);
});

test('a refused deployment names component and reason, and says that nothing is left', async () => {
  const org = orgInUse();
  org.trouble = 'refused';
  const error = await refused(deploy(org, await prepare(org)));
  assert.equal(error.code, 'DEPLOY_REFUSED');
  assert.match(error.message, /CustomField Opportunity.A__c: no such thing/);
  assert.match(error.action, /nothing of this deployment is in the org/);
});

test('a plan is refused for another org, for an org that has changed, and with errors in it', async () => {
  const org = orgInUse();
  const prepared = await prepare(org);
  const other = fakeOrg([...org.components.values()], { orgId: '00D000000000002EAA', name: 'Other' });
  assert.equal(
    (await refused(deploy(other, { ...(await prepare(other)), plan: prepared.plan }))).code,
    'PLAN_OTHER_ORG',
  );
  org.components.set(
    'RecordType:Opportunity.New',
    component('RecordType', 'Opportunity.New', { active: true, label: 'New' }),
  );
  assert.equal((await refused(deploy(org, { ...(await prepare(org)), plan: prepared.plan }))).code, 'PLAN_STALE');
  org.components.set(
    'CustomField:Opportunity.Solution__c',
    component('CustomField', 'Opportunity.Solution__c', { label: 'Solution', type: 'Text' }),
  );
  assert.equal((await refused(deploy(org, await prepare(org)))).code, 'PLAN_HAS_ERRORS');
});

test('a user who may not deploy is told so before anything is begun', async () => {
  const org = orgInUse();
  org.mayDeploy = false;
  const before_ = listRuns(root).length;
  const error = await refused(deploy(org, await prepare(org)));
  assert.equal(error.code, 'ORG_PERMISSION');
  assert.match(error.message, /lacks API Enabled, .*Customize Application/);
  assert.equal(org.deploys, 0);
  assert.equal(listRuns(root).length, before_);
});

test('a journal that can no longer be written stops the run, and says what to do', async () => {
  const org = orgInUse();
  const prepared = await prepare(org);
  const sent = org.deploy.bind(org);
  org.deploy = async (folder, options) => {
    // The journal of the newest run makes way for a folder: appending to it fails as on a full disk.
    const journal = path.join(path.dirname(folder), 'journal.ndjson');
    rmSync(journal);
    mkdirSync(journal);
    return sent(folder, options);
  };
  const error = await refused(deploy(org, prepared));
  assert.equal(error.code, 'RUN_JOURNAL');
  assert.match(error.action, /waterfall deploy asks the org itself what is left/);
  rmSync(path.join(root, '.waterfall', 'runs'), { recursive: true });
});

test('production needs a confirmation', async () => {
  const production = fakeOrg([...orgInUse().components.values()], { kind: 'production' });
  const prepared = await prepare(production);
  assert.equal((await refused(deploy(production, prepared))).code, 'PRODUCTION_NOT_CONFIRMED');
  assert.ok((await deploy(production, prepared, true)).run);
});

test('the journal is one line per event and ends with the end', async () => {
  const org = orgInUse();
  const { run } = await deploy(org, await prepare(org));
  const lines = readFileSync(path.join(root, '.waterfall', 'runs', run!, 'journal.ndjson'), 'utf8')
    .trim()
    .split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
  assert.deepEqual([events[0], events[1], events[2], events.at(-1)], ['started', 'sending', 'sent', 'finished']);
});

test('production runs our Apex test with the deployment, and the plan says so; a sandbox runs none', async () => {
  for (const [kind, tests] of [
    ['production', ['WaterfallLeadConversionTest']],
    ['sandbox', undefined],
  ] as const) {
    const org = fakeOrg([...orgInUse().components.values()], { kind });
    const asked: (readonly string[] | undefined)[] = [];
    const listening: FakeOrg = Object.assign(Object.create(org) as FakeOrg, {
      deploy: (folder: string, options: Parameters<FakeOrg['deploy']>[1]) => {
        asked.push(options?.runTests);
        return org.deploy(folder, options);
      },
    });
    const prepared = await prepare(listening);
    const said = prepared.plan.findings.filter(({ code }) => code === 'PLAN_APEX_TESTS');
    assert.equal(said.length, kind === 'production' ? 1 : 0);
    await deploy(listening, prepared, true);
    assert.deepEqual(asked, [tests]);
    // With the class in the org there is nothing to test any more.
    const again = await prepare(listening);
    assert.deepEqual(
      again.plan.steps.filter(({ id }) => id.startsWith('ApexClass:')).map(({ id }) => id),
      [],
    );
  }
});

test('the plan says when the org keeps flows from running as leads are converted', async () => {
  const findings = async (value: string) => {
    const org = fakeOrg([
      ...orgInUse().components.values(),
      component('Settings', 'LeadConfig', { shouldLeadConvertRequireValidation: value }),
    ]);
    return (await prepare(org)).plan.findings.filter(({ code }) => code === 'PLAN_LEAD_VALIDATION').length;
  };
  assert.deepEqual([await findings('false'), await findings('true')], [1, 0]);
});
