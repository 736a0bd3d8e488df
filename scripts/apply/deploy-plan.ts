import path from 'node:path';
import { calledBy, calledFirst } from '../metadata/flow-calls.ts';
import type { Snapshot } from '../org/snapshot.ts';
import type { DeployReport, MetadataOrg } from '../org/metadata-org.ts';
import { PERMISSIONS_READ, missingPermissions } from '../org/running-user.ts';
import { OrgError } from '../org/types.ts';
import { testsToRun } from '../plan/apex-tests.ts';
import { automaticSteps } from '../plan/types.ts';
import type { Change, Plan, Step } from '../plan/types.ts';
import { activateFlow, deactivateFlow } from './activate-flows.ts';
import { assignToRunningUser } from './assign-permission-set.ts';
import { toDeploy, writePackage } from './package-folder.ts';
import { watchSteps } from './progress.ts';
import type { Watcher } from './progress.ts';
import { quarterEndWarning } from './quarter-end.ts';
import { recordFailure, startRun } from './run-journal.ts';
import type { Run } from './run-journal.ts';

export interface DeployRequest {
  readonly org: MetadataOrg;
  readonly plan: Plan;
  /** Taken just now: what the plan is held against. */
  readonly snapshot: Snapshot;
  /** Project folder; the run is journalled below it. */
  readonly root: string;
  /** Given by a person: production is not changed without it. */
  readonly confirmed: boolean;
  readonly watch: Watcher;
  readonly now: Date;
}

export interface DeployOutcome {
  /** Null when there was nothing to do. */
  readonly run: string | null;
  readonly done: readonly { readonly step: string; readonly outcome: string }[];
  /** Steps that a person has to take. */
  readonly manual: readonly Step[];
}

/** Carries out a plan, journalled. Throws OrgError for a plan that must not or could not be carried out; the journal says how far it got. */
export async function deployPlan(request: DeployRequest): Promise<DeployOutcome> {
  const { org, plan, snapshot, root, watch, now } = request;
  assertFits(plan, snapshot);
  const manual = plan.steps.filter(({ action }) => action === 'manual');
  if (automaticSteps(plan).length === 0) return { run: null, done: [], manual };
  assertMay(snapshot);
  if (org.identity.kind === 'production') guardProduction(request);
  const run = startRun(root, 'deploy', plan, now);
  return { run: run.id, done: await carryOut(org, plan, run, watch), manual };
}

/** A plan holds for the org and the state it was made from, and for no other. */
export function assertFits(plan: Plan, snapshot: Snapshot): void {
  if (plan.orgId !== snapshot.identity.orgId) {
    throw new OrgError(
      'PLAN_OTHER_ORG',
      `The plan is for org ${plan.orgName} (${plan.orgId}), not for ${snapshot.identity.name} (${snapshot.identity.orgId}).`,
      'Make a plan for this org with waterfall plan, or name the other one with --target-org.',
    );
  }
  if (plan.snapshotHash !== snapshot.hash) {
    throw new OrgError(
      'PLAN_STALE',
      `The org ${plan.orgName} has changed since the plan was made at ${plan.madeAt}.`,
      'Make a new plan with waterfall plan, read it, and deploy that one.',
    );
  }
  const errors = plan.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    throw new OrgError(
      'PLAN_HAS_ERRORS',
      `The plan has ${errors.length} finding${errors.length === 1 ? '' : 's'} that must be settled first: ${errors.map(({ place, message }) => `${place}: ${message}`).join(' ')}`,
      errors[0]!.action,
    );
  }
}

/** Asked before anything is begun: the org would refuse a part of it only when the rest is done. */
function assertMay({ permissions, unread, identity }: Snapshot): void {
  const missing = unread.some(({ what }) => what === PERMISSIONS_READ) ? [] : missingPermissions(permissions);
  if (missing.length === 0) return;
  throw new OrgError(
    'ORG_PERMISSION',
    `${identity.username} may not deploy: the user lacks ${missing.join(', ')}.`,
    'Give the user these permissions by a permission set, or log in as an administrator.',
  );
}

function guardProduction({ org, snapshot, confirmed, watch, now }: DeployRequest): void {
  const warning = quarterEndWarning(now, snapshot.fiscalYearStartMonth);
  if (warning) watch({ kind: 'warning', text: warning });
  if (confirmed) return;
  throw new OrgError(
    'PRODUCTION_NOT_CONFIRMED',
    `${org.identity.name} is a production org.${warning ? ` ${warning}` : ''}`,
    'Rehearse in a sandbox first; then confirm with --allow-production.',
  );
}

