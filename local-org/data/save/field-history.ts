import type { ObjectDef } from '../../schema/types.ts';
import type { FieldValue, Row } from '../types.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';

/** OpportunityFieldHistory: a row per change of a tracked field, and one when the record is created. */
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
      if (oldValue !== newValue) write(row, field.name, DATA_TYPE[field.type] ?? 'Text', oldValue, newValue);
    }
  }
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
