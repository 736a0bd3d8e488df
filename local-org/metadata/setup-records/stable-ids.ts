import type { DatabaseSync } from 'node:sqlite';
import { makeId } from '../../data/ids.ts';

/** Ids of rows that mirror a part of a component (a stage, a permission): the same part keeps its id from deploy to deploy. */
export interface StableIds {
  /** `key` names the part within `object`; `prefix` is the object's key prefix. */
  idOf(object: string, prefix: string, key: string): string;
}

const TABLE = `CREATE TABLE IF NOT EXISTS _setup_record_id (
  object TEXT NOT NULL, key TEXT NOT NULL COLLATE NOCASE, number INTEGER NOT NULL, PRIMARY KEY (object, key)
) WITHOUT ROWID`;

export function openStableIds(database: DatabaseSync): StableIds {
  database.exec(TABLE);
  const known = new Map<string, number>();
  const last = new Map<string, number>();
  for (const row of database.prepare('SELECT object, key, number FROM _setup_record_id').all()) {
    const object = String(row.object);
    known.set(`${object} ${String(row.key).toLowerCase()}`, Number(row.number));
    last.set(object, Math.max(last.get(object) ?? 0, Number(row.number)));
  }
  const insert = database.prepare('INSERT INTO _setup_record_id VALUES (?, ?, ?)');
  return {
    idOf(object, prefix, key) {
      const name = `${object} ${key.toLowerCase()}`;
      let number = known.get(name);
      if (number === undefined) {
        number = (last.get(object) ?? 0) + 1;
        last.set(object, number);
        known.set(name, number);
        insert.run(object, key, number);
      }
      return makeId(prefix, number);
    },
  };
}
