import path from 'node:path';
import type { Finding } from '../finding.ts';
import type { MetadataOrg } from '../org/metadata-org.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { OrgError } from '../org/types.ts';
import { testsToRun } from '../plan/apex-tests.ts';
import type { PlannedComponent, Step } from '../plan/types.ts';
import { deactivateFlow, reactivateFlow } from './activate-flows.ts';
import { unassign } from './assign-permission-set.ts';
import { assertDeployed, flowsToActivate } from './deploy-plan.ts';
import { toDeploy, writePackage } from './package-folder.ts';
import type { Removal } from './package-folder.ts';
import { watchSteps } from './progress.ts';
import type { Watcher } from './progress.ts';
import { readRun, recordFailure, startRun, summaryOf } from './run-journal.ts';
import type { DatedEntry, Run } from './run-journal.ts';

export interface RollbackRequest {
  readonly org: MetadataOrg;
  readonly root: string;
  /** The deploy to take back. */
  readonly run: string;
  /** Of the org as it is now: what is gone already needs no deleting. */
  readonly snapshot: Snapshot;
  readonly confirmed: boolean;
  readonly watch: Watcher;
  readonly now: Date;
}

export interface RollbackOutcome {
  readonly run: string;
  readonly done: readonly { readonly step: string; readonly outcome: string }[];
  /** What stays in the org, and why. */
  readonly stays: readonly Finding[];
}

/** Takes back what a deploy did, as far as the platform lets it. Throws OrgError; the journal says how far it got. */
export async function rollbackRun(request: RollbackRequest): Promise<RollbackOutcome> {
  const { root, run: id, watch, now } = request;
  const { plan, entries } = readRun(root, id);
  assertTakesBack(request, plan.orgId, plan.orgName);
  const done = new Set(entries.flatMap((entry) => (entry.event === 'stepDone' ? [entry.step] : [])));
  const steps = plan.steps
    .filter((step) => done.has(step.id) || (mayHaveLanded(entries) && step.do.change.kind === 'deploy'))
    .toReversed();
  const run = startRun(root, 'rollback', plan, now, id);
  try {
    const outcomes = await takeBack(request, steps, run, watch);
    run.write({ event: 'finished' });
    return { run: run.id, done: outcomes, stays: steps.flatMap(remainder) };
  } catch (error) {
    recordFailure(run, error);
    if (!(error instanceof OrgError)) throw error;
    throw new OrgError(
      error.code,
      `${error.message} (rollback run ${run.id})`,
      `${error.action} Then repeat: waterfall rollback ${id}.`,
      { cause: error },
    );
  }
}

/** A run that was cut off after sending does not know what the org did; one that was refused knows that nothing is there. */
const mayHaveLanded = (entries: readonly DatedEntry[]): boolean =>
  entries.some(({ event }) => event === 'sending') &&
  !entries.some((entry) => entry.event === 'failed' && entry.code === 'DEPLOY_REFUSED');

function assertTakesBack({ org, root, run, confirmed }: RollbackRequest, orgId: string, orgName: string): void {
  if (orgId !== org.identity.orgId) {
    throw new OrgError(
      'PLAN_OTHER_ORG',
      `Run ${run} was in org ${orgName} (${orgId}), not in ${org.identity.name}.`,
      'Name that org with --target-org.',
    );
  }
  if (summaryOf(readRun(root, run)).kind !== 'deploy') {
    throw new OrgError(
      'RUN_KIND',
      `Run ${run} is not a deploy.`,
      'Name a deploy run of `waterfall runs`; to undo a rollback, deploy again.',
    );
  }
  if (org.identity.kind === 'production' && !confirmed) {
    throw new OrgError(
      'PRODUCTION_NOT_CONFIRMED',
      `${org.identity.name} is a production org, and deleting fields deletes their values.`,
      'Export what you need, then confirm with --allow-production.',
    );
  }
}

