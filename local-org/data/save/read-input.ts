import type { ObjectDef, Schema } from '../../schema/types.ts';
import { MASTER_RECORD_TYPE_ID } from '../../schema/record-types.ts';
import type { FieldValue, SaveError } from '../types.ts';
import { convertValue } from './convert-value.ts';
import type { SaveInput } from './save-context.ts';
import { noSuchField, notWriteable } from './save-errors.ts';

export interface InputOptions {
  readonly action: 'insert' | 'update' | 'delete' | 'undelete';
  /** The platform itself writes read-only fields. */
  readonly system: boolean;
  /** The caller has the permission "Set Audit Fields upon Record Creation". */
  readonly setsAuditFields?: boolean;
}

/** What that permission opens on create. Help, "Create Audit Fields": created and last modified date and person. */
const AUDIT_FIELDS = new Set(['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById']);

/** Turns what a caller sent into converted values by canonical name. Every trouble is an error of that record alone. */
export function readInput(
  schema: Schema,
  object: ObjectDef,
  record: Readonly<Record<string, FieldValue>>,
  index: number,
  options: InputOptions,
): SaveInput {
  const values = new Map<string, FieldValue>();
  const errors: SaveError[] = [];
  const forbidden: string[] = [];
  let id: string | null = null;
  for (const name of Object.keys(record)) {
    const given = record[name] ?? null;
    const field = object.fields.get(name.toLowerCase());
    if (!field) {
      errors.push(noSuchField(object, name));
      continue;
    }
    const converted = convertValue(schema, field, given);
    if ('error' in converted) {
      errors.push(converted.error);
      continue;
    }
    if (field.name === 'Id' && options.action !== 'insert') {
      id = converted.value as string | null;
      continue;
    }
    const allowed = options.action === 'insert' ? field.createable : field.updateable;
    const audit = options.setsAuditFields === true && options.action === 'insert' && AUDIT_FIELDS.has(field.name);
    if (!allowed && !options.system && !audit) forbidden.push(field.name);
    // The master record type is the absence of one; a new record that names it does not get the user's default.
    else {
      const isMaster = field.name === 'RecordTypeId' && converted.value === MASTER_RECORD_TYPE_ID;
      values.set(field.name, isMaster && options.action !== 'insert' ? null : converted.value);
    }
  }
  if (forbidden.length > 0) errors.push(notWriteable(forbidden));
  return { index, id, values, errors };
}
