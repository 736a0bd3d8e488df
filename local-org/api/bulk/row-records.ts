import type { ObjectDef } from '../../schema/types.ts';
import type { ClientRecord } from '../values/read-record.ts';

/** How CSV spells "make it empty"; an empty value leaves the field alone (Bulk API 2.0, "Valid CSV Record Rows"). */
const NULL_MARK = '#N/A';

interface Column {
  /** Field, or relationship when `parentField` is there. */
  readonly name: string;
  readonly parentField: string | null;
  /** Object of a polymorphic relationship: `Contact` in `Contact:Who.Email`. */
  readonly parentType: string | null;
}

/** `Name`, `Account.Customer_Number__c` or `Contact:Who.Ext__c`. */
function readColumn(header: string): Column {
  const [, parentType, name = header, parentField] = /^(?:(\w+):)?(\w+)(?:\.(\w+))?$/.exec(header.trim()) ?? [];
  return { name, parentField: parentField ?? null, parentType: parentType ?? null };
}

/** The first column that the object does not have, or null. */
export function unknownColumn(object: ObjectDef, header: readonly string[]): string | null {
  const relationships = new Set(
    [...object.fields.values()].map((field) => field.reference?.relationshipName?.toLowerCase()),
  );
  const isKnown = (text: string): boolean => {
    const { name, parentField } = readColumn(text);
    return parentField === null ? object.fields.has(name.toLowerCase()) : relationships.has(name.toLowerCase());
  };
  return header.find((text) => !isKnown(text)) ?? null;
}

/** Makes records of rows, as a JSON client would have sent them. */
export function rowReader(header: readonly string[]): (row: readonly string[]) => ClientRecord {
  const columns = header.map(readColumn);
  return (row) => {
    const record: Record<string, unknown> = {};
    columns.forEach(({ name, parentField, parentType }, index) => {
      const text = row[index] ?? '';
      if (text === '') return;
      const value = text === NULL_MARK ? null : text;
      if (parentField === null || value === null) record[name] = value;
      else
        record[name] = { ...(parentType === null ? {} : { attributes: { type: parentType } }), [parentField]: value };
    });
    return record;
  };
}
