import { runSoql } from '../../../data/transaction.ts';
import type { Transaction } from '../../../data/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import type { ObjectDef } from '../../../schema/types.ts';
import { resourceNotFound } from '../../api-versions.ts';
import { clientText } from '../../values/client-text.ts';
import { keyValue } from '../../values/key-value.ts';
import { recordJson } from '../query/record-json.ts';
import type { Resource, RestCall } from '../resource.ts';
import { normalizeId } from '../../../data/ids.ts';
import { recordHeaders, unmetCondition } from './conditional-headers.ts';
import { fieldNames } from './field-names.ts';
import { followRelationship } from './relationship-path.ts';
import { existingId, externalIdField, objectOfPath } from './find-object.ts';
import { recordBody } from './write-resources.ts';

/** Records per call of sObject Collections retrieve by POST (REST API Developer Guide). */
const MOST_RECORDS = 2000;

/** Records by id, formula fields included. */
function readRecords(
  tx: Transaction,
  object: ObjectDef,
  ids: readonly string[],
  fields: readonly string[],
  version: string,
) {
  const quoted = ids.map((id) => `'${id}'`).join(',');
  // The id is needed to find the record again, whether it was asked for or not.
  const names = [...new Set([...fields, 'Id'])];
  const { records } = runSoql(tx, `SELECT ${names.join(',')} FROM ${object.name} WHERE Id IN (${quoted})`);
  const links = { schema: tx.schema, base: `/services/data/v${version}/sobjects` };
  return new Map(records.map((record) => [record.id, recordJson(links, record)]));
}

const one = (tx: Transaction, object: ObjectDef, id: string, call: RestCall) => {
  const row = tx.byIds(object.name, [id]).get(id);
  if (!row) throw resourceNotFound();
  const unmet = unmetCondition(call, object.name, row, true);
  if (unmet) return unmet;
  const record = readRecords(tx, object, [id], fieldNames(object, call.query.fields), call.version).get(id);
  if (!record) throw resourceNotFound();
  return { status: 200, headers: recordHeaders(object.name, row), body: record };
};

const readRecord: Resource = {
  method: 'GET',
  path: '/sobjects/:object/:id',
  handle(_context, tx, call) {
    const object = objectOfPath(tx, call.params.object ?? '');
    return one(tx, object, existingId(tx, object, call.params.id ?? ''), call);
  },
};

const readByExternalId: Resource = {
  method: 'GET',
  path: '/sobjects/:object/:field/:value',
  /** With a record's id for a field, the value is a relationship's name. */
  handle(_context, tx, call) {
    const object = objectOfPath(tx, call.params.object ?? '');
    const id = normalizeId(call.params.field ?? '');
    if (id?.startsWith(object.keyPrefix)) return followRelationship(tx, object, id, call);
    const field = externalIdField(object, call.params.field ?? '');
    const value = keyValue(tx.schema, field, call.params.value ?? '');
    const found = tx.select({ object: object.name, filter: { field: field.name, operator: '=', value }, limit: 2 });
    if (found.length > 1) {
      const body = found.map((row) => `/services/data/v${call.version}/sobjects/${object.name}/${String(row.Id)}`);
      return { status: 300, body };
    }
    const [row] = found;
    if (!row) throw resourceNotFound();
    return one(tx, object, String(row.Id), call);
  },
};

const split = (text: string | undefined): readonly string[] | null =>
  text === undefined || text === '' ? null : text.split(',');

const collection = (tx: Transaction, call: RestCall, ids: readonly string[], fields: readonly string[] | null) => {
  const object = objectOfPath(tx, call.params.object ?? '');
  if (ids.length > MOST_RECORDS) {
    throw new PlatformError(
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${String(MOST_RECORDS)} records into this call`,
    );
  }
  if (fields === null) throw new PlatformError('MALFORMED_QUERY', 'fields is required');
  const valid = ids.filter((id) => /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/.test(id));
  const found = readRecords(tx, object, valid, fieldNames(object, fields.join(',')), call.version);
  const by15 = new Map([...found].map(([id, record]) => [String(id).slice(0, 15), record]));
  return { status: 200, body: ids.map((id) => by15.get(id.slice(0, 15)) ?? null) };
};

const readCollection: Resource = {
  method: 'GET',
  path: '/composite/sobjects/:object',
  handle: (_context, tx, call) => collection(tx, call, split(call.query.ids) ?? [], split(call.query.fields)),
};

const readCollectionByPost: Resource = {
  method: 'POST',
  path: '/composite/sobjects/:object',
  handle(_context, tx, call) {
    const { ids, fields } = recordBody(call.body);
    if (!Array.isArray(ids) || !Array.isArray(fields)) {
      throw new PlatformError('JSON_PARSER_ERROR', 'ids and fields are required and must be arrays');
    }
    return collection(tx, call, ids.map(clientText), fields.map(clientText));
  },
};

/** Records by id or external id. */
export const readResources: readonly Resource[] = [readRecord, readByExternalId, readCollection, readCollectionByPost];
