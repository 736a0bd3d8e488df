import type { FieldValue, Row } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { accessOf } from '../rest/describe/describe-resources.ts';
import type { Resource, RestAnswer } from '../rest/resource.ts';
import { etagOf } from './etag.ts';
import { objectInfo } from './object-info.ts';
import { layoutFieldNames, recordLayout } from './record-layout.ts';
import { masterRecordType, recordRepresentation } from './record-representation.ts';
import { existingRow, recordTypeOf } from './record-resources.ts';
import { addFields, addLayoutFields, emptyTree } from './requested-fields.ts';
import { listParam, objectParam, recordParam, type UiCall } from './ui-call.ts';

/** The record type asked for, or the caller's default one; null for the master. Throws for one that is not his to choose. */
function chosenRecordType({ context, tx, call }: UiCall, object: ObjectDef): string | null {
  const asked = call.query.recordTypeId;
  const access = accessOf(context, tx, object.name);
  if (asked === undefined || asked === '')
    return object.recordTypes.find(({ developerName }) => developerName === access.default)?.id ?? null;
  if (asked === masterRecordType(object)) return null;
  const type = object.recordTypes.find(({ id }) => id === asked);
  if (type?.active && access.available.has(type.developerName)) return type.id;
  throw new PlatformError('ILLEGAL_QUERY_PARAMETER_VALUE', `recordTypeId is not available to the user: ${asked}`);
}

function defaultOf({ tx }: UiCall, object: ObjectDef, field: FieldDef, recordTypeId: string | null): FieldValue {
  if (field.type === 'boolean') return field.custom && field.defaultValue === 'true';
  if (field.name === 'OwnerId') return tx.user.id;
  if (!field.picklist) return null;
  const own = object.recordTypes.find(({ id }) => id === recordTypeId)?.picklistValues.get(field.name);
  if (own) return own.defaultValue;
  return field.picklist.values.find(({ active, isDefault }) => active && isDefault)?.value ?? null;
}

/** Values of a record that nobody has filled in yet: booleans, picklists, formula defaults, owner. */
function defaultValues(ui: UiCall, object: ObjectDef, recordTypeId: string | null): Row {
  const row: Row = {};
  for (const field of object.fields.values()) {
    if (field.formula === null) row[field.name] = field.createable ? defaultOf(ui, object, field, recordTypeId) : null;
  }
  if (object.fields.has('recordtypeid')) row['RecordTypeId'] = recordTypeId;
  return { ...row, ...ui.context.org.automation.defaults(ui.tx, object.name, row) };
}

/** "Record Defaults", User Interface API Developer Guide: a record with the layout and the object info to edit it. */
function recordDefaults(ui: UiCall, object: ObjectDef, row: Row, recordTypeId: string | null): RestAnswer {
  const { context, tx } = ui;
  const layout = recordLayout(ui, object, recordTypeId, 'Full', 'Create');
  const tree = emptyTree();
  addLayoutFields(tree, tx.schema, object, layoutFieldNames(layout));
  addFields(tree, tx.schema, object, listParam(ui, 'optionalFields'), true);
  const unsaved: Row = { ...row, Id: null, LastModifiedById: null, LastModifiedDate: null, SystemModstamp: null };
  const record = recordRepresentation(context, tx, object, unsaved, tree);
  return {
    status: 200,
    body: {
      layout: { ...layout, eTag: etagOf(layout) },
      objectInfos: { [object.name]: objectInfo(ui, object) },
      record: { ...record, id: null },
    },
  };
}

const createDefaults: Resource = {
  method: 'GET',
  path: '/ui-api/record-defaults/create/:objectApiName',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const object = objectParam(ui);
    const recordTypeId = chosenRecordType(ui, object);
    return recordDefaults(ui, object, defaultValues(ui, object, recordTypeId), recordTypeId);
  },
};

/** What a copy takes over: everything that a new record may be given, but for what must be unique. */
const cloneDefaults: Resource = {
  method: 'GET',
  path: '/ui-api/record-defaults/clone/:recordId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const { object, id } = recordParam(ui);
    const source = existingRow(ui, object, id);
    const recordTypeId = call.query.recordTypeId === undefined ? recordTypeOf(source) : chosenRecordType(ui, object);
    const row = defaultValues(ui, object, recordTypeId);
    for (const field of object.fields.values()) {
      const copied = field.createable && !field.unique && field.name !== 'RecordTypeId' && field.name !== 'OwnerId';
      if (copied && field.formula === null) row[field.name] = source[field.name] ?? null;
    }
    return recordDefaults(ui, object, row, recordTypeId);
  },
};

/** Defaults for forms that make a record. */
export const defaultResources: readonly Resource[] = [createDefaults, cloneDefaults];
