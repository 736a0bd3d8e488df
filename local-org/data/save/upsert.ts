import { PlatformError } from '../../platform-error.ts';
import { namesRecord, type FieldDef, type ObjectDef } from '../../schema/types.ts';
import { encode, isCaseInsensitive, quote } from '../layout.ts';
import type { FieldValue, SaveRequest, SaveResult } from '../types.ts';
import { convertValue } from './convert-value.ts';
import type { SaveContext } from './save-context.ts';
import { saveError } from './save-errors.ts';

/** Splits an upsert into inserts and updates by its external id. DOC api/sforce_api_calls_upsert. */
export function upsert(
  context: SaveContext,
  object: ObjectDef,
  request: SaveRequest,
  run: (part: SaveRequest) => readonly SaveResult[],
): readonly SaveResult[] {
  const field = object.fields.get((request.externalIdField ?? 'Id').toLowerCase());
  if (!field || !namesRecord(field)) {
    throw new PlatformError(
      'INVALID_FIELD',
      `Field name provided, ${request.externalIdField} does not match an External ID, Salesforce Id, or indexed field for ${object.name}`,
    );
  }
  const results: SaveResult[] = [];
  const parts = { insert: [] as number[], update: [] as number[] };
  const ids = new Map<number, string>();
  const seen = new Map<string, number>();
  request.records.forEach((record, i) => {
    const found = match(context, object, field, valueOf(record, field));
    const value = valueOf(record, field);
    const key = isCaseInsensitive(field) ? String(value).toLowerCase() : String(value);
    if ('error' in found) results[i] = found.error;
    else if (value !== null && seen.has(key))
      results[i] = failed(saveError('DUPLICATE_VALUE', `Duplicate external id specified: ${value}`, [field.name]));
    else if (found.id === null) parts.insert.push(i);
    else {
      ids.set(i, found.id);
      parts.update.push(i);
    }
    if (value !== null) seen.set(key, i);
  });
  for (const operation of ['insert', 'update'] as const) {
    const positions = parts[operation];
    if (positions.length === 0) continue;
    const records = positions.map((i) => prepared(request.records[i]!, field, ids.get(i)));
    run({ ...request, operation, records }).forEach((result, n) => (results[positions[n]!] = result));
  }
  return results;
}

function valueOf(record: Readonly<Record<string, FieldValue>>, field: FieldDef): FieldValue {
  const key = Object.keys(record).find((name) => name.toLowerCase() === field.name.toLowerCase());
  return key === undefined ? null : (record[key] ?? null);
}

/** A matched record is named by its id; the field it was found by is not written again. */
function prepared(
  record: Readonly<Record<string, FieldValue>>,
  field: FieldDef,
  id: string | undefined,
): Record<string, FieldValue> {
  const entries = Object.entries(record).filter(
    ([name]) => name.toLowerCase() !== 'id' && !(id !== undefined && name.toLowerCase() === field.name.toLowerCase()),
  );
  return { ...Object.fromEntries(entries), ...(id === undefined ? {} : { Id: id }) };
}

function failed(error: ReturnType<typeof saveError>): SaveResult {
  return { id: null, success: false, created: false, errors: [error] };
}

function match(
  context: SaveContext,
  object: ObjectDef,
  field: FieldDef,
  value: FieldValue,
): { readonly id: string | null } | { readonly error: SaveResult } {
  if (value === null || value === '') {
    return field.name === 'Id'
      ? { id: null }
      : { error: failed(saveError('MISSING_ARGUMENT', `${field.name} not specified`)) };
  }
  const converted = convertValue(context.schema, field, value);
  if ('error' in converted) return { error: failed(converted.error) };
  const alive = object.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
  const rows = context.store
    .statement(`SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ?${alive} LIMIT 2`)
    .all(encode(converted.value)) as unknown as [string][];
  if (rows.length > 1) {
    return {
      error: failed(
        saveError(
          'DUPLICATE_EXTERNAL_ID',
          `${field.name}: more than one record found for external id field: [${rows.map(([id]) => id).join(', ')}]`,
        ),
      ),
    };
  }
  if (field.name === 'Id' && rows.length === 0)
    return { error: failed(saveError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id')) };
  return { id: rows[0]?.[0] ?? null };
}
