import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';
import type { Row } from './types.ts';

/** How one object's rows lie in its table: a column per stored field, in definition order. */
export interface Layout {
  readonly table: string;
  readonly columns: readonly FieldDef[];
  readonly names: readonly string[];
  /** `"Id", "Name", …` with `t.` before each. */
  readonly selectList: string;
  readonly insertSql: string;
  /** Positions of boolean columns, which SQLite keeps as 0 and 1. */
  readonly booleans: readonly number[];
}

const layouts = new WeakMap<ObjectDef, Layout>();

/** Formula fields and compound addresses are computed when they are read. */
export function isStored(field: FieldDef): boolean {
  return field.formula === null && field.type !== 'address';
}

export function layoutOf(object: ObjectDef): Layout {
  let layout = layouts.get(object);
  if (!layout) {
    const columns = [...object.fields.values()].filter(isStored);
    const names = columns.map((field) => field.name);
    layout = {
      table: quote(object.name),
      columns,
      names,
      selectList: names.map((name) => `t.${quote(name)}`).join(', '),
      insertSql: `INSERT INTO ${quote(object.name)} (${names.map(quote).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      booleans: columns.flatMap((field, i) => (field.type === 'boolean' ? [i] : [])),
    };
    layouts.set(object, layout);
  }
  return layout;
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const NUMERIC = new Set<FieldType>(['int', 'double', 'currency', 'percent']);
const BINARY_TEXT = new Set<FieldType>(['id', 'reference', 'date', 'datetime', 'time', 'base64']);

export function isNumeric(type: FieldType): boolean {
  return NUMERIC.has(type);
}

/** Text that the platform compares without regard to case. */
export function isCaseInsensitive(field: { type: FieldType; caseSensitive: boolean }): boolean {
  return !NUMERIC.has(field.type) && !BINARY_TEXT.has(field.type) && field.type !== 'boolean' && !field.caseSensitive;
}

export function columnType(field: FieldDef): string {
  if (field.type === 'boolean' || field.type === 'int') return 'INTEGER';
  if (NUMERIC.has(field.type)) return 'REAL';
  return isCaseInsensitive(field) ? 'TEXT COLLATE NOCASE' : 'TEXT';
}

/** A row as SQLite gave it in array form. */
export function decodeRow(layout: Layout, values: readonly unknown[], offset = 0): Row {
  const row: Row = {};
  const { names } = layout;
  for (let i = 0; i < names.length; i++) row[names[i]!] = values[i + offset] as Row[string];
  for (const i of layout.booleans) row[names[i]!] = values[i + offset] === 1;
  return row;
}

export function encode(value: Row[string] | undefined): string | number | null {
  if (value === undefined) return null;
  return typeof value === 'boolean' ? Number(value) : value;
}
