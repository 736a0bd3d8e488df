import { convertValue } from '../../data/save/convert-value.ts';
import type { FieldValue } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { placeOf, type JsonPath, type Place } from '../json-text.ts';

/** How the error names a field's type; currency, multipicklist, date, datetime and boolean are quoted in public logs. */
const typeName = (field: FieldDef): string =>
  field.type === 'address' || field.type === 'location'
    ? field.name
    : field.type === 'textarea'
      ? 'string'
      : field.type;

/** The parser's names of its tokens. */
function tokenOf(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT';
    case 'boolean':
      return value ? 'VALUE_TRUE' : 'VALUE_FALSE';
    default:
      return 'VALUE_STRING';
  }
}

/**
 * Texts: https://github.com/restforce/restforce/issues/897 (a text), https://github.com/verbb/formie/issues/2124 (a list),
 * and the same with START_OBJECT for an object.
 */
export function cannotDeserialize(field: FieldDef, value: unknown, { line, column }: Place): PlatformError {
  const place = `[line:${String(line)}, column:${String(column)}]`;
  const what = `Cannot deserialize instance of ${typeName(field)} from`;
  const orMissing = 'or request may be missing a required field at';
  const refusal = (rest: string): PlatformError => new PlatformError('JSON_PARSER_ERROR', `${what} ${rest} ${place}`);
  if (Array.isArray(value)) return refusal('START_ARRAY value');
  if (typeof value === 'object') return refusal(`START_OBJECT value { ${orMissing}`);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return refusal(`${tokenOf(value)} value ${text} ${orMissing}`);
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

/**
 * Whether REST can read the JSON value into the field. A number is read as text where a text belongs, and a text that is
 * a number where a number does. Of texts for booleans only the two words of JSON are taken: "FALSE" is refused in public
 * logs. A date is a day without a time: https://github.com/wadewegner/Force.com-Toolkit-for-NET, FunctionalTests,
 * Create_EventWithDate_IsSuccess. What is no id is the record's trouble, not the request's.
 */
function isReadable(schema: Schema, field: FieldDef, value: unknown): boolean {
  if (value === null || value === undefined || value === '') return true;
  if (typeof value === 'object' || field.type === 'address' || field.type === 'location') return false;
  if (field.type === 'boolean') return typeof value === 'boolean' || value === 'true' || value === 'false';
  if (field.type === 'date' && !(typeof value === 'string' && isDay(value))) return false;
  if (field.type === 'id' || field.type === 'reference') return true;
  const converted = convertValue(schema, field, value as FieldValue);
  return 'value' in converted || converted.error.statusCode !== 'INVALID_TYPE_ON_FIELD_IN_RECORD';
}

/**
 * REST reads a body into the types of the fields, so that one value of a wrong type refuses the whole request: throws
 * JSON_PARSER_ERROR (400) for the first. `at` is the record's path in `body`.
 */
export function requireJsonTypes(
  schema: Schema,
  object: ObjectDef,
  record: Readonly<Record<string, unknown>>,
  body: unknown,
  at: JsonPath = [],
): void {
  for (const [name, value] of Object.entries(record)) {
    const field = object.fields.get(name.toLowerCase());
    if (field && !isReadable(schema, field, value)) throw cannotDeserialize(field, value, placeOf(body, [...at, name]));
  }
}
