import type { Connection } from '@salesforce/core';
import { asking } from './org-errors.ts';
import { inList } from './query-in-lists.ts';
import type { OrgFlow } from './snapshot.ts';
import type { Org } from './types.ts';

interface DefinitionRow {
  readonly Id: string;
  readonly DeveloperName: string;
  readonly ActiveVersionId: string | null;
  readonly LatestVersionId: string | null;
}

export async function flowStates(
  org: Pick<Org, 'toolingQuery'>,
  names: readonly string[],
): Promise<readonly OrgFlow[]> {
  if (names.length === 0) return [];
  const rows = await org.toolingQuery<DefinitionRow>(
    `SELECT Id, DeveloperName, ActiveVersionId, LatestVersionId FROM FlowDefinition WHERE DeveloperName IN (${inList(names)})`,
  );
  return rows.map((row) => ({
    definitionId: row.Id,
    name: row.DeveloperName,
    activeVersionId: row.ActiveVersionId,
    latestVersionId: row.LatestVersionId,
  }));
}

export async function versionsOf(org: Pick<Org, 'toolingQuery'>, definitionId: string): Promise<readonly number[]> {
  const rows = await org.toolingQuery<{ readonly VersionNumber: number }>(
    `SELECT VersionNumber FROM Flow WHERE DefinitionId = '${definitionId}' ORDER BY VersionNumber`,
  );
  return rows.map(({ VersionNumber }) => VersionNumber);
}

/**
 * Zero deactivates. The way that works in production whatever FlowSettings says, as CumulusCI's activate_flow does it
 * (https://github.com/SFDO-Tooling/CumulusCI, tasks/salesforce/activate_flow.py).
 */
export const setActiveVersion = (connection: Connection, definitionId: string, versionNumber: number): Promise<void> =>
  asking(`activating version ${versionNumber} of the flow ${definitionId}`, async () => {
    await connection.request({
      method: 'PATCH',
      url: `/services/data/v${connection.getApiVersion()}/tooling/sobjects/FlowDefinition/${definitionId}`,
      body: JSON.stringify({ Metadata: { activeVersionNumber: versionNumber } }),
      headers: { 'content-type': 'application/json' },
    });
  });
