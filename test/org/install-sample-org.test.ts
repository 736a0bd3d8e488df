import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fillSampleOrg } from '../../local-org/sample/fill-sample-org.ts';
import { runAudit } from '../../scripts/audit/run-audit.ts';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { rollbackRun } from '../../scripts/apply/rollback-run.ts';
import { loadWaterfall } from '../../scripts/commands/load-waterfall.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import type { Prepared } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import { allStages } from '../../scripts/model/waterfall.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { readAutomation } from '../../scripts/org/read-automation.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { Mapping } from '../../scripts/plan/mapping.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

/** The record type and the two stages that the sample company has of its own. */
const OWN_RECORD_TYPE = 'Enterprise_Sale';

let connected: ConnectedOrg;
let waterfall: Waterfall;
const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-sample-'));
before(async () => {
  connected = await connectedLocalOrg();
  fillSampleOrg(connected.running.org, () => undefined);
  waterfall = await loadWaterfall(undefined, PROJECT_FOLDER);
});
after(async () => {
  await connected.close();
  rmSync(root, { recursive: true, force: true });
});

const prepare = (mapping: Mapping = EMPTY_MAPPING): Promise<Prepared> =>
  preparePlan({ org: connected.org, waterfall, mapping, projectFolder: PROJECT_FOLDER, now: new Date() });