/** Sends what is to be deployed as one deployment, then sees to the flows. Also what a resumed run does again. */
export async function carryOut(org: MetadataOrg, plan: Plan, run: Run, watch: Watcher): Promise<DeployOutcome['done']> {
  const done: { readonly step: string; readonly outcome: string }[] = [];
  const recorded = (step: string, outcome: string): void => {
    run.write({ event: 'stepDone', step, outcome });
    done.push({ step, outcome });
  };
  const finished = (step: string, outcome: string): void => {
    recorded(step, outcome);
    watch({ kind: 'step', id: step, outcome });
  };
  try {
    const sent = plan.steps.filter((step) => step.do.change.kind === 'deploy');
    if (sent.length > 0) {
      const report = await send(org, plan, sent, run, watch);
      for (const step of sent) recorded(step.id, step.action === 'create' ? 'created' : 'changed');
      watchSteps(done, watch);
      for (const { place, message } of report.problems) watch({ kind: 'warning', text: `${place}: ${message}` });
    }
    for (const { id, flow } of flowsToActivate(plan.steps.map((step) => ({ id: step.id, change: step.do.change })))) {
      run.write({ event: 'stepStarted', step: id });
      finished(id, await activateFlow(org, flow));
    }
    for (const { id, do: act } of plan.steps) {
      if (act.change.kind !== 'deactivateFlow') continue;
      run.write({ event: 'stepStarted', step: id });
      finished(id, await deactivateFlow(org, act.change.flow));
    }
    for (const { id, do: act } of plan.steps) {
      if (act.change.kind !== 'assign') continue;
      run.write({ event: 'stepStarted', step: id });
      finished(id, await assignToRunningUser(org, act.change.permissionSet));
    }
    run.write({ event: 'finished' });
    return done;
  } catch (error) {
    recordFailure(run, error);
    throw withRun(error, run.id);
  }
}

async function send(
  org: MetadataOrg,
  plan: Plan,
  steps: readonly Step[],
  run: Run,
  watch: Watcher,
): Promise<DeployReport> {
  const folder = path.join(run.folder, 'package');
  writePackage(folder, { components: toDeploy(steps.map((step) => step.do.change)) }, plan.apiVersion);
  run.write({ event: 'sending', steps: steps.map(({ id }) => id) });
  watch({ kind: 'phase', text: `Deploying ${steps.length} components` });
  const runTests = testsToRun(
    org.identity.kind,
    steps.map((step) => step.do.change),
  );
  if (runTests.length > 0) watch({ kind: 'phase', text: `Running Apex tests with it: ${runTests.join(', ')}` });
  const report = await org.deploy(folder, {
    ...(runTests.length > 0 && { runTests }),
    onStarted: (deployId) => run.write({ event: 'sent', deployId }),
    onProgress: ({ deployed, total }) => watch({ kind: 'components', done: deployed, total }),
  });
  assertDeployed(report);
  return report;
}

export function assertDeployed(report: DeployReport): void {
  if (report.success) return;
  const problems = report.problems.filter(({ warning }) => !warning);
  const shown = problems
    .slice(0, 10)
    .map(({ place, message }) => `\n  ${place}: ${message}`)
    .join('');
  const more = problems.length > 10 ? `\n  and ${problems.length - 10} more` : '';
  throw new OrgError(
    'DEPLOY_REFUSED',
    `The org refused the deployment ${report.id} (${report.status}) and has taken all of it back:${shown || ' it gave no reason.'}${more}`,
    'Settle what the org names, then plan and deploy again; nothing of this deployment is in the org.',
  );
}

interface ToActivate {
  readonly id: string;
  readonly flow: string;
  readonly versionId?: string;
}

/**
 * Flows that must be active at the end: those just deployed as active, and those that only wait for it. What others call comes first; of
 * what only waits, the order of the changes says so.
 */
export function flowsToActivate(
  changes: readonly { readonly id: string; readonly change: Change }[],
): readonly ToActivate[] {
  const flows = changes.flatMap(({ id, change }): readonly (ToActivate & { readonly calls: readonly string[] })[] => {
    if (change.kind === 'activateFlow') {
      const { flow, versionId } = change;
      return [{ id, flow, ...(versionId !== undefined && { versionId }), calls: [] }];
    }
    if (
      change.kind !== 'deploy' ||
      change.component.type !== 'Flow' ||
      change.component.metadata['status'] !== 'Active'
    )
      return [];
    const { fullName, metadata } = change.component;
    return [{ id: `Activate:${fullName}`, flow: fullName, calls: calledBy(metadata) }];
  });
  return calledFirst(
    flows,
    ({ flow }) => flow,
    ({ calls }) => calls,
  );
}

function withRun(error: unknown, run: string): unknown {
  if (!(error instanceof OrgError)) return error;
  return new OrgError(
    error.code,
    `${error.message} (run ${run})`,
    error.code === 'DEPLOY_REFUSED'
      ? error.action
      : `${error.action} Then go on with: waterfall deploy --resume ${run}.`,
    { cause: error },
  );
}
