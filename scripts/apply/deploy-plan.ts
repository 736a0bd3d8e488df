import type { Snapshot } from '../org/snapshot.ts';
import type { DeployReport, MetadataOrg } from '../org/metadata-org.ts';
import { PERMISSIONS_READ, missingPermissions } from '../org/running-user.ts';
import { OrgError } from '../org/types.ts';
import { automaticSteps } from '../plan/types.ts';
import type { Change, Plan, Step } from '../plan/types.ts';
import { activateFlow, activeAlready, deactivateFlow, flowsToActivate } from './activate-flows.ts';
import { assignToRunningUser } from './assign-permission-set.ts';
import { recordVersions } from './flow-versions.ts';
import { toDeploy } from './package-folder.ts';
import type { Watcher } from './progress.ts';
import { quarterEndWarning } from './quarter-end.ts';
import { recordFailure, startRun } from './run-journal.ts';
import type { Run } from './run-journal.ts';
import { sendPackage } from './send-package.ts';
import { stepTaker } from './take-steps.ts';
import type { TakenStep } from './take-steps.ts';

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
  readonly done: readonly TakenStep[];
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
  const steps = stepTaker(run, watch);
  try {
    const sent = plan.steps.filter((step) => step.do.change.kind === 'deploy');
    if (sent.length > 0) {
      const { problems } = await send(org, plan, sent, run, watch);
      steps.tookTogether(
        sent.map(({ id, action }) => ({ step: id, outcome: action === 'create' ? 'created' : 'changed' })),
      );
      await recordVersions(org, toDeploy(sent.filter(({ action }) => action !== 'activate').map(changeOf)), run);
      for (const { place, message } of problems) watch({ kind: 'warning', text: `${place}: ${message}` });
    }
    const changes = changesOf(plan.steps);
    const flows = flowsToActivate(changes);
    // Outside production flows land active: then nothing is left to be done, and one line says so.
    const active = await activeAlready(
      org,
      flows.map(({ flow }) => flow),
    );
    steps.tookTogether(
      flows.filter(({ flow }) => active.has(flow)).map(({ id }) => ({ step: id, outcome: 'was active' })),
    );
    for (const { id, flow } of flows.filter((each) => !active.has(each.flow)))
      await steps.take(id, () => activateFlow(org, flow));
    for (const { id, change } of changes)
      if (change.kind === 'deactivateFlow') await steps.take(id, () => deactivateFlow(org, change.flow));
    for (const { id, change } of changes)
      if (change.kind === 'assign') await steps.take(id, () => assignToRunningUser(org, change.permissionSet));
    run.write({ event: 'finished' });
    return steps.taken;
  } catch (error) {
    recordFailure(run, error);
    throw withRun(error, run.id);
  }
}

const changeOf = (step: Step): Change => step.do.change;
const changesOf = (steps: readonly Step[]): readonly { readonly id: string; readonly change: Change }[] =>
  steps.map(({ id, do: { change } }) => ({ id, change }));

const send = (org: MetadataOrg, plan: Plan, sent: readonly Step[], run: Run, watch: Watcher): Promise<DeployReport> => {
  const steps = changesOf(sent);
  const content = { components: toDeploy(steps.map(({ change }) => change)) };
  const text = `Deploying ${sent.length} components`;
  return sendPackage(org, { content, apiVersion: plan.apiVersion, steps, text }, run, watch);
};

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