/**
 * Flows are deactivated first (an active version cannot be deleted), assignments of our permission sets removed (one in use
 * cannot be deleted either); then one deployment puts back what was changed and deletes what was created: flows before it, since
 * they refer to fields, the rest after it, since what refers to it has been put back by then. At last flows are as active as they were.
 */
async function takeBack(
  { org, snapshot }: RollbackRequest,
  steps: readonly Step[],
  run: Run,
  watch: Watcher,
): Promise<RollbackOutcome['done']> {
  const outcomes: { readonly step: string; readonly outcome: string }[] = [];
  const finished = (step: string, outcome: string): void => {
    run.write({ event: 'stepDone', step, outcome });
    watch({ kind: 'step', id: step, outcome });
    outcomes.push({ step, outcome });
  };
  const removals = steps.flatMap((step) => removalOf(step, snapshot));
  const flows = removals.filter(({ type }) => type === 'Flow');
  for (const { fullName } of flows) {
    run.write({ event: 'stepStarted', step: `Deactivate:${fullName}` });
    finished(`Deactivate:${fullName}`, await deactivateFlow(org, fullName));
  }
  for (const { id, undo } of steps.filter((step) => step.undo.change.kind === 'deactivateFlow')) {
    run.write({ event: 'stepStarted', step: id });
    finished(id, undo.change.kind === 'deactivateFlow' ? await deactivateFlow(org, undo.change.flow) : '');
  }
  await takeBackAssignments(org, steps, removals, run, finished);
  outcomes.push(...(await putBack(org, steps, removals, run, watch)));
  await takeBackActivity(org, steps, run, finished);
  return outcomes;
}

/** The one deployment; nothing where nothing was deployed. */
async function putBack(
  org: MetadataOrg,
  steps: readonly Step[],
  removals: readonly Removal[],
  run: Run,
  watch: Watcher,
): Promise<RollbackOutcome['done']> {
  const flows = removals.filter(({ type }) => type === 'Flow');
  const components = merged(toDeploy(steps.map((step) => step.undo.change)));
  const before = await flowVersionRemovals(org, flows);
  const after = removals.filter(({ type }) => type !== 'Flow');
  if (components.length + before.length + after.length === 0) return [];
  const folder = path.join(run.folder, 'package');
  writePackage(folder, { components, removeBefore: before, removeAfter: after }, org.identity.apiVersion);
  run.write({ event: 'sending', steps: steps.map(({ id }) => id) });
  watch({ kind: 'phase', text: `Putting back ${components.length} components and deleting ${removals.length}` });
  const runTests = testsToRun(
    org.identity.kind,
    steps.map((step) => step.undo.change),
  );
  const report = await org.deploy(folder, {
    ...(runTests.length > 0 && { runTests }),
    onStarted: (deployId) => run.write({ event: 'sent', deployId }),
    onProgress: ({ deployed, total }) => watch({ kind: 'components', done: deployed, total }),
  });
  assertDeployed(report);
  const together = steps
    .filter(({ undo }) => undo.change.kind === 'deploy' || undo.change.kind === 'delete')
    .map((step) => ({ step: step.id, outcome: outcomeOf(step) }));
  for (const { step, outcome } of together) run.write({ event: 'stepDone', step, outcome });
  watchSteps(together, watch);
  return together;
}

/** A flow that is put back is a new version, which may land inactive and leave ours active; one that was switched off has its version still. */
async function takeBackActivity(
  org: MetadataOrg,
  steps: readonly Step[],
  run: Run,
  finished: (step: string, outcome: string) => void,
): Promise<void> {
  const changes = steps.map((step) => ({ id: step.id, change: step.undo.change }));
  for (const { id, flow, versionId } of flowsToActivate(changes)) {
    run.write({ event: 'stepStarted', step: id });
    finished(id, await reactivateFlow(org, flow, versionId));
  }
  const inactive = toDeploy(changes.map(({ change }) => change)).filter(
    ({ type, metadata }) => type === 'Flow' && metadata['status'] !== 'Active',
  );
  for (const { fullName } of inactive) {
    run.write({ event: 'stepStarted', step: `Deactivate:${fullName}` });
    finished(`Deactivate:${fullName}`, await deactivateFlow(org, fullName));
  }
}

