import type { DatabaseSync } from 'node:sqlite';
import { customKeyPrefix } from '../schema/build-schema.ts';

const TABLE =
  'CREATE TABLE IF NOT EXISTS _key_prefix (object TEXT PRIMARY KEY COLLATE NOCASE, number INTEGER NOT NULL) WITHOUT ROWID';

/** Key prefixes of custom objects: handed out once, and kept in the database. */
export function openKeyPrefixes(database: DatabaseSync): (object: string) => string {
  database.exec(TABLE);
  return (object) => {
    const row =
      database.prepare('SELECT number FROM _key_prefix WHERE object = ?').get(object) ??
      database.prepare('INSERT INTO _key_prefix SELECT ?, COUNT(*) FROM _key_prefix RETURNING number').get(object);
    return customKeyPrefix(Number(row?.['number']));
  };
}
