import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { decodeRow, encode, layoutOf } from '../../data/layout.ts';
import type { Row } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';

/**
 * Makes the object's table hold exactly these rows, by Id. Rows that are the same are not touched. What a row leaves out is null,
 * or false for a checkbox. `owns` narrows it to a part of the table: rows that it does not own are left alone.
 */
export function writeRows(
  database: DatabaseSync,
  object: ObjectDef,
  rows: readonly Readonly<Row>[],
  owns: (id: string) => boolean = () => true,
): void {
  const layout = layoutOf(object);
  const select = database.prepare(`SELECT ${layout.selectList} FROM ${layout.table} t`);
  select.setReturnArrays(true);
  const before = new Map<string, string>();
  for (const values of select.all() as unknown as unknown[][]) {
    const row = decodeRow(layout, values);
    if (owns(String(row.Id))) before.set(String(row.Id), JSON.stringify(layout.names.map((name) => row[name] ?? null)));
  }
  const insert = database.prepare(layout.insertSql.replace(/^INSERT/, 'INSERT OR REPLACE'));
  for (const row of rows) {
    const id = String(row.Id);
    const full = layout.columns.map((field) => row[field.name] ?? (field.type === 'boolean' ? false : null));
    if (before.get(id) !== JSON.stringify(full)) insert.run(...(full.map((value) => encode(value)) as SQLInputValue[]));
    before.delete(id);
  }
  const remove = database.prepare(`DELETE FROM ${layout.table} WHERE "Id" = ?`);
  for (const id of before.keys()) remove.run(id);
}
