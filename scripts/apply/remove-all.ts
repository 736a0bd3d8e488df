import type { Finding } from '../finding.ts';
import type { DeployProblem, MetadataOrg } from '../org/metadata-org.ts';
import type { Removal } from './package-folder.ts';
import type { Watcher } from './progress.ts';
import type { Run } from './run-journal.ts';
import { assertDeployed, tryPackage } from './send-package.ts';

interface Removing {
  readonly org: MetadataOrg;
  /** Of flows; deleted before the rest, which they refer to. */
  readonly versions: readonly Removal[];
  readonly rest: readonly Removal[];
  readonly run: Run;
  readonly watch: Watcher;
}

/**
 * Deletes what the org lets go of, in one deployment. What it says is still in use (by a flow version that no journal knows, by somebody's
 * own page) stays and is told, and the rest is tried without it: the org names each reference, which nobody can know beforehand. Throws
 * OrgError when the org refuses for another reason.
 */
export async function removeAll({ org, versions, rest, run, watch }: Removing): Promise<readonly Finding[]> {
  const stays: Finding[] = [];
  let [removeBefore, removeAfter] = [versions, rest];
  while (removeBefore.length + removeAfter.length > 0) {
    const text = `Deleting ${removeAfter.length} components and ${removeBefore.length} versions of flows`;
    const content = { components: [], removeBefore, removeAfter };
    const report = await tryPackage(org, { content, apiVersion: org.identity.apiVersion, steps: [], text }, run, watch);
    if (report.success) break;
    const held = [...removeBefore, ...removeAfter].flatMap((removal) => {
      const problem = report.problems.find((each) => concerns(each, removal));
      return problem === undefined ? [] : [{ removal, problem }];
    });
    if (held.length === 0) assertDeployed(report);
    const kept = new Set(held.map(({ removal }) => removal));
    removeBefore = removeBefore.filter((removal) => !kept.has(removal));
    removeAfter = removeAfter.filter((removal) => !kept.has(removal));
    stays.push(...held.map(({ removal, problem }) => stillUsed(removal, problem)));
  }
  return stays;
}

/** The place may go on with the file and its line. */
const concerns = ({ place, warning }: DeployProblem, { type, fullName }: Removal): boolean =>
  !warning && (place === `${type} ${fullName}` || place.startsWith(`${type} ${fullName} (`));

const stillUsed = ({ type, fullName }: Removal, { message }: DeployProblem): Finding => ({
  severity: 'warning',
  code: 'ROLLBACK_IN_USE',
  message: `The org does not let it go: ${message}`,
  place: `${type} ${fullName}`,
  action:
    'Roll back the newer runs first, or delete what is named there in Setup (versions of a flow: Setup > Flows > the flow), and repeat the rollback.',
});
