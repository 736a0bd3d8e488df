import type { SaveBatch, SaveRow, Transaction } from '../../data/types.ts';

/** Records of a transaction whose flows after the save are running. */
const underWay = new WeakMap<Transaction, Set<string>>();

/**
 * Does what follows a save, and tells which rows are saved for the first time: the others are saved by what follows a save
 * of theirs.
 */
export function whileSaved({ tx, rows }: SaveBatch, work: (first: readonly SaveRow[]) => void): void {
  let ids = underWay.get(tx);
  if (!ids) underWay.set(tx, (ids = new Set()));
  const first = rows.filter((row) => !ids.has(row.after.Id as string));
  for (const row of first) ids.add(row.after.Id as string);
  try {
    work(first);
  } finally {
    for (const row of first) ids.delete(row.after.Id as string);
  }
}
