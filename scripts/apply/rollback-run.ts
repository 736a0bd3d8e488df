import type { Finding } from '../finding.ts';
import { componentKey } from '../metadata/component.ts';
import type { MetadataOrg } from '../org/metadata-org.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { OrgError } from '../org/types.ts';
import { activeWithCaller } from '../plan/active-with-caller.ts';
import { asPlanned } from '../plan/rules/rule.ts';
import type { Change, PlannedComponent, Step } from '../plan/types.ts';
import { deactivateFlow, flowsToActivate, reactivateFlow } from './activate-flows.ts';
import { unassign } from './assign-permission-set.ts';
import { broughtVersions, everyVersion, recordVersions, versionsSince } from './flow-versions.ts';
import { toDeploy } from './package-folder.ts';
import type { Removal } from './package-folder.ts';
import type { Watcher } from './progress.ts';
import { readRun, recordFailure, startRun, summaryOf } from './run-journal.ts';
import type { DatedEntry, Run } from './run-journal.ts';
import { removeAll } from './remove-all.ts';
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
    const { done: taken, stays } = await takeBack(request, steps, run, watch);
    run.write({ event: 'finished' });
    return { run: run.id, done: taken, stays: [...steps.flatMap(remainder), ...stays] };
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
 * cannot be deleted either); then one deployment puts back what was changed and deletes the flows that were created. When flows are as
 * active as they were, a second one deletes the rest: what refers to it has been put back by then, and the versions that referred to it
 * run no more and go with it.
 */
async function takeBack(
  { org, snapshot, root, run: id }: RollbackRequest,
  undone: readonly Step[],
  run: Run,
  watch: Watcher,
): Promise<Pick<RollbackOutcome, 'done' | 'stays'>> {
  const steps = stepTaker(run, watch);
  const changes = undone.map(({ id: step, undo: { change } }) => ({ id: step, change }));
  const removals = undone.flatMap((step) => removalOf(step, snapshot));
  const created = removals.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName);
  // Before this run brings versions of its own.
  const brought = versionsSince(root, id);
  for (const flow of created) await steps.take(`Deactivate:${flow}`, () => deactivateFlow(org, flow));
  for (const { id: step, change } of changes)
    if (change.kind === 'deactivateFlow') await steps.take(step, () => deactivateFlow(org, change.flow));
  for (const { id: step, change } of changes)
    if (change.kind === 'unassign')
      await steps.take(step, async () => {
        await unassign(org, [change.permissionSet], 'runningUser');
        return 'unassigned';
      });
  const sets = removals.filter(({ type }) => type === 'PermissionSet').map(({ fullName }) => fullName);
  const others = await unassign(org, sets, 'everybody');
  if (others > 0) steps.took('PermissionSetAssignment', `${others} of other users removed`);

  const components = merged(toDeploy(withCalled(changes, snapshot)));
  const { apiVersion } = org.identity;
  const tookBack = (which: (change: Change) => boolean, held: ReadonlySet<string>): void => {
    const these = undone.filter(({ undo }) => which(undo.change));
    steps.tookTogether(
      these.map((step) => ({ step: step.id, outcome: held.has(step.id) ? 'stays' : outcomeOf(step) })),
    );
  };
  const removeBefore = await everyVersion(org, created);
  if (components.length + removeBefore.length > 0) {
    const text = `Putting back ${components.length} components and deleting ${created.length} flows`;
    await sendPackage(org, { content: { components, removeBefore }, apiVersion, steps: changes, text }, run, watch);
    await recordVersions(org, components, run);
  }
  tookBack((change) => change.kind === 'deploy' || isDeletedFlow(change), new Set());
  // A flow that is put back is a new version, which may land inactive and leave ours active; one that was switched off has its version still.
  for (const { id: step, flow, versionId } of flowsToActivate(changes))
    await steps.take(step, () => reactivateFlow(org, flow, versionId));
  const flows = components.filter(({ type }) => type === 'Flow');
  for (const { fullName, metadata } of flows)
    if (metadata['status'] !== 'Active')
      await steps.take(`Deactivate:${fullName}`, () => deactivateFlow(org, fullName));

  const versions = await broughtVersions(
    org,
    flows.map(({ fullName }) => fullName),
    brought,
  );
  const rest = removals.filter(({ type }) => type !== 'Flow');
  const stays = await removeAll({ org, versions, rest, run, watch });
  tookBack(
    (change) => change.kind === 'delete' && !isDeletedFlow(change),
    new Set(stays.map(({ place }) => place.replace(' ', ':'))),
  );
  return { done: steps.taken, stays };
}

const isDeletedFlow = (change: Change): boolean => change.kind === 'delete' && change.type === 'Flow';

/** What was switched off and is called by what is put back runs together with it, in the version that ran: the newest, as a rule. */
function withCalled(
  changes: readonly { readonly change: Change }[],
  { flows, components }: Snapshot,
): readonly Change[] {
  const wanted = changes.map(({ change }) => change);
  const newest = new Map(flows.map(({ name, latestVersionId }) => [name, latestVersionId]));
  const before = wanted.flatMap((change): readonly PlannedComponent[] => {
    if (change.kind === 'deploy') return change.component.type === 'Flow' ? [change.component] : [];
    if (change.kind !== 'activateFlow' || change.versionId !== newest.get(change.flow)) return [];
    const inOrg = components[`Flow:${change.flow}`];
    return inOrg === undefined ? [] : [asPlanned(inOrg)];
  });
  return activeWithCaller(wanted, new Map(before.map((flow) => [flow.fullName, flow])));
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
