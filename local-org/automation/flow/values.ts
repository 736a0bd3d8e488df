import type { FieldValue, Row } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { formatNumber } from '../formula/decimal.ts';
import type { FormulaType } from '../formula/types.ts';

/** A record in a flow: a variable, `$Record`, what Get Records found. */
export interface FlowRecord {
  readonly object: ObjectDef;
  readonly values: Row;
  /** Fields that the flow has set: what an update sends. */
  readonly changed: Set<string>;
}

export type FlowValue = FieldValue | FlowRecord | FlowCollection;
export type FlowCollection = readonly (FieldValue | FlowRecord)[];

export type FlowType =
  | { readonly kind: 'value'; readonly type: FormulaType }
  | { readonly kind: 'record'; readonly object: ObjectDef }
  | { readonly kind: 'collection'; readonly of: FlowType };

export const isRecord = (value: FlowValue): value is FlowRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isCollection = (value: FlowValue): value is FlowCollection => Array.isArray(value);

export const newRecord = (object: ObjectDef, values: Row = {}): FlowRecord => ({
  object,
  values,
  changed: new Set(Object.keys(values)),
});
/** What Get Records found: nothing is changed yet. */
export const foundRecord = (object: ObjectDef, values: Row): FlowRecord => ({ object, values, changed: new Set() });

/** Assigning a record, or adding it to a collection, copies it. */
export const copied = (value: FlowValue): FlowValue =>
  isRecord(value) ? { object: value.object, values: { ...value.values }, changed: new Set(value.changed) } : value;

export const setField = (record: FlowRecord, field: string, value: FieldValue): void => {
  record.values[field] = value;
  record.changed.add(field);
};

/**
 * A value as text: in text templates, merged into texts, and in the log. Dates stay in ISO form; the platform uses the
 * locale's.
 */
export function asText(value: FlowValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return formatNumber(value);
  if (isCollection(value)) return `[${value.map(asText).join(', ')}]`;
  if (isRecord(value)) return `${value.object.name} (Id: ${String(value.values.Id ?? 'none')})`;
  return String(value);
}

/** Items of a collection that the log names. A loop that adds to a collection would otherwise tell all of it at each turn. */
const MOST_ITEMS = 5;

/** For the log: text in quotation marks, null as such, of long collections the first items. */
export function shown(value: FlowValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value}"`;
  if (!isCollection(value) || value.length <= MOST_ITEMS) return asText(value);
  return `[${value.slice(0, MOST_ITEMS).map(asText).join(', ')}, … ${value.length - MOST_ITEMS} more]`;
}

/** Characters of a value in the log's list of fields. */
const MOST_SHOWN = 80;

/** For the log: ` (NextStep = "Call", Amount = 5)`; nothing for a record whose fields stay as they are. */
export function shownFields(values: Readonly<Record<string, FieldValue>>): string {
  const fields = Object.entries(values).flatMap(([field, value]) => {
    if (field === 'Id') return [];
    const cut = typeof value === 'string' && value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value;
    return [`${field} = ${shown(cut)}`];
  });
  return fields.length === 0 ? '' : ` (${fields.join(', ')})`;
}

export const typeLabel = (type: FlowType): string =>
  type.kind === 'value'
    ? type.type
    : type.kind === 'record'
      ? `record of ${type.object.name}`
      : `collection of ${typeLabel(type.of)}`;
