import { inList } from '../org/query-in-lists.ts';
import type { Org } from '../org/types.ts';
import { OrgError } from '../org/types.ts';

const ASSIGNMENT = 'PermissionSetAssignment';

const asking = (names: readonly string[], more = ''): string =>
  `SELECT Id FROM ${ASSIGNMENT} WHERE PermissionSet.Name IN (${inList(names)})${more}`;

/** Gives the running user a permission set of ours, unless it is there. Throws OrgError. */
export async function assignToRunningUser(org: Org, name: string): Promise<'was assigned' | 'assigned'> {
  const { userId, username } = org.identity;
  if ((await org.query(asking([name], ` AND AssigneeId = '${userId}'`))).length > 0) return 'was assigned';
  const [set] = await org.query<{ readonly Id: string }>(`SELECT Id FROM PermissionSet WHERE Name = '${name}'`);
  const [outcome] = set ? await org.create(ASSIGNMENT, [{ AssigneeId: userId, PermissionSetId: set.Id }]) : [];
  if (outcome?.success) return 'assigned';
  throw new OrgError(
    'ASSIGN_REFUSED',
    `The permission set ${name} could not be assigned to ${username}: ${outcome?.errors[0]?.message ?? 'the org has no such permission set'}.`,
    `Assign it yourself (sf org assign permset --name ${name}), or set assign: nobody in the mapping file.`,
  );
}

/** Removes the assignments of these permission sets, of everybody or of the running user alone. Answers how many there were. */
export async function unassign(
  org: Org,
  names: readonly string[],
  whose: 'everybody' | 'runningUser',
): Promise<number> {
  if (names.length === 0) return 0;
  const rows = await org.query<{ readonly Id: string }>(
    asking(names, whose === 'everybody' ? '' : ` AND AssigneeId = '${org.identity.userId}'`),
  );
  if (rows.length === 0) return 0;
  const failed = (await org.remove(rows.map(({ Id }) => Id))).find(({ success }) => !success);
  if (!failed) return rows.length;
  throw new OrgError(
    'UNASSIGN_REFUSED',
    `An assignment of our permission sets could not be removed: ${failed.errors[0]?.message ?? 'no reason given'}.`,
    'Remove the assignments in Setup > Permission Sets.',
  );
}
