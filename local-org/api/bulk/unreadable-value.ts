import { convertValue } from '../../data/save/convert-value.ts';
import type { SaveError } from '../../data/types.ts';
import type { FieldDef, FieldType, ObjectDef, Schema } from '../../schema/types.ts';
import type { ClientRecord } from '../values/read-record.ts';

/** Types whose values a CSV may spell wrongly, as XML Schema names them. */
const XSD: Readonly<Partial<Record<FieldType, string>>> = {
  boolean: 'boolean',
  currency: 'double',
  date: 'date',
  datetime: 'dateTime',
  double: 'double',
  int: 'int',
  percent: 'double',
  time: 'time',
};

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);

function isUnreadable(schema: Schema, field: FieldDef, text: string): boolean {
  // A day alone is no date and time to the Bulk API: https://github.com/SFDO-Tooling/Snowfakery/issues/793.
  if (field.type === 'datetime' && isDay(text)) return true;
  return 'error' in convertValue(schema, field, text);
}

/**
 * What the platform says of a row whose value is not of its field's type: the first column of that kind, counted from 0.
 * Text: https://github.com/SFDO-Tooling/Snowfakery/issues/793. Null for a row that can be read.
 */
export function unreadableValue(
  schema: Schema,
  object: ObjectDef,
  header: readonly string[],
  record: ClientRecord,
): SaveError | null {
  for (const [column, name] of header.entries()) {
    const field = object.fields.get(name.trim().toLowerCase());
    const type = field && XSD[field.type];
    const value = record[name.trim()];
    if (!field || type === undefined || typeof value !== 'string' || !isUnreadable(schema, field, value)) continue;
    const why = `'${value}' is not a valid value for the type xsd:${type}`;
    const message = `Failed to deserialize field at col ${String(column)}. Due to, ${why}`;
    return { statusCode: 'INVALID_FIELD', message, fields: [field.name] };
  }
  return null;
}
