import type { SaveError, SaveResult, Transaction } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { normalizeId } from '../../data/ids.ts';
import { wrongOwnId } from '../../data/save/save-errors.ts';
import { readRecord, type ClientRecord, type ReadRecord } from './read-record.ts';

export interface SaveCall {
  readonly operation: 'insert' | 'update' | 'upsert';
  readonly object: ObjectDef;
  readonly records: readonly ClientRecord[];
  readonly allOrNone: boolean;
  readonly externalIdField?: string;
}

/** Code and text of the records that were fine when allOrNone takes them back with the others. */
export const ROLLED_BACK: SaveError = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

const failed = (id: string | null, errors: readonly SaveError[]): SaveResult => ({
  id,
  success: false,
  created: false,
  errors,
});

/** What a record is told that could have been saved, had the others been: it has no id, as it is not there. */
export const takenBack = (results: readonly SaveResult[]): readonly SaveResult[] =>
  results.map((result) => (result.success ? failed(null, [ROLLED_BACK]) : result));

/** A record to update whose id is none, or one of another object, fails by itself. */
function withOwnId(tx: Transaction, { operation, object }: SaveCall, read: ReadRecord): ReadRecord {
  const { Id } = read.values;
  if (operation !== 'update' || typeof Id !== 'string') return read;
  const id = normalizeId(Id);
  if (id !== null && tx.schema.objectOfId(id)?.name === object.name) return read;
  return { ...read, errors: [...read.errors, wrongOwnId(object, Id)] };
}

/** Reads what a client sent and saves what can be read. Results are in request order. */
export function saveRecords(tx: Transaction, call: SaveCall): readonly SaveResult[] {
  const read = call.records.map((record) => withOwnId(tx, call, readRecord(tx, call.object, record)));
  if (call.allOrNone && read.some(({ errors }) => errors.length > 0)) {
    return read.map(({ errors }) => failed(null, errors.length > 0 ? errors : [ROLLED_BACK]));
  }
  const readable = read.filter(({ errors }) => errors.length === 0);
  const saved =
    readable.length === 0
      ? []
      : tx.save({
          operation: call.operation,
          object: call.object.name,
          records: readable.map(({ values }) => values),
          allOrNone: call.allOrNone,
          ...(call.externalIdField === undefined ? {} : { externalIdField: call.externalIdField }),
        });
  let next = 0;
  return read.map(({ values, errors }) => {
    if (errors.length > 0) return failed(typeof values.Id === 'string' ? values.Id : null, errors);
    const result = saved[next++];
    if (!result)
      throw new Error(`save answered ${String(saved.length)} results for ${String(readable.length)} records`);
    return result;
  });
}
