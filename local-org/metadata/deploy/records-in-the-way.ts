import type { DatabaseSync } from 'node:sqlite';
import type { StoredComponent } from '../types.ts';

/**
 * Help, "Delete Permission Sets" and "Delete Profiles": neither can be deleted while users have it. That a deploy refuses it in the same
 * way, and its words, are unconfirmed.
 */
export const IN_THE_WAY = {
  assigned: (name: string, count: number) =>
    `Permission set ${name} is assigned to users (${count}) and cannot be deleted: remove the assignments first`,
  profileOfUsers: (name: string, count: number) =>
    `Profile ${name} is assigned to users (${count}) and cannot be deleted`,
};

/** Why records hinder a component's deletion; undefined when none do. */
export function recordsInTheWay(database: DatabaseSync, component: StoredComponent): string | undefined {
  const count = (sql: string): number => Number(database.prepare(sql).get(component.id)?.count ?? 0);
  if (component.type === 'PermissionSet') {
    const assigned = count('SELECT count(*) AS count FROM "PermissionSetAssignment" WHERE "PermissionSetId" = ?');
    return assigned > 0 ? IN_THE_WAY.assigned(component.fullName, assigned) : undefined;
  }
  if (component.type === 'Profile') {
    const users = count('SELECT count(*) AS count FROM "User" WHERE "ProfileId" = ?');
    return users > 0 ? IN_THE_WAY.profileOfUsers(component.fullName, users) : undefined;
  }
  return undefined;
}
