import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { FieldValue, Row } from '../types.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';

/**
 * OpportunityFieldHistory: a row per change of a tracked field, and one when the record is created. "Two rows are added to
 * this object when foreign key fields change": one with the ids, one with the names. DOC object-reference/entityhistory,
 * whose rules the history objects of one object each took over.
 */
export function trackFields(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  const history = context.schema.object(`${object.name}FieldHistory`);
  const tracked = [...object.fields.values()].filter((field) => field.trackHistory && field.formula === null);
  if (!history || tracked.length === 0) return;
  const write = (
    row: WorkingRow,
    field: string,
    type: string | null,
    oldValue: FieldValue,
    newValue: FieldValue,
  ): void => {
    const entry: Row = {
      Id: context.store.newId(history),
      [`${object.name}Id`]: row.after['Id']!,
      Field: field,
      DataType: type,
      OldValue: oldValue === null ? null : String(oldValue),
      NewValue: newValue === null ? null : String(newValue),
      CreatedById: context.tx.user.id,
      CreatedDate: context.timestamp,
      IsDeleted: false,
    };
    context.store.insert(history, entry);
  };
  for (const row of rows) {
    if (!row.before) {
      write(row, 'created', null, null, null);
      continue;
    }
    for (const field of tracked) {
      const oldValue = row.before[field.name] ?? null;
      const newValue = row.after[field.name] ?? null;
      if (oldValue === newValue) continue;
      if (isUnrecorded(field)) write(row, field.name, DATA_TYPE[field.type] ?? 'Text', null, null);
      else write(row, field.name, DATA_TYPE[field.type] ?? 'Text', oldValue, newValue);
      if (field.reference) write(row, field.name, 'Text', nameOf(context, oldValue), nameOf(context, newValue));
    }
  }
}

/** "Long text areas and multi-select picklists … appear to indicate that the field was changed", without values. */
function isUnrecorded(field: FieldDef): boolean {
  return field.type === 'multipicklist' || (field.type === 'textarea' && field.length > SHORT_TEXT);
}

const SHORT_TEXT = 255;

function nameOf(context: SaveContext, id: FieldValue): FieldValue {
  const object = typeof id === 'string' ? context.schema.objectOfId(id) : undefined;
  const row = object && context.store.byIds(object, [id as string], { includeDeleted: true }).get(id as string);
  return row?.['Name'] ?? null;
}

/** DOC object-reference/opportunityfieldhistory "DataType". */
const DATA_TYPE: Readonly<Record<string, string>> = {
  currency: 'Currency',
  date: 'DateOnly',
  datetime: 'DateTime',
  double: 'Double',
  int: 'Integer',
  percent: 'Percent',
  picklist: 'DynamicEnum',
  reference: 'EntityId',
  boolean: 'Boolean',
  textarea: 'TextArea',
  string: 'Text',
};
