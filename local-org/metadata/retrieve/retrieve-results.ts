import type { DatabaseSync } from 'node:sqlite';
import type { RetrieveResult } from '../deploy-types.ts';

const TABLE =
  'CREATE TABLE IF NOT EXISTS _retrieve_result (id TEXT PRIMARY KEY, completed TEXT NOT NULL, result TEXT NOT NULL, zip BLOB NOT NULL)';
/** A zip is fetched within minutes; an hour is ample and keeps the file small. */
const KEPT_MILLISECONDS = 3_600_000;

export function keepRetrieve(database: DatabaseSync, result: RetrieveResult, now: Date): void {
  database.exec(TABLE);
  database
    .prepare('DELETE FROM _retrieve_result WHERE completed < ?')
    .run(new Date(now.getTime() - KEPT_MILLISECONDS).toISOString());
  const { zipFile, ...rest } = result;
  database
    .prepare('INSERT INTO _retrieve_result VALUES (?, ?, ?, ?)')
    .run(result.id, now.toISOString(), JSON.stringify(rest), zipFile);
}

/** By id of 15 or 18 characters. */
export function findRetrieve(database: DatabaseSync, id: string): RetrieveResult | undefined {
  database.exec(TABLE);
  const row = database
    .prepare('SELECT result, zip FROM _retrieve_result WHERE substr(id, 1, 15) = ?')
    .get(id.slice(0, 15));
  return row ? { ...(JSON.parse(String(row.result)) as RetrieveResult), zipFile: row.zip as Uint8Array } : undefined;
}