test('the audit finds what the company has of its own, and drafts its mapping', async () => {
  const prepared = await prepare();
  const automation = await readAutomation(connected.org, new Set(['Waterfall_Stage_Stamping', 'Waterfall_Renewal']));
  const { findings, mapping } = runAudit({ ...prepared, automation, newestVersion: connected.org.newestVersion });
  const codes = new Set(findings.map(({ code }) => code));
  for (const code of [
    'AUDIT_FLOW',
    'AUDIT_VALIDATION_RULE',
    'AUDIT_STAGES',
    'AUDIT_RECORD_TYPES',
    'AUDIT_FIELDS',
    'PLAN_ROLE_MISSING',
  ])
    assert.ok(codes.has(code), code);
  assert.deepEqual(
    findings.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.match(findings.find(({ code }) => code === 'AUDIT_RECORD_TYPES')!.message, /1500 opportunities/);
  const drafted = new Map(mapping.stages.map(({ stage, is }) => [stage, is]));
  assert.equal(drafted.get('Negotiation/Review'), 'Negotiation');
  assert.ok(!drafted.has('Closed Won'), 'what has the same name is shared already');
  assert.ok(mapping.stages.every(({ adopt, confidence, reason }) => !adopt && confidence! > 0 && reason));
});

/** What people fill in has to be on a page: who gets the renewals, what an account is targeted for, what a campaign is about … */
const lastColumn = (section: string, ...fields: readonly string[]): readonly string[] =>
  fields.map((field) => `layoutSections[${section}].layoutColumns[1].layoutItems[${field}]`);
const ON_THEIR_LAYOUTS: Readonly<Record<string, readonly string[]>> = {
  'Layout:Account-Account Layout': lastColumn(
    'Account Information',
    ...['Churned_On__c', 'Churned__c', 'Customer_Success_Owner__c', 'Marketing_Owner__c', 'Targeted_Solutions__c'],
  ),
  'Layout:Campaign-Campaign Layout': lastColumn('Campaign Information', 'Solution__c'),
  'Layout:Lead-Lead Layout': lastColumn(
    'Lead Information',
    ...['Conversion_Problem__c', 'Engaged_At__c', 'Lead_Score__c', 'Match_Reason__c', 'Match_Status__c'],
    ...['Matched_Account__c', 'Responded_Campaign__c', 'Solution__c', 'Waterfall_Opportunity__c'],
  ),
  'Layout:OpportunityContactRole-Opportunity Contact Role Layout': lastColumn(
    'OpportunityContactRole Information',
    ...['Member_Source__c', 'Member_Status__c'],
  ),
  'Layout:Product2-Product Layout': lastColumn('Product2 Information', 'Renewable__c'),
};

test('their stages, record type, rules, layout and profiles are the same after the install and after taking it back', async () => {
  const first = await prepare();
  const plan = first.plan;
  const { run } = await deployPlan({
    org: connected.org,
    plan,
    snapshot: first.snapshot,
    root,
    confirmed: false,
    watch: () => undefined,
    now: new Date(),
  });
  const second = await prepare();
  assert.deepEqual(
    second.plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );
  const theirs = Object.entries(first.snapshot.components).filter(
    ([, { type }]) => !['StandardValueSet', 'Profile', 'CustomObject', 'Settings'].includes(type),
  );
  for (const [key, was] of theirs) {
    const added = differences(was, second.snapshot.components[key]!).map(({ path: element, before: had }) => [
      element,
      had,
    ]);
    const offered = ON_THEIR_LAYOUTS[key] ?? [];
    assert.deepEqual(
      added.toSorted(),
      offered.map((field) => [field, null]),
      key,
    );
  }
  const before_ = first.snapshot.stages.filter(({ active }) => active);
  assert.deepEqual(
    second.snapshot.stages.slice(0, before_.length).map(({ name, probability, active }) => [name, probability, active]),
    before_.map(({ name, probability }) => [name, probability, true]),
  );
  assert.deepEqual(second.snapshot.counts, first.snapshot.counts);

  await rollbackRun({
    org: connected.org,
    root,
    run: run!,
    snapshot: second.snapshot,
    confirmed: false,
    watch: () => undefined,
    now: new Date(),
  });
  const third = await prepare();
  for (const [key, was] of theirs) assert.deepEqual(differences(was, third.snapshot.components[key]!), [], key);
  assert.deepEqual(
    third.snapshot.stages.filter(({ active }) => active).map(({ name }) => name),
    before_.map(({ name }) => name),
  );
});

test('their record type is adopted: it keeps its label and stages, gets ours, and is put back afterwards', async () => {
  const mapping: Mapping = {
    ...EMPTY_MAPPING,
    recordTypes: [{ recordType: OWN_RECORD_TYPE, is: 'acquisition', adopt: true }],
  };
  const first = await prepare(mapping);
  const key = `RecordType:Opportunity.${OWN_RECORD_TYPE}`;
  const was = first.snapshot.components[key]!;
  assert.ok(
    !first.plan.steps.some(({ id, action }) => id === 'RecordType:Opportunity.Acquisition' && action === 'create'),
    'nothing is created beside it',
  );
  const { run } = await deployPlan({
    org: connected.org,
    plan: first.plan,
    snapshot: first.snapshot,
    root,
    confirmed: false,
    watch: () => undefined,
    now: new Date(),
  });
  const second = await prepare(mapping);
  assert.deepEqual(
    second.plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );
  const is = second.snapshot.components[key]!;
  assert.equal(is.metadata['label'], was.metadata['label']);
  const stagesOf = (prepared: Prepared): string[] => {
    const process = String(prepared.snapshot.components[key]!.metadata['businessProcess']);
    const { values } = prepared.snapshot.components[`BusinessProcess:Opportunity.${process}`]!.metadata as {
      values: { fullName: string }[];
    };
    return values.map(({ fullName }) => decodeURIComponent(fullName));
  };
  const [before_, after_] = [stagesOf(first), stagesOf(second)];
  for (const stage of before_) assert.ok(after_.includes(stage), `${stage} is no longer offered`);
  assert.ok(after_.includes('Discovery'));
  // What creates opportunities in a stage that it had goes on doing so; a stage of another type is refused as ever.
  const { recordTypeInfos } = await connected.org.describe('Opportunity');
  const RecordTypeId = recordTypeInfos.find(({ developerName }) => developerName === OWN_RECORD_TYPE)!.recordTypeId;
  const old = before_.filter((stage) => !allStages(waterfall).some(({ name }) => name === stage));
  assert.ok(old.length > 0);
  const created = await connected.org.create(
    'Opportunity',
    [...old, 'Renewal Scheduled'].map((StageName) => ({
      Name: 'Integration',
      CloseDate: '2026-12-31',
      Amount: 1000,
      StageName,
      RecordTypeId,
    })),
  );
  const ids = created.flatMap(({ id }) => id ?? []);
  assert.equal(ids.length, old.length, JSON.stringify(created));
  assert.match(created.at(-1)!.errors[0]!.message, /does not belong to/);
  await connected.org.remove(ids);
  await rollbackRun({
    org: connected.org,
    root,
    run: run!,
    snapshot: second.snapshot,
    confirmed: false,
    watch: () => undefined,
    now: new Date(),
  });
  const back = (await prepare(mapping)).snapshot.components[key]!;
  // The values of our own picklist go with the field; what the org keeps of them in the record type is its business.
  const changed = differences(was, back).filter(
    ({ path: element }) => !element.startsWith('picklistValues[Solution__c]'),
  );
  assert.deepEqual(changed, []);
});
