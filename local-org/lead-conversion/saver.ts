import { saveAsSystem, type SystemSaveOptions } from '../data/transaction.ts';
import type { FieldValue, SaveError, Transaction } from '../data/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Conversion } from './types.ts';

type Values = Readonly<Record<string, FieldValue>>;

/** What one lead's conversion has to save. */
export interface Pending {
  readonly conversion: Conversion;
  readonly values: Values;
}

/** Some of the leads could not be converted; what the attempt saved is to be undone. */
export class ConversionFailed extends Error {
  override readonly name = 'ConversionFailed';
  /** By position in the call. */
  readonly errors: ReadonlyMap<number, readonly SaveError[]>;

  constructor(errors: ReadonlyMap<number, readonly SaveError[]>) {
    super('leads could not be converted');
    this.errors = errors;
  }
}

/** Saves for many leads at once; throws ConversionFailed when a record is refused. */
export interface Saver {
  /** Ids in the order given. */
  insert(object: string, pending: readonly Pending[]): readonly string[];
  /** `values` name their `Id`. */
  update(object: string, pending: readonly Pending[]): void;
  delete(object: string, pending: readonly Pending[]): void;
}

/** `recordTypeFor` gives the default record type of the new owner. */
export function createSaver(
  tx: Transaction,
  automation: boolean,
  recordTypeFor: (object: ObjectDef, ownerId: string) => string | null,
): Saver {
  const run = (
    operation: 'insert' | 'update' | 'delete',
    object: string,
    pending: readonly Pending[],
    options: SystemSaveOptions = {},
  ): readonly (string | null)[] => {
    if (pending.length === 0) return [];
    const records = pending.map(({ values }) => values);
    const results = saveAsSystem(tx, { operation, object, records, allOrNone: false }, { automation, ...options });
    const errors = new Map<number, readonly SaveError[]>();
    results.forEach((result, n) => {
      if (!result.success) errors.set(pending[n]!.conversion.index, result.errors);
    });
    if (errors.size > 0) throw new ConversionFailed(errors);
    return results.map(({ id }) => id);
  };

  return {
    insert(object, pending) {
      const ids: string[] = [];
      // The record type follows the owner, so each owner's records are saved together.
      for (const owner of new Set(pending.map(({ conversion }) => conversion.ownerId))) {
        const positions = pending.flatMap(({ conversion }, n) => (conversion.ownerId === owner ? [n] : []));
        const saved = run(
          'insert',
          object,
          positions.map((n) => pending[n]!),
          { defaultRecordType: (definition) => recordTypeFor(definition, owner) },
        );
        positions.forEach((n, i) => (ids[n] = String(saved[i])));
      }
      return ids;
    },
    update: (object, pending) => void run('update', object, pending),
    delete: (object, pending) => void run('delete', object, pending),
  };
}
