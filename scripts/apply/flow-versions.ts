import type { MetadataOrg } from '../org/metadata-org.ts';
import type { PlannedComponent } from '../plan/types.ts';
import type { Removal } from './package-folder.ts';
import { listRuns, readRun } from './run-journal.ts';
import type { Run } from './run-journal.ts';

interface Version {
  readonly flow: string;
  readonly number: number;
  /** The one that runs; of a flow that does not run, the newest. */
  readonly shown: boolean;
}

/** Versions are deleted one by one, as `Name-1` (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy_deleting_files.htm). */
const removal = ({ flow, number }: Version): Removal => ({ type: 'Flow', fullName: `${flow}-${number}` });

async function versionsOf(org: MetadataOrg, flows: readonly string[]): Promise<readonly Version[]> {
  const states = await org.flows(flows);
  const found = await Promise.all(
    states.map(async ({ definitionId, name, activeVersionId, latestVersionId }) => {
      const numbers = await org.flowVersions(definitionId);
      const shown =
        activeVersionId === null || activeVersionId === latestVersionId
          ? numbers.at(-1)
          : await numberOf(org, activeVersionId);
      return numbers.map((number) => ({ flow: name, number, shown: number === shown }));
    }),
  );
  return found.flat();
}

const numberOf = async (org: MetadataOrg, versionId: string): Promise<number | undefined> =>
  (
    await org.toolingQuery<{ readonly VersionNumber: number }>(
      `SELECT VersionNumber FROM Flow WHERE Id = '${versionId}'`,
    )
  )[0]?.VersionNumber;

/** Writes down which versions a deployment that was just carried out has brought: the newest of each flow of it. */
export async function recordVersions(org: MetadataOrg, deployed: readonly PlannedComponent[], run: Run): Promise<void> {
  const flows = deployed.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName);
  if (flows.length === 0) return;
  // Oldest first, so the newest is what is left.
  const versions = Object.fromEntries((await versionsOf(org, flows)).map(({ flow, number }) => [flow, number]));
  run.write({ event: 'flowVersions', versions });
}

/** All versions of flows that go altogether; each must be inactive by then. */
export const everyVersion = async (org: MetadataOrg, flows: readonly string[]): Promise<readonly Removal[]> =>
  (await versionsOf(org, flows)).map(removal);

/** As `Flow_Name-3`: what a run, and whatever runs came after it in that org, have brought by their journals. */
export function versionsSince(root: string, id: string): ReadonlySet<string> {
  const runs = listRuns(root);
  const of = runs.find((run) => run.id === id);
  const since = runs.filter(({ orgId, startedAt }) => orgId === of?.orgId && startedAt >= of.startedAt);
  return new Set(
    since
      .flatMap((run) => readRun(root, run.id).entries)
      .flatMap((entry) => (entry.event === 'flowVersions' ? Object.entries(entry.versions) : []))
      .map(([flow, number]) => `${flow}-${number}`),
  );
}

/**
 * Of flows that have been put back: the versions that were brought, except what is the flow now. An inactive version that names a field
 * holds it too (https://www.simplysfdc.com/2016/09/salesforce-delete-custom-field.html).
 */
export const broughtVersions = async (
  org: MetadataOrg,
  flows: readonly string[],
  brought: ReadonlySet<string>,
): Promise<readonly Removal[]> =>
  (await versionsOf(org, flows))
    .filter(({ shown }) => !shown)
    .map(removal)
    .filter(({ fullName }) => brought.has(fullName));
