import type { MetadataOrg } from '../org/metadata-org.ts';
import { OrgError } from '../org/types.ts';
import type { Plan } from '../plan/types.ts';
import { carryOut } from './deploy-plan.ts';
import type { DeployOutcome } from './deploy-plan.ts';
import type { Watcher } from './progress.ts';
import { readRun, stoppedWhileDeploying, summaryOf } from './run-journal.ts';

export interface ResumeRequest {
  readonly org: MetadataOrg;
  readonly root: string;
  readonly run: string;
  /** What is still to be done, planned from the org as it is now. */
  readonly remaining: Plan;
  readonly watch: Watcher;
}

/**
 * Waits for a deployment that a run was broken off in: the org may still be at work on it, and what is left to do can only be told
 * from an org that has come to rest. Throws OrgError when the org cannot be reached.
 */
export async function settleRun(
  org: Pick<MetadataOrg, 'deployment'>,
  root: string,
  id: string,
  watch: Watcher,
): Promise<void> {
  const deployId = stoppedWhileDeploying(readRun(root, id).entries);
  if (deployId === null) return;
  watch({ kind: 'phase', text: `Asking the org what became of deployment ${deployId}` });
  const report = await org.deployment(deployId).catch((error: unknown) => unlessForgotten(error));
  if (!report) return;
  watch({
    kind: 'phase',
    text: report.success ? 'It was carried out' : `It ended as ${report.status} and left nothing behind`,
  });
}

/**
 * Goes on where a run was broken off. What the journal cannot know (whether the org carried out what was being sent) shows in
 * what is left to do once the run is settled. A deployment is all or nothing, so there is no third case.
 */
export async function resumeRun({ org, root, run: id, remaining, watch }: ResumeRequest): Promise<DeployOutcome> {
  const recorded = readRun(root, id);
  const { state, kind } = summaryOf(recorded);
  if (recorded.plan.orgId !== org.identity.orgId) {
    throw new OrgError(
      'PLAN_OTHER_ORG',
      `Run ${id} belongs to org ${recorded.plan.orgName} (${recorded.plan.orgId}).`,
      'Name that org with --target-org.',
    );
  }
  if (kind === 'rollback')
    throw new OrgError(
      'RUN_KIND',
      `Run ${id} is a rollback.`,
      'Repeat it with: waterfall rollback <the run it takes back>.',
    );
  if (state === 'finished') return { run: id, done: [], manual: [] };
  const errors = remaining.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0)
    throw new OrgError('PLAN_HAS_ERRORS', `${errors[0]!.place}: ${errors[0]!.message}`, errors[0]!.action);

  assertSameWork(id, recorded.plan, remaining);

  recorded.run.write({ event: 'resumed' });
  const manual = remaining.steps.filter(({ action }) => action === 'manual');
  return { run: id, done: await carryOut(org, remaining, recorded.run, watch), manual };
}

/** A rollback of the run goes by its plan, so nothing else may be done under its name. */
function assertSameWork(id: string, plan: Plan, remaining: Plan): void {
  const known = new Set(plan.steps.map((step) => step.id));
  const strange = remaining.steps.find(
    (step) => step.action !== 'activate' && step.action !== 'assign' && !known.has(step.id),
  );
  if (!strange) return;
  throw new OrgError(
    'RUN_OTHER_WORK',
    `What is left to do is no longer what run ${id} set out to do: ${strange.do.text} was not part of it.`,
    'Make a new plan and deploy it: waterfall plan, then waterfall deploy.',
  );
}

/** Deployments are remembered for 30 days (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm). */
function unlessForgotten(error: unknown): null {
  if (error instanceof OrgError && error.code === 'ORG_UNREACHABLE') throw error;
  return null;
}
