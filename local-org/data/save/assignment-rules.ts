import type { ObjectRules } from './save-context.ts';
import { saveError } from './save-errors.ts';

/** Permission set assignments: active from the start, once per user. DOC object-reference/permissionsetassignment. */
export const assignmentRules: ObjectRules = {
  derive(_context, _object, rows) {
    for (const { after } of rows) after['IsActive'] = true;
  },
  check(context, _object, rows) {
    for (const row of rows) {
      if (row.before) continue;
      const exists = context.store
        .statement('SELECT "Id" FROM "PermissionSetAssignment" WHERE "AssigneeId" = ? AND "PermissionSetId" = ?')
        .get(row.after['AssigneeId'] as string, row.after['PermissionSetId'] as string) as unknown as
        [string] | undefined;
      if (exists)
        row.errors.push(
          saveError(
            'DUPLICATE_VALUE',
            `duplicate value found: <unknown> duplicates value on record with id: <unknown>`,
          ),
        );
    }
  },
};
