import type { DatabaseSync } from 'node:sqlite';
import { localParts } from './time-zone.ts';

/** Functions that compiled queries use beyond SQLite's own, and the table of the recycle bin. */
export function registerFunctions(database: DatabaseSync): void {
  database.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  // What a clock in the zone shows at a stored instant, as an ISO text without a zone.
  database.function('local_time', { deterministic: true }, (instant, zone) => {
    if (typeof instant !== 'string') return null;
    const { year, month, day, hour, minute, second } = localParts(new Date(instant), String(zone));
    const two = (n: number): string => String(n).padStart(2, '0');
    return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`;
  });
  database.exec(
    'CREATE TABLE IF NOT EXISTS _recycle_bin (id TEXT PRIMARY KEY, object TEXT NOT NULL, root TEXT NOT NULL) WITHOUT ROWID',
  );
}
