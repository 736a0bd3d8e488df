import { OrgError } from '../org/types.ts';
import type { LocalOrgClient } from './open-local-org.ts';
import type { OrgUser, PermissionSet } from './users.ts';

export interface Assignment {
  readonly user: OrgUser;
  readonly set: PermissionSet;
}

const PREFIX = 'Waterfall ';

/**
 * The permission sets that active users lack: who works in the department `Sales Development` is to hold the set with
 * the label `Waterfall Sales Development`. Pure. Departments without such a set, and users without department, get none.
 */
export const missingAssignments = (users: readonly OrgUser[], sets: readonly PermissionSet[]): readonly Assignment[] =>
  users
    .filter(({ active }) => active)
    .flatMap((user) => {
      const set = sets.find(({ label }) => label === `${PREFIX}${user.department ?? ''}`);
      return set && !user.permissionSets.some(({ id }) => id === set.id) ? [{ user, set }] : [];
    });

/** The deployed permission sets of the waterfall. Throws OrgError NOT_DEPLOYED when there are none. */
export async function waterfallSets(org: LocalOrgClient): Promise<readonly PermissionSet[]> {
  const rows = await org.query<{ readonly Id: string; readonly Name: string; readonly Label: string }>(
    'reading the permission sets',
    `SELECT Id, Name, Label FROM PermissionSet WHERE IsOwnedByProfile = false AND Label LIKE '${PREFIX}%' ORDER BY Label`,
  );
  if (rows.length === 0)
    throw new OrgError(
      'NOT_DEPLOYED',
      'The org has no permission sets of the waterfall: it has not been deployed there.',
      'Run waterfall deploy first.',
    );
  return rows.map(({ Id: id, Name: name, Label: label }) => ({ id, name, label }));
}

/** Assigns them, as Setup would. Throws OrgError when the org refuses one; the others are kept. */
export async function assign(org: LocalOrgClient, assignments: readonly Assignment[]): Promise<void> {
  const url = `/services/data/v${org.connection.getApiVersion()}/sobjects/PermissionSetAssignment`;
  for (const { user, set } of assignments)
    await org.ask(`assigning ${set.label} to ${user.username}`, 'POST', url, {
      AssigneeId: user.id,
      PermissionSetId: set.id,
    });
}
