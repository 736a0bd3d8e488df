import type { DatabaseSync } from 'node:sqlite';
import { apart } from '../metadata-ids.ts';

/** Id of the assignment of a user's profile's own permission set: one per user. */
const assignmentId = (userId: string): string => apart(`0Pa${userId.slice(3)}`);

const OWN_SET = 'SELECT s."Id" FROM "PermissionSet" s WHERE s."IsOwnedByProfile" = 1';
const ASSIGN = (user: string): string =>
  `INSERT INTO "PermissionSetAssignment" ("Id", "AssigneeId", "PermissionSetId", "IsActive", "IsRevoked", "SystemModstamp")
   SELECT profile_assignment_id(${user}."Id"), ${user}."Id", s."Id", 1, 0, ${user}."SystemModstamp"
   FROM "PermissionSet" s WHERE s."IsOwnedByProfile" = 1 AND s."ProfileId" = ${user}."ProfileId"`;

/**
 * Keeps an assignment of the profile's own permission set for every user, as queries of PermissionSetAssignment show it: clients read
 * a user's permissions through it. Object Reference, PermissionSet, "IsOwnedByProfile". Triggers of this connection follow users that
 * are created or change their profile; what is there already is brought in line now.
 */
export function followProfileAssignments(database: DatabaseSync): void {
  database.function('profile_assignment_id', { deterministic: true }, (userId) => assignmentId(String(userId)));
  database.exec(`
    DROP TRIGGER IF EXISTS temp.user_gets_profile_set;
    DROP TRIGGER IF EXISTS temp.user_changes_profile_set;
    CREATE TEMP TRIGGER user_gets_profile_set AFTER INSERT ON main."User" BEGIN ${ASSIGN('NEW')}; END;
    CREATE TEMP TRIGGER user_changes_profile_set AFTER UPDATE OF "ProfileId" ON main."User"
      WHEN NEW."ProfileId" IS NOT OLD."ProfileId" BEGIN
      DELETE FROM "PermissionSetAssignment" WHERE "AssigneeId" = NEW."Id" AND "PermissionSetId" IN (${OWN_SET});
      ${ASSIGN('NEW')};
    END;
    DELETE FROM "PermissionSetAssignment" WHERE "PermissionSetId" IN (${OWN_SET}) AND NOT EXISTS (
      SELECT 1 FROM "User" u JOIN "PermissionSet" s ON s."ProfileId" = u."ProfileId"
      WHERE u."Id" = "AssigneeId" AND s."Id" = "PermissionSetId");
    ${ASSIGN('u').replace('FROM "PermissionSet" s WHERE', 'FROM "User" u, "PermissionSet" s WHERE')}
      AND NOT EXISTS (SELECT 1 FROM "PermissionSetAssignment" a WHERE a."AssigneeId" = u."Id" AND a."PermissionSetId" = s."Id");
  `);
}
