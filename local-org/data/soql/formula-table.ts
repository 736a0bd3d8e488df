import type { ObjectDef } from '../../schema/types.ts';
import { columnType, decodeRow, encode, layoutOf, quote } from '../layout.ts';
import type { Row } from '../types.ts';
import type { QueryEnvironment } from './environment.ts';

/** Rows computed at a time, so that memory does not grow with the table. */
const PORTION = 2000;

/**
 * A temporary table with the formula fields of all rows of an object, for queries that filter, sort or group by one.
 * Formulas may depend on parents, on the user and on the day, so nothing shorter-lived than the query could be kept.
 * Returns its quoted name.
 */
export function ensureFormulaTable(environment: QueryEnvironment, seen: ObjectDef): string {
  // Formulas are computed from all fields, whatever the user sees of them.
  const object = (environment.wholeSchema ?? environment.schema).object(seen.name)!;
  const { store } = environment;
  const layout = layoutOf(object);
  const table = `temp.${quote(`formula ${object.name}`)}`;
  const fields = [...object.fields.values()].filter((field) => field.formula !== null);
  store.database.exec(`DROP TABLE IF EXISTS ${table}`);
  store.database.exec(
    `CREATE TABLE ${table} ("Id" TEXT PRIMARY KEY, ${fields.map((field) => `${quote(field.name)} ${columnType(field)}`).join(', ')})`,
  );
  const insert = store.statement(`INSERT INTO ${table} VALUES (?, ${fields.map(() => '?').join(', ')})`);
  const select = `SELECT ${layout.selectList} FROM ${layout.table} t WHERE t."Id" > ? ORDER BY t."Id" LIMIT ${PORTION}`;
  let rows: readonly Row[];
  let last = '';
  do {
    const found = store.statement(select).all(last) as unknown as unknown[][];
    rows = found.map((row) => decodeRow(layout, row));
    const values = environment.formulaFields(object, rows);
    rows.forEach((row, i) =>
      insert.run(row['Id'] as string, ...fields.map((field) => encode(values[i]?.[field.name]))),
    );
    last = (rows.at(-1)?.['Id'] as string | undefined) ?? last;
  } while (rows.length === PORTION);
  return table;
}
