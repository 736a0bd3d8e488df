import path from 'node:path';
import type { DeployReport, MetadataOrg } from '../org/metadata-org.ts';
import { OrgError } from '../org/types.ts';
import { testsToRun } from '../plan/apex-tests.ts';
import type { Change } from '../plan/types.ts';
import { writePackage } from './package-folder.ts';
import type { PackageContent } from './package-folder.ts';
import type { Watcher } from './progress.ts';
import type { Run } from './run-journal.ts';

export interface Package {
  readonly content: PackageContent;
  readonly apiVersion: string;
  /** What it carries out. */
  readonly steps: readonly { readonly id: string; readonly change: Change }[];
  /** `Deploying 12 components` */
  readonly text: string;
}

/** One deployment, journalled: all of it or nothing. Throws OrgError, also when the org refuses it. */
export async function sendPackage(org: MetadataOrg, content: Package, run: Run, watch: Watcher): Promise<DeployReport> {
  const report = await tryPackage(org, content, run, watch);
  assertDeployed(report);
  return report;
}

/** The same, but a refusal is a report. */
export async function tryPackage(
  org: MetadataOrg,
  { content, apiVersion, steps, text }: Package,
  run: Run,
  watch: Watcher,
): Promise<DeployReport> {
  const folder = path.join(run.folder, 'package');
  writePackage(folder, content, apiVersion);
  run.write({ event: 'sending', steps: steps.map(({ id }) => id) });
  watch({ kind: 'phase', text });
  const runTests = testsToRun(
    org.identity.kind,
    steps.map(({ change }) => change),
  );
  if (runTests.length > 0) watch({ kind: 'phase', text: `Running Apex tests with it: ${runTests.join(', ')}` });
  return org.deploy(folder, {
    ...(runTests.length > 0 && { runTests }),
    onStarted: (deployId) => run.write({ event: 'sent', deployId }),
    onProgress: ({ deployed, total }) => watch({ kind: 'components', done: deployed, total }),
  });
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
