import type { FieldValue, SaveError, SaveOperation, SaveResult, Transaction } from '../../data/types.ts';
import type { Interview } from './interview.ts';
import { dmlFault, type DmlVerb } from './messages.ts';

/** One record that an interview wants saved. */
export interface Change {
  readonly interview: Interview;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** Told about the result when the record was saved. */
  readonly saved?: (result: SaveResult) => void;
}

const VERB: Readonly<Record<string, DmlVerb>> = {
  insert: 'create',
  update: 'update',
  delete: 'delete',
  upsert: 'create or update',
};

/**
 * Saves the changes of all interviews that wait at an element as one DML statement, and gives the interviews whose
 * records failed
 * with the text of `$Flow.FaultMessage`. Records are saved one by one as far as they are good: "Salesforce rolls back
 * only the
 * records that fail to save" (release notes Spring '20, Save Successful Record Changes in a Batch from Failed Actions).
 */
export function saveForAll(
  tx: Transaction,
  operation: SaveOperation,
  object: string,
  changes: readonly Change[],
  options: { readonly allOrNone?: boolean; readonly externalIdField?: string } = {},
): ReadonlyMap<Interview, string> {
  const faults = new Map<Interview, readonly SaveError[]>();
  if (changes.length === 0) return new Map();
  tx.limits.use('dmlStatements', 1);
  for (const [round, batch] of withoutDuplicates(changes, operation).entries()) {
    if (round > 0) tx.limits.use('duplicateUpdates', 1);
    tx.limits.use('dmlRows', batch.length);
    const records = batch.map(({ values }) => values);
    const results = tx.save({ operation, object, records, allOrNone: false, ...options });
    for (const [index, change] of batch.entries()) {
      const result = results[index]!;
      if (result.success) change.saved?.(result);
      else faults.set(change.interview, [...(faults.get(change.interview) ?? []), ...result.errors]);
    }
  }
  return new Map([...faults].map(([interview, errors]) => [interview, dmlFault(VERB[operation] ?? 'update', errors)]));
}

/**
 * A record that several interviews change is saved once for each of them, in rounds; the rounds after the first are the
 * "duplicate updates in one batch" of the limits (help: flow_considerations_limit_transaction).
 */
function withoutDuplicates(changes: readonly Change[], operation: SaveOperation): readonly (readonly Change[])[] {
  if (operation === 'insert' || operation === 'upsert') return [changes];
  const rounds: Change[][] = [];
  const seen = new Map<FieldValue, number>();
  for (const change of changes) {
    const id = change.values.Id ?? null;
    const round = seen.get(id) ?? 0;
    /** Deleting a record that is gone already is no second deletion. */
    if (operation === 'delete' && round > 0) continue;
    seen.set(id, round + 1);
    (rounds[round] ??= []).push(change);
  }
  return rounds;
}
