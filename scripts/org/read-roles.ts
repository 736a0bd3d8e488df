import { inList } from './query-in-lists.ts';
import type { OrgRole } from './snapshot.ts';
import type { Org } from './types.ts';

/** The roles of these names and how many active users each has; case does not count, and of several of one name the oldest is answered. */
export async function readRoles(org: Pick<Org, 'query'>, names: readonly string[]): Promise<readonly OrgRole[]> {
  if (names.length === 0) return [];
  const [roles, users] = await Promise.all([
    org.query<{ readonly Id: string; readonly Name: string }>(
      `SELECT Id, Name FROM UserRole WHERE Name IN (${inList(names)}) ORDER BY Id`,
    ),
    org.query<{ readonly UserRoleId: string; readonly total: number }>(
      `SELECT UserRoleId, COUNT(Id) total FROM User WHERE IsActive = true AND UserRole.Name IN (${inList(names)}) GROUP BY UserRoleId`,
    ),
  ]);
  const active = new Map(users.map(({ UserRoleId, total }) => [UserRoleId, total]));
  const oldest = new Map(roles.toReversed().map((role) => [role.Name.toLowerCase(), role]));
  return [...oldest.values()].map(({ Id, Name }) => ({ name: Name, activeUsers: active.get(Id) ?? 0 }));
}
