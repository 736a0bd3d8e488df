import type { Org } from './types.ts';

/** What deploying takes, by `Permissions…` field of PermissionSet. */
const PERMISSIONS = [
  'ApiEnabled',
  'ModifyMetadata',
  'ModifyAllData',
  'CustomizeApplication',
  'ManageProfilesPermissionsets',
  'ViewSetup',
  'ManageFlow',
] as const;

/** Asked of the permission sets that the user has; that of the profile is among them. */
export async function permissionsOf(org: Org): Promise<readonly string[]> {
  const rows = await org.query<Record<string, boolean>>(
    `SELECT ${PERMISSIONS.map((name) => `Permissions${name}`).join(', ')} FROM PermissionSet ` +
      `WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId = '${org.identity.userId}')`,
  );
  return PERMISSIONS.filter((name) => rows.some((row) => row[`Permissions${name}`] === true));
}

/** Names of the user's permission sets. */
export async function assignedTo(org: Org): Promise<readonly string[]> {
  const rows = await org.query<{ readonly PermissionSet: { readonly Name: string } | null }>(
    `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE AssigneeId = '${org.identity.userId}'`,
  );
  return rows.flatMap(({ PermissionSet }) => (PermissionSet === null ? [] : [PermissionSet.Name]));
}
