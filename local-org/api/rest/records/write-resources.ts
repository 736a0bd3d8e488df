import type { SaveResult, Transaction } from '../../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import { resourceNotFound } from '../../api-versions.ts';
import { restSaveErrors } from '../../error-reply.ts';
import { requireJsonTypes } from '../../values/json-types.ts';
import type { ClientRecord } from '../../values/read-record.ts';
import { keyValue } from '../../values/key-value.ts';
import { saveRecords } from '../../values/save-records.ts';
import type { Resource, RestAnswer, RestCall } from '../resource.ts';
import { unmetCondition } from './conditional-headers.ts';
import { existingId, externalIdField, objectOfPath } from './find-object.ts';

const param = (call: RestCall, name: string): string => call.params[name] ?? '';

/** The one JSON object that a record call carries. */
export function recordBody(body: unknown): ClientRecord {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as ClientRecord;
  throw new PlatformError(
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has no entity body.',
  );
}

/**
 * A list where one record belongs; https://life-improver.com/salesforce/
 * salesforce-rest-to-create-multiple-objects-json-deserializaton-failed-on-token-null/.
 */
const LIST_OF_RECORDS =
  "Json Deserialization failed on token 'null' and has left off in the middle of parsing a row. Will go to end of row to begin parsing the next row";

/** The one record of a call. */
function oneRecord(body: unknown): ClientRecord {
  if (Array.isArray(body)) throw new PlatformError('INVALID_FIELD', LIST_OF_RECORDS);
  return recordBody(body);
}

/** Answers of single-record calls; HTTP 404 where the record is gone. */
function refused(result: SaveResult): RestAnswer {
  const gone = result.errors.some(({ statusCode }) => statusCode === 'ENTITY_IS_DELETED');
  return { status: gone ? 404 : 400, body: restSaveErrors(result.errors) };
}

const first = (results: readonly SaveResult[]): SaveResult => {
  const [result] = results;
  if (!result) throw new Error('save answered no result for one record');
  return result;
};

/** DOC rest-api/create-a-record, "Error Response": data never names the record itself. */
function refuseId(body: ClientRecord): void {
  if (!Object.keys(body).some((name) => name.toLowerCase() === 'id')) return;
  throw new PlatformError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.');
}

const createRecord: Resource = {
  method: 'POST',
  path: '/sobjects/:object',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, param(call, 'object'));
    const body = oneRecord(call.body);
    refuseId(body);
    requireJsonTypes(tx.schema, object, body, call.body);
    const records = [body];
    const result = first(saveRecords(tx, { operation: 'insert', object, records, allOrNone: true }));
    if (!result.success) return refused(result);
    const headers = { location: `/services/data/v${call.version}/sobjects/${object.name}/${result.id ?? ''}` };
    return { status: 201, headers, body: { id: result.id, success: true, errors: [] } };
  },
};

const updateRecord: Resource = {
  method: 'PATCH',
  path: '/sobjects/:object/:id',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, param(call, 'object'));
    const Id = existingId(tx, object, param(call, 'id'));
    const unmet = unmetCondition(call, object.name, tx.byIds(object.name, [Id]).get(Id) ?? {}, false);
    if (unmet) return unmet;
    const body = oneRecord(call.body);
    refuseId(body);
    requireJsonTypes(tx.schema, object, body, call.body);
    const result = first(saveRecords(tx, { operation: 'update', object, records: [{ ...body, Id }], allOrNone: true }));
    return result.success ? { status: 204 } : refused(result);
  },
};

const deleteRecord: Resource = {
  method: 'DELETE',
  path: '/sobjects/:object/:id',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, param(call, 'object'));
    const Id = existingId(tx, object, param(call, 'id'));
    const request = { operation: 'delete', object: object.name, records: [{ Id }], allOrNone: true } as const;
    const result = first(tx.save(request));
    return result.success ? { status: 204 } : refused(result);
  },
};

/** Ids of the records that an external id names: at most two, since two are already too many. */
function idsByExternalId(tx: Transaction, object: ObjectDef, field: FieldDef, value: string): readonly string[] {
  const filter = { field: field.name, operator: '=', value: keyValue(tx.schema, field, value) } as const;
  return tx.select({ object: object.name, filter, limit: 2 }).map((row) => String(row.Id));
}

/** HTTP 300 with the links of all records that share an external id ("Upsert", REST API Developer Guide). */
const multipleChoices = (call: RestCall, object: ObjectDef, ids: readonly string[]): RestAnswer => ({
  status: 300,
  body: ids.map((id) => `/services/data/v${call.version}/sobjects/${object.name}/${id}`),
});

const upsertRecord: Resource = {
  method: 'PATCH',
  path: '/sobjects/:object/:field/:value',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, param(call, 'object'));
    const field = externalIdField(object, param(call, 'field'));
    const body = oneRecord(call.body);
    if (Object.keys(body).some((name) => name.toLowerCase() === field.name.toLowerCase())) {
      const message = `The ${field.name} field should not be specified in the sobject data.`;
      throw new PlatformError('INVALID_FIELD', message, { fields: [field.name] });
    }
    requireJsonTypes(tx.schema, object, body, call.body);
    const ids = idsByExternalId(tx, object, field, param(call, 'value'));
    if (ids.length > 1) return multipleChoices(call, object, ids);
    // "To prevent a new record from being created, use the updateOnly parameter" (DOC rest-api "Upsert").
    if (ids.length === 0 && call.query.updateOnly === 'true') throw resourceNotFound();
    const records = [{ ...body, [field.name]: param(call, 'value') }];
    const save = { operation: 'upsert', object, records, allOrNone: true, externalIdField: field.name } as const;
    const result = first(saveRecords(tx, save));
    if (!result.success) return refused(result);
    const { id, created } = result;
    return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
  },
};

const deleteByExternalId: Resource = {
  method: 'DELETE',
  path: '/sobjects/:object/:field/:value',
  handle(context, tx, call) {
    const object = objectOfPath(tx, param(call, 'object'));
    const field = externalIdField(object, param(call, 'field'));
    const ids = idsByExternalId(tx, object, field, param(call, 'value'));
    if (ids.length > 1) return multipleChoices(call, object, ids);
    const [id] = ids;
    if (id === undefined) throw resourceNotFound();
    return deleteRecord.handle(context, tx, { ...call, params: { ...call.params, id } });
  },
};

/** Create, update, upsert and delete of one record. */
export const writeResources: readonly Resource[] = [
  createRecord,
  updateRecord,
  deleteRecord,
  upsertRecord,
  deleteByExternalId,
];
