import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ObjectDef } from '../schema/types.ts';
import { makeId } from './ids.ts';
import { decodeRow, encode, layoutOf, quote } from './layout.ts';
import type { Row } from './types.ts';

/** Rows in and out of SQLite. Knows tables and statements, no rules. */
export interface Store {
  readonly database: DatabaseSync;
  /** A prepared statement that returns rows as arrays; kept for the next caller. */
  statement(sql: string): StatementSync;
  /** A new id; numbers are never used twice, not even after a rollback. */
  newId(object: ObjectDef): string;
  insert(object: ObjectDef, row: Readonly<Row>): void;
  /** Writes the columns that differ; true when there were any. */
  update(object: ObjectDef, before: Readonly<Row>, after: Readonly<Row>): boolean;
  byIds(object: ObjectDef, ids: readonly string[], options?: { includeDeleted?: boolean }): Map<string, Row>;
  /** Rows by an indexed column, deleted ones left out. */
  byColumn(object: ObjectDef, field: string, values: readonly string[], options?: { includeDeleted?: boolean }): Row[];
  /** Highest numbers handed out, into the database. Called before a commit. */
  saveSequences(): void;
}

const STATEMENT_CACHE = 600;

export function createStore(database: DatabaseSync): Store {
  database.exec(
    'CREATE TABLE IF NOT EXISTS _record_sequence (prefix TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID',
  );
  const statements = new Map<string, StatementSync>();
  const sequences = new Map<string, number>();
  const changed = new Set<string>();

  const statement = (sql: string): StatementSync => {
    let prepared = statements.get(sql);
    if (prepared) {
      // Re-inserting keeps the map in order of use, so that the first key is the one unused longest.
      statements.delete(sql);
    } else {
      prepared = database.prepare(sql);
      prepared.setReturnArrays(true);
      if (statements.size >= STATEMENT_CACHE) statements.delete(statements.keys().next().value!);
    }
    statements.set(sql, prepared);
    return prepared;
  };

  const hasDeleted = (object: ObjectDef): boolean => object.fields.has('isdeleted');

  const select = (object: ObjectDef, field: string, values: readonly string[], includeDeleted: boolean): Row[] => {
    const layout = layoutOf(object);
    const alive = hasDeleted(object) && !includeDeleted ? ' AND t."IsDeleted" = 0' : '';
    const column = `t.${quote(field)}`;
    const start = `SELECT ${layout.selectList} FROM ${layout.table} t WHERE ${column}`;
    const rows =
      values.length === 1
        ? statement(`${start} = ?${alive}`).all(values[0]!)
        : statement(`${start} IN (SELECT value FROM json_each(?))${alive}`).all(JSON.stringify(values));
    return (rows as unknown as unknown[][]).map((row) => decodeRow(layout, row));
  };

  return {
    database,
    statement,
    newId(object) {
      const prefix = object.keyPrefix;
      let last = sequences.get(prefix);
      if (last === undefined) {
        const stored = statement('SELECT value FROM _record_sequence WHERE prefix = ?').get(prefix) as unknown as
          [number] | undefined;
        last = stored?.[0] ?? 0;
      }
      sequences.set(prefix, last + 1);
      changed.add(prefix);
      return makeId(prefix, last + 1);
    },
    insert(object, row) {
      const layout = layoutOf(object);
      statement(layout.insertSql).run(...layout.names.map((name) => encode(row[name])));
    },
    update(object, before, after) {
      const layout = layoutOf(object);
      const names = layout.names.filter((name) => name !== 'Id' && (before[name] ?? null) !== (after[name] ?? null));
      if (names.length === 0) return false;
      const assignments = names.map((name) => `${quote(name)} = ?`).join(', ');
      statement(`UPDATE ${layout.table} SET ${assignments} WHERE "Id" = ?`).run(
        ...names.map((name) => encode(after[name])),
        after['Id'] as string,
      );
      return true;
    },
    byIds(object, ids, options = {}) {
      const found = new Map<string, Row>();
      if (ids.length === 0) return found;
      for (const row of select(object, 'Id', ids, options.includeDeleted ?? false)) found.set(row['Id'] as string, row);
      return found;
    },
    byColumn(object, field, values, options = {}) {
      return values.length === 0 ? [] : select(object, field, values, options.includeDeleted ?? false);
    },
    saveSequences() {
      for (const prefix of changed) {
        statement(
          'INSERT INTO _record_sequence VALUES (?, ?) ON CONFLICT (prefix) DO UPDATE SET value = excluded.value',
        ).run(prefix, sequences.get(prefix)!);
      }
      changed.clear();
    },
  };
}
