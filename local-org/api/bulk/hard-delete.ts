import type { DatabaseSync } from 'node:sqlite';
import { quote } from '../../data/layout.ts';
import type { SaveResult } from '../../data/types.ts';

/**
 * Takes what was just deleted out of the recycle bin for good, with what went along with it. "The deleted records aren't
 * stored in the Recycle Bin" (Bulk API 2.0 Developer Guide, "Create a Job", hardDelete). Inside the transaction of the
 * delete.
 */
export function hardDelete(database: DatabaseSync, results: readonly SaveResult[]): void {
  const entries = database.prepare('SELECT id, object FROM _recycle_bin WHERE root = ?');
  const leave = database.prepare('DELETE FROM _recycle_bin WHERE root = ?');
  for (const { id, success } of results) {
    if (!success || id === null) continue;
    for (const entry of entries.all(id)) {
      database.prepare(`DELETE FROM ${quote(String(entry['object']))} WHERE "Id" = ?`).run(String(entry['id']));
    }
    leave.run(id);
  }
}
