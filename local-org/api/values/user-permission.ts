import { grantsOf } from '../../access/grants.ts';
import type { UserContext } from '../../data/types.ts';
import { profileComponent } from '../../data/user-context.ts';
import type { LocalOrg } from '../../types.ts';

/** Names of the permission sets that a user was assigned. */
function permissionSetsOf(org: LocalOrg, user: UserContext): readonly string[] {
  return org.transact(user, (tx) => {
    const filter = { field: 'AssigneeId', operator: '=', value: user.id } as const;
    const ids = tx.select({ object: 'PermissionSetAssignment', filter }).map((row) => String(row['PermissionSetId']));
    return [...tx.byIds('PermissionSet', ids).values()].map((row) => String(row['Name']));
  });
}

/** Whether profile or permission sets give the user a system permission: `ConvertLeads`. Not inside a transaction. */
export const hasUserPermission = (org: LocalOrg, user: UserContext, permission: string): boolean =>
  grantsOf(
    org.metadata,
    profileComponent(org.metadata, user.profileName),
    permissionSetsOf(org, user),
  ).userPermissions.has(permission);
