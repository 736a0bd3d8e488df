import type { LocalOrgClient } from './open-local-org.ts';

/** Who is in the local org. */
export interface OrgUser {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly active: boolean;
  readonly profile: string;
  readonly role: string | null;
  /** Where the user works; the name of a revenue function in the sample org. */
  readonly department: string | null;
  readonly permissionSets: readonly PermissionSet[];
}

export interface PermissionSet {
  readonly id: string;
  readonly name: string;
  readonly label: string;
}

interface UserRow {
  readonly Id: string;
  readonly Username: string;
  readonly Name: string;
  readonly IsActive: boolean;
  readonly Department: string | null;
  readonly Profile: { readonly Name: string } | null;
  readonly UserRole: { readonly Name: string } | null;
}
interface AssignmentRow {
  readonly AssigneeId: string;
  readonly PermissionSet: { readonly Id: string; readonly Name: string; readonly Label: string };
}

const DOING = "reading the org's users";

/** All users, the active ones first, each group by username. The permission set that a profile has for itself is left out. */
export async function readUsers(org: LocalOrgClient): Promise<readonly OrgUser[]> {
  const [users, assignments] = await Promise.all([
    org.query<UserRow>(
      DOING,
      'SELECT Id, Username, Name, IsActive, Department, Profile.Name, UserRole.Name FROM User ORDER BY IsActive DESC, Username',
    ),
    org.query<AssignmentRow>(
      DOING,
      'SELECT AssigneeId, PermissionSet.Id, PermissionSet.Name, PermissionSet.Label FROM PermissionSetAssignment ' +
        'WHERE PermissionSet.IsOwnedByProfile = false ORDER BY PermissionSet.Label',
    ),
  ]);
  const sets = Map.groupBy(assignments, ({ AssigneeId }) => AssigneeId);
  return users.map((user) => ({
    id: user.Id,
    username: user.Username,
    name: user.Name,
    active: user.IsActive,
    profile: user.Profile?.Name ?? '',
    role: user.UserRole?.Name ?? null,
    department: user.Department,
    permissionSets: (sets.get(user.Id) ?? []).map(({ PermissionSet: { Id: id, Name: name, Label: label } }) => ({
      id,
      name,
      label,
    })),
  }));
}
