import type { FieldValue, SaveError, Transaction } from '../../data/types.ts';
import { namesRecord, type FieldDef, type ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { cannotDeserialize } from './json-types.ts';
import { keyValue } from './key-value.ts';

/** A record as a client sent it: by field name or relationship name, `attributes` among them. */
export type ClientRecord = Readonly<Record<string, unknown>>;

export interface ReadRecord {
  readonly values: Readonly<Record<string, FieldValue>>;
  readonly errors: readonly SaveError[];
}

const isObject = (value: unknown): value is ClientRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Text of the platform for a name that the object does not have. */
const noSuchColumn = (object: ObjectDef, name: string): PlatformError =>
  new PlatformError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

function relationship(object: ObjectDef, name: string): FieldDef | undefined {
  const wanted = name.toLowerCase();
  return [...object.fields.values()].find((field) => field.reference?.relationshipName?.toLowerCase() === wanted);
}

/** Finds the parent that a client named by an external id: `{"Account": {"Customer_Number__c": "17"}}`. */
function parentId(tx: Transaction, field: FieldDef, given: ClientRecord): string {
  const attributes = isObject(given.attributes) ? given.attributes : {};
  const [entry, ...more] = Object.entries(given).filter(([name]) => name.toLowerCase() !== 'attributes');
  const type = typeof attributes.type === 'string' ? attributes.type : field.reference?.to[0];
  const parent = tx.schema.object(type ?? '');
  const key = parent?.fields.get(entry?.[0].toLowerCase() ?? '');
  if (!entry || more.length > 0 || !parent || !key || !namesRecord(key)) {
    const message = `A relationship needs exactly one external id field of the parent: ${field.reference?.relationshipName ?? field.name}`;
    throw new PlatformError('INVALID_FIELD', message, { fields: [field.name] });
  }
  const value = keyValue(tx.schema, key, entry[1]);
  const found = tx.select({ object: parent.name, filter: { field: key.name, operator: '=', value }, limit: 2 });
  if (found.length === 1 && typeof found[0]?.Id === 'string') return found[0].Id;
  // Text as in "Insert or Update (Upsert) a Record Using an External ID" and Bulk API results.
  const message = `Foreign key external ID: ${String(value)} not found for field ${key.name} in entity ${parent.name}`;
  throw new PlatformError(found.length > 1 ? 'DUPLICATE_EXTERNAL_ID' : 'INVALID_FIELD', message);
}

const isScalar = (value: unknown): value is FieldValue => value === null || typeof value !== 'object';

/**
 * Turns what a client sent into values for the save procedure, which converts them to the fields' types. Trouble is an
 * error of that record, so that the others of the same call can go on.
 */
export function readRecord(tx: Transaction, object: ObjectDef, record: ClientRecord): ReadRecord {
  const values: Record<string, FieldValue> = {};
  const errors: SaveError[] = [];
  for (const [name, value] of Object.entries(record)) {
    if (name.toLowerCase() === 'attributes') continue;
    try {
      const field = object.fields.get(name.toLowerCase());
      if (field) {
        if (!isScalar(value)) throw cannotDeserialize(field, value, { line: 1, column: 1 });
        values[field.name] = value;
      } else {
        const lookup = relationship(object, name);
        if (!lookup) throw noSuchColumn(object, name);
        if (value === null) values[lookup.name] = null;
        else if (isObject(value)) values[lookup.name] = parentId(tx, lookup, value);
        else throw noSuchColumn(object, name);
      }
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      errors.push({ statusCode: error.code, message: error.message, fields: error.fields });
    }
  }
  return { values, errors };
}
