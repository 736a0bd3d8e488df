/** An org with picklists of its own on Opportunity, one of which the model requires. */
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
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { OrgRecord } from '../../scripts/org/types.ts';
import { differences } from '../../scripts/plan/difference.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import { connectedLocalOrg } from './local-org.ts';
import type { ConnectedOrg } from './local-org.ts';

const REGIONS = ['Americas', 'Asia/Pacific', 'EMEA'];

let connected: ConnectedOrg;
let waterfall: Waterfall;
const root = mkdtempSync(path.join(os.tmpdir(), 'waterfall-own-fields-'));
before(async () => {
  connected = await connectedLocalOrg();
  const value = REGIONS.map((fullName) => ({ fullName, label: fullName, default: fullName === 'EMEA' }));
  const region = {
    type: 'CustomField',
    fullName: 'Opportunity.Region__c',
    metadata: {
      label: 'Region',
      type: 'Picklist',
      required: false,
      valueSet: { restricted: true, valueSetDefinition: { sorted: false, value } },
    },
  };
  const access = {
    type: 'PermissionSet',
    fullName: 'Region',
    metadata: {
      label: 'Region',
      fieldPermissions: [{ editable: true, field: 'Opportunity.Region__c', readable: true }],
    },
  };
  const folder = path.join(root, 'own');
  writePackage(folder, { components: [region, access] }, '66.0');
  const { org } = connected;
  assert.deepEqual((await org.deploy(folder)).problems, []);
  const [set] = await org.query<{ Id: string }>("SELECT Id FROM PermissionSet WHERE Name = 'Region'");
  const assignment = { AssigneeId: org.identity.userId, PermissionSetId: set!.Id };
  assert.ok((await org.create('PermissionSetAssignment', [assignment]))[0]!.success);
  waterfall = requiring(await loadWaterfall(undefined, PROJECT_FOLDER));
});
after(async () => {
  await connected.close();
  rmSync(root, { recursive: true, force: true });
});

/** The model, with a region before an acquisition leaves Discovery. */
const requiring = (model: Waterfall): Waterfall => ({
  ...model,
  opportunityTypes: model.opportunityTypes.map((type) => ({
    ...type,
    stages: type.stages.map((stage) =>
      stage.name === 'Discovery' ? { ...stage, requiredToLeave: ['Region__c'] } : stage,
    ),
  })),
});

const prepare = (): Promise<Prepared> =>
  preparePlan({
    org: connected.org,
    waterfall,
    mapping: EMPTY_MAPPING,
    projectFolder: PROJECT_FOLDER,
    now: new Date(),
  });

test('what the org has of its own is offered and asked for by our record types, and is as before after a rollback', async () => {
  const { org } = connected;
  const first = await prepare();
  const { run } = await deployPlan({
    ...{ org, root, plan: first.plan, snapshot: first.snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
  const second = await prepare();
  assert.deepEqual(
    second.plan.steps.map(({ id, differences: changed }) => [id, changed]),
    [],
  );

  const { recordTypeInfos } = await org.describe('Opportunity');
  const { recordTypeId } = recordTypeInfos.find(({ developerName }) => developerName === 'Acquisition')!;
  assert.deepEqual((await org.picklistValues('Opportunity', recordTypeId, 'Region__c')).toSorted(), REGIONS);
  assert.ok((await org.picklistValues('Opportunity', recordTypeId, 'LeadSource')).includes('Web'));

  const acme = { Name: 'Acme', CloseDate: '2026-12-31', RecordTypeId: recordTypeId, Region__c: null };
  const [created] = await org.create('Opportunity', [{ ...acme, StageName: 'Discovery' }]);
  const move = async (values: OrgRecord): Promise<readonly string[]> => {
    const [outcome] = await org.update('Opportunity', [{ Id: created!.id!, ...values }]);
    return outcome!.errors.map(({ message }) => message);
  };
  assert.deepEqual(await move({ StageName: 'Proposal' }), [
    'Fill in Region before you move this opportunity forward from Discovery.',
  ]);
  assert.deepEqual(await move({ StageName: 'Proposal', Region__c: 'Asia/Pacific' }), []);

  await rollbackRun({
    ...{ org, root, run: run!, snapshot: second.snapshot },
    ...{ confirmed: false, watch: () => undefined, now: new Date() },
  });
  const third = await prepare();
  for (const key of [
    'CustomField:Opportunity.Region__c',
    'StandardValueSet:LeadSource',
    'Layout:Account-Account Layout',
  ])
    assert.deepEqual(differences(first.snapshot.components[key]!, third.snapshot.components[key]!), [], key);
});
