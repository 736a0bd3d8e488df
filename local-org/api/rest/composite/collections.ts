import type { SaveResult, Transaction } from '../../../data/types.ts';
import type { ObjectDef } from '../../../schema/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import { requireJsonTypes } from '../../values/json-types.ts';
import type { ClientRecord } from '../../values/read-record.ts';
import { saveRecords, takenBack } from '../../values/save-records.ts';
import { normalizeId } from '../../../data/ids.ts';
import { recordBody } from '../records/write-resources.ts';
import { externalIdField, objectOfPath } from '../records/find-object.ts';
import { inRuns } from './in-runs.ts';
import { RolledBack, type Resource, type RestAnswer, type RestCall } from '../resource.ts';

/** Records per call of sObject Collections ("sObject Collections", REST API Developer Guide). */
const MOST_RECORDS = 200;

interface CollectionBody {
  readonly allOrNone: boolean;
  readonly records: readonly ClientRecord[];
}

const tooMany = (): PlatformError =>
  new PlatformError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${String(MOST_RECORDS)} records into this call`,
  );

function readBody(body: unknown): CollectionBody {
  const { records, allOrNone } = recordBody(body);
  if (!Array.isArray(records)) throw new PlatformError('JSON_PARSER_ERROR', 'records is required and must be an array');
  if (records.length > MOST_RECORDS) throw tooMany();
  return { allOrNone: allOrNone === true || allOrNone === 'true', records: records.map(recordBody) };
}

/** The object that a record says it is of. */
export function objectOfRecord(tx: Transaction, record: ClientRecord): ObjectDef {
  const attributes = recordBody(record.attributes ?? {});
  if (typeof attributes.type !== 'string') {
    throw new PlatformError('INVALID_TYPE', 'Every record must name its type: "attributes": {"type": "Account"}');
  }
  const object = tx.schema.object(attributes.type);
  if (!object) throw new PlatformError('INVALID_TYPE', `sObject type '${attributes.type}' is not supported.`);
  return object;
}

export const saveResultBody = ({ id, success, errors }: SaveResult): Record<string, unknown> => ({
  ...(id === null ? {} : { id }),
  success,
  errors: errors.map(({ statusCode, message, fields }) => ({ statusCode, message, fields })),
});

/** Neighbours of one type go through the save procedure together, as on the platform: chunks are by type. */
function saveByType(
  tx: Transaction,
  operation: 'insert' | 'update',
  { records, allOrNone }: CollectionBody,
): readonly SaveResult[] {
  return inRuns(
    records,
    (record) => objectOfRecord(tx, record),
    (object, run) => saveRecords(tx, { operation, object, records: run, allOrNone }),
  );
}

/**
 * The answer; when all must be saved and one was not, the whole transaction is undone, records of other types included
 * ("allOrNone Parameters in Composite and Collections Requests", REST API Developer Guide).
 */
function collectionAnswer(
  results: readonly SaveResult[],
  allOrNone: boolean,
  bodyOf: (result: SaveResult) => unknown = saveResultBody,
): RestAnswer {
  if (!allOrNone || results.every(({ success }) => success)) return { status: 200, body: results.map(bodyOf) };
  throw new RolledBack({ status: 200, body: takenBack(results).map(bodyOf) });
}

/** One value of a wrong type refuses the whole collection. */
function requireTypes(tx: Transaction, call: RestCall, records: readonly ClientRecord[], object?: ObjectDef): void {
  records.forEach((record, index) => {
    requireJsonTypes(tx.schema, object ?? objectOfRecord(tx, record), record, call.body, ['records', index]);
  });
}

/** Records name their id as `id` or `Id`. */
const withId = (record: ClientRecord): ClientRecord => {
  const { id, ...rest } = record;
  const given = rest.Id ?? id;
  return { ...rest, Id: typeof given === 'string' ? (normalizeId(given) ?? given) : given };
};

const createCollection: Resource = {
  method: 'POST',
  path: '/composite/sobjects',
  handle(_context, tx, call) {
    const body = readBody(call.body);
    requireTypes(tx, call, body.records);
    const results = saveByType(tx, 'insert', body);
    return collectionAnswer(results, body.allOrNone);
  },
};

const updateCollection: Resource = {
  method: 'PATCH',
  path: '/composite/sobjects',
  handle(_context, tx, call) {
    const { allOrNone, records } = readBody(call.body);
    requireTypes(tx, call, records);
    const results = saveByType(tx, 'update', { allOrNone, records: records.map(withId) });
    return collectionAnswer(results, allOrNone);
  },
};

const upsertCollection: Resource = {
  method: 'PATCH',
  path: '/composite/sobjects/:object/:field',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, call.params.object ?? '');
    const field = externalIdField(object, call.params.field ?? '');
    const { allOrNone, records } = readBody(call.body);
    requireTypes(tx, call, records, object);
    const save = { operation: 'upsert', object, records, allOrNone, externalIdField: field.name } as const;
    const results = saveRecords(tx, save);
    return collectionAnswer(results, allOrNone, (result) => ({
      ...saveResultBody(result),
      created: result.created,
    }));
  },
};

function deleteRun(tx: Transaction, object: string | null, ids: readonly string[]): readonly SaveResult[] {
  if (object !== null) {
    return tx.save({ operation: 'delete', object, records: ids.map((Id) => ({ Id })), allOrNone: false });
  }
  return ids.map((id) => {
    const malformed = normalizeId(id) === null;
    const statusCode = malformed ? 'MALFORMED_ID' : 'INVALID_CROSS_REFERENCE_KEY';
    const message = malformed ? `malformed id ${id}` : 'invalid cross reference id';
    return { id: malformed ? null : id, success: false, created: false, errors: [{ statusCode, message, fields: [] }] };
  });
}

const deleteCollection: Resource = {
  method: 'DELETE',
  path: '/composite/sobjects',
  handle(_context, tx, call) {
    const ids = (call.query.ids ?? '').split(',').filter((id) => id !== '');
    const allOrNone = call.query.allOrNone === 'true';
    if (ids.length > MOST_RECORDS) throw tooMany();
    const results = inRuns(
      ids.map((given) => normalizeId(given) ?? given),
      (id) => (normalizeId(id) === null ? null : (tx.schema.objectOfId(id)?.name ?? null)),
      (object, run) => deleteRun(tx, object, run),
    );
    return collectionAnswer(results, allOrNone);
  },
};

/** Up to 200 records in one call. */
export const collectionResources: readonly Resource[] = [
  createCollection,
  updateCollection,
  upsertCollection,
  deleteCollection,
];
