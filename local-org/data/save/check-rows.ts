import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { isNumeric, layoutOf } from '../layout.ts';
import type { FieldValue } from '../types.ts';
import { convertValue } from './convert-value.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';
import { badEmail, badPicklistValue, badRecordType, outOfRange, requiredMissing, tooLong } from './save-errors.ts';

/** Automation may have set any value: give each the form of its field again. */
export function normalizeRows(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  for (const row of rows) {
    for (const field of layoutOf(object).columns) {
      const value = row.after[field.name] ?? null;
      if (value === null || field.type === 'id') continue;
      if (row.before?.[field.name] === value) continue;
      if (row.input.values.get(field.name) === value) continue;
      const converted = convertValue(context.schema, field, value);
      if ('error' in converted) row.errors.push(converted.error);
      else row.after[field.name] = converted.value;
    }
  }
}

/**
 * System validation of complete rows: required, length, range, picklists, e-mail. Unchanged values are not looked at
 * again.
 */
export function checkRows(_context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  const { columns } = layoutOf(object);
  for (const row of rows) {
    const missing: string[] = [];
    const recordTypeChanged = (row.before?.['RecordTypeId'] ?? null) !== (row.after['RecordTypeId'] ?? null);
    if (recordTypeChanged || !row.before) checkRecordType(object, row);
    for (const field of columns) {
      const value = row.after[field.name] ?? null;
      if (value === null) {
        if (isRequired(field, row) && row.before?.[field.name] !== null) missing.push(field.name);
        continue;
      }
      if (row.before?.[field.name] === value && !(recordTypeChanged && field.picklist)) continue;
      checkValue(object, field, value, row);
    }
    if (missing.length > 0) row.errors.push(requiredMissing(missing));
  }
}

/** "Defaulted on create" fields may be left out of a new record. DOC api/field-types "Required Fields". */
function isRequired(field: FieldDef, row: WorkingRow): boolean {
  if (field.nillable || field.type === 'boolean') return false;
  return row.before ? field.createable || field.updateable : field.createable && !field.defaultedOnCreate;
}

function checkRecordType(object: ObjectDef, row: WorkingRow): void {
  const id = row.after['RecordTypeId'] ?? null;
  if (id === null) return;
  const type = object.recordTypes.find((candidate) => candidate.id === id);
  if (!type || type.isMaster || !type.active) row.errors.push(badRecordType(id));
}

const EMAIL = /^[^\s@<>()[\],;:"]+@[^\s@<>()[\],;:"]+\.[^\s@<>()[\],;:".]+$/;

function checkValue(object: ObjectDef, field: FieldDef, value: FieldValue, row: WorkingRow): void {
  if (field.picklist) checkPicklist(object, field, String(value), row);
  else if (isNumeric(field.type)) checkNumber(field, value as number, row);
  else if (
    typeof value === 'string' &&
    field.length > 0 &&
    field.type !== 'reference' &&
    field.type !== 'id' &&
    value.length > field.length
  ) {
    row.errors.push(tooLong(field, value));
  }
  if (field.type === 'email' && typeof value === 'string' && !EMAIL.test(value))
    row.errors.push(badEmail(field, value));
}

/** Two thirds of 31 bits: testers report Employees 1431655766 as the first that is refused. */
const MOST_INT = 1_431_655_765;

function checkNumber(field: FieldDef, value: number, row: WorkingRow): void {
  // What the platform works out of other fields is in range when they are.
  if (!field.createable && !field.updateable) return;
  if (field.precision === 0 || field.type === 'int') {
    if (field.type === 'int' && Math.abs(value) > MOST_INT) row.errors.push(outOfRange(field, value));
    return;
  }
  // Percentages state their precision without the sign of what people may type; the platform takes up to it.
  if (Math.abs(value) >= 10 ** (field.precision - field.scale)) row.errors.push(outOfRange(field, value));
}

/**
 * Only restricted picklists refuse values through the API; a record type narrows a restricted one further. DOC
 * api/field-types "Picklist Field Type": "restricted picklists"; StageName has no such property (object-reference/opportunity), so
 * that any stage name is taken. The error text is as integrations log it, unconfirmed by documentation.
 */
function checkPicklist(object: ObjectDef, field: FieldDef, value: string, row: WorkingRow): void {
  if (!field.picklist?.restricted) {
    if (field.length > 0 && value.length > field.length && field.type !== 'multipicklist')
      row.errors.push(tooLong(field, value));
    return;
  }
  const allowed = object.recordTypes
    .find((type) => type.id === row.after['RecordTypeId'])
    ?.picklistValues.get(field.name)?.values;
  for (const one of field.type === 'multipicklist' ? value.split(';') : [value]) {
    const known = field.picklist.values.find((option) => option.value === one && option.active);
    if (!known || (allowed && field.custom && !allowed.includes(one))) row.errors.push(badPicklistValue(field, one));
  }
}
