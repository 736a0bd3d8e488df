import type { DatabaseSync } from 'node:sqlite';
import type { DeployResult } from '../deploy-types.ts';

/** A finished deploy, with its zip when it can be deployed again without one (quick deploy of a validation). */
export interface KeptDeploy {
  readonly result: DeployResult;
  readonly validated: { readonly zip: Uint8Array; readonly options: string } | null;
}

const TABLE = `CREATE TABLE IF NOT EXISTS _deploy_result (
  id TEXT PRIMARY KEY, completed TEXT NOT NULL, result TEXT NOT NULL, zip BLOB, options TEXT
)`;
/** Status is kept for 30 days: Metadata API Developer Guide, checkDeployStatus(). */
const KEPT_DAYS = 30;
const DAY = 86_400_000;

export function keepDeploy(database: DatabaseSync, kept: KeptDeploy, now: Date): void {
  database.exec(TABLE);
  database
    .prepare('DELETE FROM _deploy_result WHERE completed < ?')
    .run(new Date(now.getTime() - KEPT_DAYS * DAY).toISOString());
  database
    .prepare('INSERT OR REPLACE INTO _deploy_result VALUES (?, ?, ?, ?, ?)')
    .run(
      kept.result.id,
      kept.result.completedDate,
      JSON.stringify(kept.result),
      kept.validated?.zip ?? null,
      kept.validated?.options ?? null,
    );
}

/** By id of 15 or 18 characters. */
export function findDeploy(database: DatabaseSync, id: string): KeptDeploy | undefined {
  database.exec(TABLE);
  const row = database
    .prepare('SELECT result, zip, options FROM _deploy_result WHERE substr(id, 1, 15) = ?')
    .get(id.slice(0, 15));
  if (!row) return undefined;
  const zip = row.zip as Uint8Array | null;
  return {
    result: JSON.parse(String(row.result)) as DeployResult,
    validated: zip ? { zip, options: String(row.options) } : null,
  };
}

/** Whether anything was deployed, not only validated, after this one. Ids count up. */
export function deployedSince(database: DatabaseSync, id: string): boolean {
  const rows = database.prepare('SELECT result FROM _deploy_result WHERE id > ?').all(id);
  return rows.some((row) => {
    const { checkOnly, status } = JSON.parse(String(row.result)) as DeployResult;
    return !checkOnly && (status === 'Succeeded' || status === 'SucceededPartial');
  });
}
