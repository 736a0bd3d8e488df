import type { Row } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { objectOfPath } from '../rest/records/find-object.ts';
import type { Resource, RestAnswer } from '../rest/resource.ts';
import type { ClientRecord } from '../values/read-record.ts';
import { saveRecords } from '../values/save-records.ts';
import { recordErrorAnswer } from './record-errors.ts';
import { recordRepresentation } from './record-representation.ts';
import { layoutFieldNames, recordLayout, type LayoutType, type Mode } from './record-layout.ts';
import { addFields, addLayoutFields, emptyTree, type FieldTree } from './requested-fields.ts';
import { listParam, noSuchRecord, recordParam, type UiCall } from './ui-call.ts';

const isObject = (value: unknown): value is ClientRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function existingRow({ tx }: UiCall, object: ObjectDef, id: string): Row {
  const row = tx.byIds(object.name, [id]).get(id);
  if (!row) throw noSuchRecord();
  return row;
}

const LAYOUT_TYPES: readonly LayoutType[] = ['Full', 'Compact'];
const MODES: readonly Mode[] = ['View', 'Edit', 'Create'];

function known<T extends string>(parameter: string, allowed: readonly T[], given: readonly string[]): readonly T[] {
  return given.map((value) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw new PlatformError('INVALID_FIELD', `Invalid value for ${parameter}: ${value}`);
    return found;
  });
}

export const layoutTypesOf = (ui: UiCall): readonly LayoutType[] =>
  known('layoutTypes', LAYOUT_TYPES, listParam(ui, 'layoutTypes'));
export const modesOf = (ui: UiCall): readonly Mode[] => {
  const given = known('modes', MODES, listParam(ui, 'modes'));
  return given.length > 0 ? given : ['View'];
};

/** The union of `fields`, `optionalFields` and the fields of layouts that a call asks for ("Get a Record"). */
export function requestedTree(ui: UiCall, object: ObjectDef, recordTypeId: string | null): FieldTree {
  const { tx } = ui;
  const tree = emptyTree();
  addFields(tree, tx.schema, object, listParam(ui, 'fields'), false);
  addFields(tree, tx.schema, object, listParam(ui, 'optionalFields'), true);
  for (const layoutType of layoutTypesOf(ui)) {
    for (const mode of modesOf(ui)) {
      addLayoutFields(
        tree,
        tx.schema,
        object,
        layoutFieldNames(recordLayout(ui, object, recordTypeId, layoutType, mode)),
      );
    }
  }
  return tree;
}

export const recordTypeOf = (row: Row): string | null =>
  typeof row.RecordTypeId === 'string' ? row.RecordTypeId : null;

const getRecord: Resource = {
  method: 'GET',
  path: '/ui-api/records/:recordId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    if (!['fields', 'optionalFields', 'layoutTypes'].some((name) => listParam(ui, name).length > 0)) {
      const message = 'You must specify at least one of the following parameters: fields, optionalFields, layoutTypes';
      throw new PlatformError('ILLEGAL_QUERY_PARAMETER_VALUE', message);
    }
    const { object, id } = recordParam(ui);
    const row = existingRow(ui, object, id);
    const tree = requestedTree(ui, object, recordTypeOf(row));
    return { status: 200, body: recordRepresentation(context, tx, object, row, tree) };
  },
};

/** What a write answers with: every field of the record ("Record" after create or update). */
function savedRecord({ context, tx }: UiCall, object: ObjectDef, id: string, status: number): RestAnswer {
  const row = tx.byIds(object.name, [id]).get(id);
  if (!row) throw noSuchRecord();
  const tree = emptyTree();
  for (const { name } of object.fields.values()) tree.fields.add(name);
  return { status, body: recordRepresentation(context, tx, object, row, tree) };
}

/** `{apiName, fields}` of a "Record Input". */
function recordInput(body: unknown): { readonly apiName: string | null; readonly fields: ClientRecord } {
  if (!isObject(body) || !isObject(body.fields)) {
    throw new PlatformError('JSON_PARSER_ERROR', 'The request body must be a record input with fields.');
  }
  return { apiName: typeof body.apiName === 'string' ? body.apiName : null, fields: body.fields };
}

const createRecord: Resource = {
  method: 'POST',
  path: '/ui-api/records',
  handle(context, tx, call) {
    const { apiName, fields } = recordInput(call.body);
    const object = objectOfPath(tx, apiName ?? '');
    const [result] = saveRecords(tx, { operation: 'insert', object, records: [fields], allOrNone: true });
    if (!result?.success || result.id === null) return recordErrorAnswer('create', object, result?.errors ?? []);
    return savedRecord({ context, tx, call }, object, result.id, 201);
  },
};

const updateRecord: Resource = {
  method: 'PATCH',
  path: '/ui-api/records/:recordId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const { object, id } = recordParam(ui);
    const row = existingRow(ui, object, id);
    refuseWhenModified(call.headers['if-unmodified-since'], row);
    const { Id, ...fields } = recordInput(call.body).fields;
    if (Id !== undefined && Id !== id) {
      throw new PlatformError(
        'INVALID_INPUT',
        `The Id in the body (${JSON.stringify(Id)}) is not the record's (${id})`,
      );
    }
    const records = [{ ...fields, Id: id }];
    const [result] = saveRecords(tx, { operation: 'update', object, records, allOrNone: true });
    return result?.success
      ? savedRecord(ui, object, id, 200)
      : recordErrorAnswer('update', object, result?.errors ?? []);
  },
};

/** "Update a Record": with If-Unmodified-Since, a record changed since then is not overwritten (412). */
function refuseWhenModified(since: string | undefined, row: Row): void {
  const limit = Date.parse(since ?? '');
  const modified = Date.parse(typeof row.LastModifiedDate === 'string' ? row.LastModifiedDate : '');
  // The header counts in seconds.
  if (Number.isNaN(limit) || Number.isNaN(modified) || Math.floor(modified / 1000) <= Math.floor(limit / 1000)) return;
  const message = 'The record has been modified since you loaded it. Refresh and try again.';
  throw new PlatformError('PRECONDITION_FAILED', message, { httpStatus: 412 });
}

const deleteRecord: Resource = {
  method: 'DELETE',
  path: '/ui-api/records/:recordId',
  handle(context, tx, call) {
    const ui: UiCall = { context, tx, call };
    const { object, id } = recordParam(ui);
    existingRow(ui, object, id);
    const [result] = tx.save({ operation: 'delete', object: object.name, records: [{ Id: id }], allOrNone: true });
    return result?.success ? { status: 204 } : recordErrorAnswer('delete', object, result?.errors ?? []);
  },
};

/** Records one at a time. */
export const recordResources: readonly Resource[] = [getRecord, createRecord, updateRecord, deleteRecord];
