import type { ObjectRules, SaveContext } from './save-context.ts';

/**
 * One primary contact role per opportunity: a new one takes the mark from the old. DOC
 * object-reference/opportunitycontactrole.
 */
export const contactRoleRules: ObjectRules = {
  derive(_context, _object, rows) {
    // Within a batch the last one marked primary keeps the mark.
    const primary = new Map<unknown, (typeof rows)[number]>();
    for (const row of rows) if (row.after['IsPrimary'] === true) primary.set(row.after['OpportunityId'], row);
    for (const row of rows)
      if (row.after['IsPrimary'] === true && primary.get(row.after['OpportunityId']) !== row)
        row.after['IsPrimary'] = false;
  },
  written(context, _object, rows) {
    // "To update the value in this field, change the IsPrimary flag" (DOC object-reference/opportunity "ContactId").
    for (const { before, after } of rows) {
      if (after['IsPrimary'] === true) nameContact(context, after['OpportunityId'], after['ContactId']);
      else if (before?.['IsPrimary'] === true) nameContact(context, after['OpportunityId'], null);
    }
    for (const { before, after } of rows) {
      if (after['IsPrimary'] !== true || before?.['IsPrimary'] === true) continue;
      context.store
        .statement(
          'UPDATE "OpportunityContactRole" SET "IsPrimary" = 0 WHERE "OpportunityId" = ? AND "Id" <> ? AND "IsPrimary" = 1',
        )
        .run(after['OpportunityId'] as string, after['Id'] as string);
    }
  },
  removed(context, _object, rows) {
    for (const { after } of rows) {
      if (after['IsPrimary'] !== true) continue;
      nameContact(context, after['OpportunityId'], after['IsDeleted'] === true ? null : after['ContactId']);
    }
  },
};

/** Opportunity.ContactId follows the primary contact role. */
function nameContact(context: SaveContext, opportunity: unknown, contact: unknown): void {
  context.store
    .statement('UPDATE "Opportunity" SET "ContactId" = ? WHERE "Id" = ?')
    .run((contact ?? null) as string | null, opportunity as string);
}
