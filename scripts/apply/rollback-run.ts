import type { Finding } from '../finding.ts';
import { componentKey } from '../metadata/component.ts';
import type { MetadataOrg } from '../org/metadata-org.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { OrgError } from '../org/types.ts';
import type { PlannedComponent, Step } from '../plan/types.ts';
import { deactivateFlow, flowsToActivate, reactivateFlow } from './activate-flows.ts';
import { unassign } from './assign-permission-set.ts';
import { toDeploy } from './package-folder.ts';
import type { Removal } from './package-folder.ts';
import type { Watcher } from './progress.ts';
import { readRun, recordFailure, startRun, summaryOf } from './run-journal.ts';
import type { DatedEntry, Run } from './run-journal.ts';
import { sendPackage } from './send-package.ts';
import { stepTaker } from './take-steps.ts';
import type { TakenStep } from './take-steps.ts';

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
  readonly done: readonly TakenStep[];
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
  undone: readonly Step[],
  run: Run,
  watch: Watcher,
): Promise<RollbackOutcome['done']> {
  const steps = stepTaker(run, watch);
  const changes = undone.map(({ id, undo: { change } }) => ({ id, change }));
  const removals = undone.flatMap((step) => removalOf(step, snapshot));
  const flows = removals.filter(({ type }) => type === 'Flow');
  for (const { fullName } of flows) await steps.take(`Deactivate:${fullName}`, () => deactivateFlow(org, fullName));
  for (const { id, change } of changes)
    if (change.kind === 'deactivateFlow') await steps.take(id, () => deactivateFlow(org, change.flow));
  for (const { id, change } of changes)
    if (change.kind === 'unassign')
      await steps.take(id, async () => {
        await unassign(org, [change.permissionSet], 'runningUser');
        return 'unassigned';
      });
  const sets = removals.filter(({ type }) => type === 'PermissionSet').map(({ fullName }) => fullName);
  const others = await unassign(org, sets, 'everybody');
  if (others > 0) steps.took('PermissionSetAssignment', `${others} of other users removed`);

  const components = toDeploy(changes.map(({ change }) => change));
  const content = {
    components: merged(components),
    removeBefore: await flowVersionRemovals(org, flows),
    removeAfter: removals.filter(({ type }) => type !== 'Flow'),
  };
  if (content.components.length + content.removeBefore.length + content.removeAfter.length > 0) {
    const text = `Putting back ${content.components.length} components and deleting ${removals.length}`;
    await sendPackage(org, { content, apiVersion: org.identity.apiVersion, steps: changes, text }, run, watch);
    steps.tookTogether(
      undone
        .filter(({ undo }) => undo.change.kind === 'deploy' || undo.change.kind === 'delete')
        .map((step) => ({ step: step.id, outcome: outcomeOf(step) })),
    );
  }
  // A flow that is put back is a new version, which may land inactive and leave ours active; one that was switched off has its version still.
  for (const { id, flow, versionId } of flowsToActivate(changes))
    await steps.take(id, () => reactivateFlow(org, flow, versionId));
  for (const { type, fullName, metadata } of components)
    if (type === 'Flow' && metadata['status'] !== 'Active')
      await steps.take(`Deactivate:${fullName}`, () => deactivateFlow(org, fullName));
  return steps.taken;
}

const outcomeOf = (step: Step): string =>
  step.undo.change.kind === 'delete' ? 'deleted' : step.reversible === 'deactivate' ? 'deactivated' : 'put back';

function removalOf({ undo: { change } }: Step, snapshot: Snapshot): readonly Removal[] {
  if (change.kind !== 'delete' || !snapshot.components[`${change.type}:${change.fullName}`]) return [];
  return [{ type: change.type, fullName: change.fullName }];
}

/** Two steps may put back parts of one component (an object's overrides, say); a package holds each once. */
function merged(components: readonly PlannedComponent[]): readonly PlannedComponent[] {
  const byKey = Map.groupBy(components, componentKey);
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
