import { PlatformError } from '../platform-error.ts';
import type { UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';

const ADMINISTRATORS = `SELECT u."Id" AS id FROM "User" u JOIN "Profile" p ON p."Id" = u."ProfileId"
  WHERE u."IsActive" = 1 AND p."Name" = 'System Administrator' ORDER BY u."CreatedDate", u."Id" LIMIT 1`;

/**
 * The user on whose behalf the org itself works: the first active administrator. The platform has its Automated Process
 * user for schedule-triggered flows and the "Default Workflow User" of the Process Automation Settings for paths whose
 * user is inactive by then (help: Scheduled Paths); both see everything, as an administrator does.
 */
export function defaultUser(org: LocalOrg): UserContext {
  const id = org.database.prepare(ADMINISTRATORS).get()?.['id'];
  if (typeof id !== 'string') throw new PlatformError('NOT_FOUND', 'This org has no active System Administrator.');
  return org.user(id);
}

/** The user who queued a path, while active. */
export function userOrDefault(org: LocalOrg, id: string): UserContext {
  try {
    return org.user(id);
  } catch (error) {
    if (error instanceof PlatformError) return defaultUser(org);
    throw error;
  }
}
