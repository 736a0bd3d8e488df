import type { WorkingRow } from './save-context.ts';

const written = new WeakSet<WorkingRow>();

/** The row's change is in the table now. */
export function markWritten(row: WorkingRow): void {
  written.add(row);
}

/** True when a row that was already written has an error: its writing must be undone. */
export function failedLate(rows: readonly WorkingRow[]): boolean {
  return rows.some((row) => row.errors.length > 0 && written.has(row));
}
