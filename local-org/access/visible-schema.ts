import { indexSchema } from '../schema/index-schema.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { accessTo, isPermissioned } from './governed-objects.ts';
import type { Grants } from './grants.ts';

const cached = new WeakMap<Schema, Map<string, Schema>>();

/**
 * The schema as a user sees it: objects that he may not read and fields that are hidden from him are not in it, and what
 * he may not write is marked so. Describe, SOQL, REST, SOAP and the UI API all answer from it. It is the same schema, not a copy,
 * for a user who may do everything. Kept for as long as the schema lives.
 */
export function visibleSchema(schema: Schema, grants: Grants): Schema {
  const byKey = cached.get(schema) ?? new Map<string, Schema>();
  cached.set(schema, byKey);
  let visible = byKey.get(grants.key);
  if (!visible) {
    const before = [...schema.objects.values()];
    const after = before.flatMap((object) => visibleObject(object, grants) ?? []);
    const same = after.length === before.length && after.every((object, i) => object === before[i]);
    visible = same ? schema : indexSchema(after);
    byKey.set(grants.key, visible);
  }
  return visible;
}

function visibleObject(object: ObjectDef, grants: Grants): ObjectDef | null {
  const grant = accessTo(grants, object);
  if (!grant.read) return null;
  const fields = new Map<string, FieldDef>();
  for (const [key, field] of object.fields) {
    const seen = visibleField(object, field, grants);
    if (seen) fields.set(key, seen);
  }
  const createable = object.createable && grant.create;
  const updateable = object.updateable && grant.edit;
  const deletable = object.deletable && grant.delete;
  const same =
    createable === object.createable &&
    updateable === object.updateable &&
    deletable === object.deletable &&
    fields.size === object.fields.size &&
    [...fields].every(([key, field]) => object.fields.get(key) === field);
  return same ? object : { ...object, fields, createable, updateable, deletable };
}

function visibleField(object: ObjectDef, field: FieldDef, grants: Grants): FieldDef | null {
  if (!isFieldPermissioned(object, field)) return field;
  const granted = grants.fields.get(`${object.name}.${field.name}`.toLowerCase());
  const byDefault = !field.custom && grants.standardFields;
  const read = granted?.read ?? byDefault;
  if (!read) return null;
  // Help, "Edit Read Only Fields": edits fields that field-level security marks read-only.
  const edit = granted?.edit === true || (granted === undefined && byDefault) || canEditReadOnly(grants);
  return edit || !(field.createable || field.updateable) ? field : { ...field, createable: false, updateable: false };
}

const canEditReadOnly = (grants: Grants): boolean => grants.userPermissions.has('EditReadonlyFields');

/**
 * Whether field-level security applies: not to what every record needs (the name, required fields, master-detail fields) nor
 * to fields of the platform's own. DOC object-reference/fieldpermissions "Special Properties for Field Permissions".
 */
export function isFieldPermissioned(object: ObjectDef, field: FieldDef): boolean {
  if (!isPermissioned(object) && !FIELDS_OF_CHILDREN.has(object.name)) return false;
  if (field.custom) return field.nillable || field.type === 'boolean';
  return field.nillable && (field.createable || field.updateable) && field.type !== 'boolean';
}

/** Objects without object permissions of their own whose fields have field-level security all the same. */
const FIELDS_OF_CHILDREN = new Set([
  'CampaignMember',
  'Event',
  'OpportunityContactRole',
  'OpportunityLineItem',
  'PricebookEntry',
  'Task',
  'User',
]);
