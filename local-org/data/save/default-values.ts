import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { MASTER_RECORD_TYPE_ID } from '../../schema/record-types.ts';
import { layoutOf } from '../layout.ts';
import type { FieldValue, Row } from '../types.ts';
import { formatAutoNumber } from './auto-number.ts';
import type { SaveContext, SaveInput } from './save-context.ts';

/** The complete row of a record about to be inserted: what was set, then defaults. */
export function rowWithDefaults(context: SaveContext, object: ObjectDef, input: SaveInput, id: string): Row {
  const row: Row = {};
  const recordType = recordTypeOf(context, object, input);
  let hasFormulaDefault = false;
  for (const field of layoutOf(object).columns) {
    const given = input.values.get(field.name);
    row[field.name] = given !== undefined ? given : defaultOf(context, object, field, recordType);
    if (field.custom && field.defaultValue !== null && field.type !== 'boolean' && given === undefined)
      hasFormulaDefault = true;
  }
  row['Id'] = id;
  if ('RecordTypeId' in row) row['RecordTypeId'] = recordType;
  if (hasFormulaDefault) applyFormulaDefaults(context, object, input, row);
  stamp(context, object, row);
  return row;
}

/**
 * The record type that was named, null for the master; the user's default when none was. Every user may choose the master:
 * describe lists it as available to all.
 */
function recordTypeOf(context: SaveContext, object: ObjectDef, input: SaveInput): string | null {
  if (!object.fields.has('recordtypeid')) return null;
  const given = input.values.get('RecordTypeId');
  if (given === MASTER_RECORD_TYPE_ID) return null;
  return typeof given === 'string' ? given : context.defaultRecordType(object);
}

function defaultOf(context: SaveContext, object: ObjectDef, field: FieldDef, recordTypeId: string | null): FieldValue {
  if (field.type === 'boolean') return field.defaultValue === 'true';
  if (!field.custom && field.defaultValue !== null) return field.defaultValue;
  if (field.autoNumberFormat !== null) return formatAutoNumber(context, object, field);
  if (field.name === 'OwnerId') return context.tx.user.id;
  if (field.picklist && (field.custom || field.defaultedOnCreate)) return picklistDefault(object, field, recordTypeId);
  return null;
}

/** A record type's own default goes before the field's. DOC metadata-api/recordtype "picklistValues". */
function picklistDefault(object: ObjectDef, field: FieldDef, recordTypeId: string | null): FieldValue {
  const list = object.recordTypes.find((type) => type.id === recordTypeId)?.picklistValues.get(field.name);
  if (list) return list.defaultValue;
  return field.picklist?.values.find((value) => value.isDefault && value.active)?.value ?? null;
}

function applyFormulaDefaults(context: SaveContext, object: ObjectDef, input: SaveInput, row: Row): void {
  const values = context.automation.defaults(context.tx, object.name, row);
  for (const [name, value] of Object.entries(values)) if (!input.values.has(name)) row[name] = value;
}

/** Audit fields of a new record. DOC object-reference/system-fields. */
function stamp(context: SaveContext, object: ObjectDef, row: Row): void {
  const { timestamp, tx } = context;
  if (object.fields.has('createddate')) row['CreatedDate'] ??= timestamp;
  if (object.fields.has('createdbyid')) row['CreatedById'] ??= tx.user.id;
  if (object.fields.has('lastmodifieddate')) row['LastModifiedDate'] ??= timestamp;
  if (object.fields.has('lastmodifiedbyid')) row['LastModifiedById'] ??= tx.user.id;
  if (object.fields.has('systemmodstamp')) row['SystemModstamp'] = timestamp;
}

/** Audit fields of a changed record. */
export function touch(context: SaveContext, object: ObjectDef, row: Row): void {
  if (object.fields.has('lastmodifieddate')) row['LastModifiedDate'] = context.timestamp;
  if (object.fields.has('lastmodifiedbyid')) row['LastModifiedById'] = context.tx.user.id;
  if (object.fields.has('systemmodstamp')) row['SystemModstamp'] = context.timestamp;
}
