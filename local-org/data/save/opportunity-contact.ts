import type { SaveContext, WorkingRow } from './save-context.ts';

/**
 * Opportunity.ContactId, settable on create only, makes the primary contact role. DOC object-reference/opportunity
 * "ContactId".
 */
export function createPrimaryRole(context: SaveContext, rows: readonly WorkingRow[]): void {
  const records = rows
    .filter(({ after }) => typeof after['ContactId'] === 'string')
    .map(({ after }) => ({ OpportunityId: after['Id']!, ContactId: after['ContactId']!, IsPrimary: true }));
  if (records.length === 0) return;
  const results = context.save(
    { operation: 'insert', object: 'OpportunityContactRole', records, allOrNone: false },
    { system: true },
  );
  const withContact = rows.filter(({ after }) => typeof after['ContactId'] === 'string');
  results.forEach((result, i) => withContact[i]!.errors.push(...result.errors));
}