async function takeBackAssignments(
  org: MetadataOrg,
  steps: readonly Step[],
  removals: readonly Removal[],
  run: Run,
  finished: (step: string, outcome: string) => void,
): Promise<void> {
  const ours = removals.filter(({ type }) => type === 'PermissionSet').map(({ fullName }) => fullName);
  for (const { id, undo } of steps) {
    if (undo.change.kind !== 'unassign') continue;
    run.write({ event: 'stepStarted', step: id });
    await unassign(org, [undo.change.permissionSet], 'runningUser');
    finished(id, 'unassigned');
  }
  const others = await unassign(org, ours, 'everybody');
  if (others > 0) finished('PermissionSetAssignment', `${others} of other users removed`);
}

const outcomeOf = (step: Step): string =>
  step.undo.change.kind === 'delete' ? 'deleted' : step.reversible === 'deactivate' ? 'deactivated' : 'put back';

function removalOf({ undo: { change } }: Step, snapshot: Snapshot): readonly Removal[] {
  if (change.kind !== 'delete' || !snapshot.components[`${change.type}:${change.fullName}`]) return [];
  return [{ type: change.type, fullName: change.fullName }];
}

/** Two steps may put back parts of one component (an object's overrides, say); a package holds each once. */
function merged(components: readonly PlannedComponent[]): readonly PlannedComponent[] {
  const byKey = Map.groupBy(components, ({ type, fullName }) => `${type}:${fullName}`);
  return [...byKey.values()].map((same) => ({
    ...same[0]!,
    metadata: Object.assign({}, ...same.map(({ metadata }) => metadata)) as PlannedComponent['metadata'],
  }));
}

/**
 * Versions are deleted one by one, as `Name-1`
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm).
 */
async function flowVersionRemovals(org: MetadataOrg, flows: readonly Removal[]): Promise<readonly Removal[]> {
  const states = await org.flows(flows.map(({ fullName }) => fullName));
  const versions = await Promise.all(states.map(({ definitionId }) => org.flowVersions(definitionId)));
  return states.flatMap(({ name }, index) =>
    versions[index]!.map((version) => ({ type: 'Flow', fullName: `${name}-${version}` })),
  );
}

function remainder(step: Step): readonly Finding[] {
  const place = step.id.replace(':', ' ');
  if (step.undo.change.kind === 'manual') {
    return [
      {
        severity: 'info',
        code: 'ROLLBACK_BY_HAND',
        message: 'It was done by hand and is undone by hand.',
        place,
        action: `${step.undo.text}.`,
      },
    ];
  }
  if (step.reversible === 'yes') return [];
  const [code, message, action] =
    step.reversible === 'deactivate'
      ? [
          'ROLLBACK_DEACTIVATED',
          WHAT_STAYS[place.split(' ')[0]!] ?? 'It is inactive now; the API cannot delete it.',
          "Delete it in Setup if it must go; it is in nobody's way.",
        ]
      : [
          'ROLLBACK_STAYS',
          WHAT_STAYS[place.split(' ')[0]!] ?? 'The API cannot take it back.',
          'Leave it, or delete it in Setup after its record type.',
        ];
  return [{ severity: 'info', code, message, place, action }];
}

/** Why the platform keeps them: https://docs.gearset.com/en/articles/4046001 lists what its API cannot remove. */
const WHAT_STAYS: Readonly<Record<string, string>> = {
  BusinessProcess: 'It stays, since its inactive record type refers to it.',
  RecordType: 'It is inactive now; the API cannot delete record types.',
  StandardValueSet: 'The values that were added are inactive now; the API cannot delete picklist values.',
};
