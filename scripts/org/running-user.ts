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

/** https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm */
const NEEDED: readonly { readonly anyOf: readonly string[]; readonly what: string }[] = [
  { anyOf: ['ApiEnabled'], what: 'API Enabled' },
  {
    anyOf: ['ModifyMetadata', 'ModifyAllData'],
    what: 'Modify Metadata Through Metadata API Functions (or Modify All Data)',
  },
  { anyOf: ['CustomizeApplication'], what: 'Customize Application' },
  { anyOf: ['ManageProfilesPermissionsets', 'ModifyAllData'], what: 'Manage Profiles and Permission Sets' },
];

/** What deploying takes and the user has not, as Setup names it. */
export const missingPermissions = (permissions: readonly string[]): readonly string[] =>
  NEEDED.filter(({ anyOf }) => !anyOf.some((name) => permissions.includes(name))).map(({ what }) => what);

/** How `unread` of a snapshot names them. */
export const PERMISSIONS_READ = 'permissions of the running user';

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
