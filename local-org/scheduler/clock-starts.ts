import type { DatabaseSync } from 'node:sqlite';

/** When each schedule-triggered flow last started, so that a start is neither missed nor repeated. */
export interface ClockStarts {
  /** ISO 8601; null when the flow has not started yet. */
  last(flow: string): string | null;
  started(flow: string, at: string): void;
}

const TABLE = 'CREATE TABLE IF NOT EXISTS _clock_start (flow TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID';

const known = new WeakMap<DatabaseSync, ClockStarts>();

export function openClockStarts(database: DatabaseSync): ClockStarts {
  let starts = known.get(database);
  if (starts) return starts;
  database.exec(TABLE);
  const select = database.prepare('SELECT at FROM _clock_start WHERE flow = ?');
  const put = database.prepare(
    'INSERT INTO _clock_start VALUES (?, ?) ON CONFLICT (flow) DO UPDATE SET at = excluded.at',
  );
  starts = {
    last: (flow) => (select.get(flow)?.['at'] as string | undefined) ?? null,
    started: (flow, at) => void put.run(flow, at),
  };
  known.set(database, starts);
  return starts;
}
