import { calledBy, calledFirst } from '../metadata/flow-calls.ts';
import type { MetadataOrg } from '../org/metadata-org.ts';
import type { OrgFlow } from '../org/snapshot.ts';
import { OrgError } from '../org/types.ts';
import type { Change } from '../plan/types.ts';

const runsNewest = ({ activeVersionId, latestVersionId }: OrgFlow): boolean =>
  activeVersionId !== null && (latestVersionId === null || latestVersionId === activeVersionId);

/** Those of the flows whose newest version is active already, asked for all at once. */
export async function activeAlready(org: MetadataOrg, names: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await org.flows(names)).filter(runsNewest).map(({ name }) => name));
}

/** Makes the newest version of a flow the active one. Tells what it found. Throws OrgError when the org has no such flow. */
export async function activateFlow(org: MetadataOrg, name: string): Promise<'was active' | 'activated'> {
  const [state] = await org.flows([name]);
  if (!state) {
    throw new OrgError(
      'FLOW_MISSING',
      `The org has no flow ${name} to activate.`,
      'Run waterfall plan: the flow has been deleted since, and the plan will bring it back.',
    );
  }
  if (runsNewest(state)) return 'was active';
  const newest = (await org.flowVersions(state.definitionId)).at(-1);
  if (newest === undefined)
    throw new OrgError(
      'FLOW_MISSING',
      `The flow ${name} has no version.`,
      'Open it in Setup > Flows, save it, and deploy again.',
    );
  await org.activateFlow(state.definitionId, newest);
  return 'activated';
}

/** Makes the version active that was so before; the newest where that one has been deleted since. */
export async function reactivateFlow(
  org: MetadataOrg,
  name: string,
  versionId: string | undefined,
): Promise<'was active' | 'activated' | 'is no longer there'> {
  const [state] = await org.flows([name]);
  if (!state) return 'is no longer there';
  if (versionId === undefined) return activateFlow(org, name);
  if (state.activeVersionId === versionId) return 'was active';
  const [version] = await org.toolingQuery<{ readonly VersionNumber: number }>(
    `SELECT VersionNumber FROM Flow WHERE Id = '${versionId}'`,
  );
  if (!version) return activateFlow(org, name);
  await org.activateFlow(state.definitionId, version.VersionNumber);
  return 'activated';
}

/** Nothing runs from then on. A flow that is not there or is inactive already is left alone. */
export async function deactivateFlow(org: MetadataOrg, name: string): Promise<'was inactive' | 'deactivated'> {
  const state = (await org.flows([name])).find(({ activeVersionId }) => activeVersionId !== null);
  if (!state) return 'was inactive';
  await org.activateFlow(state.definitionId, 0);
  return 'deactivated';
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
