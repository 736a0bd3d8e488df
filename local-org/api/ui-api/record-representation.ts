import type { FieldValue, Row } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { ApiContext } from '../context.ts';
import type { Transaction } from '../../data/types.ts';
import { displayValue } from './display-value.ts';
import { etagOf } from './etag.ts';
import type { FieldTree } from './requested-fields.ts';
import { parentField } from './ui-call.ts';

type Json = Readonly<Record<string, unknown>>;

const text = (value: FieldValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Stored values and formula results of rows, in row order. */
export function completeRows(
  context: ApiContext,
  tx: Transaction,
  object: ObjectDef,
  rows: readonly Row[],
): readonly Row[] {
  if (![...object.fields.values()].some((field) => field.formula !== null)) return rows;
  const formulas = context.org.automation.formulaFields(tx, object.name, rows);
  return rows.map((row, index) => ({ ...row, ...formulas[index] }));
}

/** "Record", User Interface API Developer Guide: field values raw and displayed, parents nested, record type, eTag. */
export function recordRepresentation(
  context: ApiContext,
  tx: Transaction,
  object: ObjectDef,
  row: Row,
  tree: FieldTree,
): Json {
  const [complete = row] = completeRows(context, tx, object, [row]);
  const fields: Record<string, Json> = {};
  for (const name of [...tree.fields].sort()) {
    const field = object.fields.get(name.toLowerCase());
    const value = complete[name] ?? null;
    if (field) fields[name] = { displayValue: displayValue(field, value, tx.user.timeZone), value };
  }
  for (const [relationship, branch] of tree.parents) {
    fields[relationship] = parentValue(context, tx, object, complete, relationship, branch);
  }
  const recordTypeId = object.fields.has('recordtypeid') ? (text(row.RecordTypeId) ?? masterRecordType(object)) : null;
  return {
    apiName: object.name,
    childRelationships: {},
    eTag: etagOf([complete, fields]),
    fields,
    id: row.Id,
    lastModifiedById: text(row.LastModifiedById),
    lastModifiedDate: text(row.LastModifiedDate),
    recordTypeId,
    recordTypeInfo: recordTypeInfo(object, recordTypeId),
    systemModstamp: text(row.SystemModstamp),
    weakEtag: Date.parse(text(row.SystemModstamp) ?? '') || 0,
  };
}

function parentValue(
  context: ApiContext,
  tx: Transaction,
  object: ObjectDef,
  row: Row,
  relationship: string,
  branch: FieldTree,
): Json {
  const id = text(row[parentField(object, relationship)?.name ?? '']);
  const parent = id === null ? undefined : tx.schema.objectOfId(id);
  const parentRow = id !== null && parent ? tx.byIds(parent.name, [id]).get(id) : undefined;
  if (!parent || !parentRow) return { displayValue: null, value: null };
  return {
    displayValue: text(parentRow.Name),
    value: recordRepresentation(context, tx, parent, parentRow, branch),
  };
}

/** Id of the record type of records without one; the platform's own constant when the object lists none. */
export const masterRecordType = (object: ObjectDef): string =>
  object.recordTypes.find((type) => type.isMaster)?.id ?? '012000000000000AAA';

function recordTypeInfo(object: ObjectDef, recordTypeId: string | null): Json | null {
  const type = object.recordTypes.find(({ id, isMaster }) => id === recordTypeId && !isMaster);
  return type
    ? {
        available: type.active,
        defaultRecordTypeMapping: false,
        master: false,
        name: type.label,
        recordTypeId: type.id,
      }
    : null;
}
