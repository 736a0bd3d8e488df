import type { ObjectDef } from '../../schema/types.ts';
import type { ObjectRules, SaveContext, WorkingRow } from './save-context.ts';
import { circularParent } from './save-errors.ts';

/** Whether the way up from the record's parent comes back to the record. */
function isItsOwnAncestor(
  context: SaveContext,
  object: ObjectDef,
  row: WorkingRow,
  batch: ReadonlyMap<unknown, WorkingRow>,
): boolean {
  const own = row.after['Id'];
  const seen = new Set<unknown>();
  let id = row.after['ParentId'] ?? null;
  while (typeof id === 'string' && !seen.has(id)) {
    if (id === own) return true;
    seen.add(id);
    const parent = batch.get(id)?.after ?? context.store.byIds(object, [id]).get(id);
    id = parent?.['ParentId'] ?? null;
  }
  return false;
}

/**
 * Accounts form trees: a parent that leads back to the account is refused
 * (https://sfdcdevelopers.com/2025/09/21/salesforce-account-parent-child-circular-relationship-what-happens-when-you-create-a-circular-parent).
 */
export const accountRules: ObjectRules = {
  check(context, object, rows) {
    const batch = new Map<unknown, WorkingRow>(rows.map((row) => [row.after['Id'], row]));
    for (const row of rows) {
      if (row.after['ParentId'] === null || row.before?.['ParentId'] === row.after['ParentId']) continue;
      if (isItsOwnAncestor(context, object, row, batch)) row.errors.push(circularParent());
    }
  },
};
