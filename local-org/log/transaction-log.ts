import type { DatabaseSync } from 'node:sqlite';
import type { LimitName, LogEntry, Transaction } from '../data/types.ts';

/** One transaction, as an admin reads it: what ran in which order, each flow's path with values, limits used. */
export interface TransactionRecord {
  /** Counts up; a later transaction has a higher number. */
  readonly id: number;
  /** By the org's clock, ISO 8601. */
  readonly at: string;
  readonly username: string;
  readonly outcome: 'committed' | 'rolled back';
  /** What ended a transaction that was rolled back; null otherwise. */
  readonly error: string | null;
  readonly limits: Readonly<Record<LimitName, { readonly used: number; readonly limit: number }>>;
  /** In order of execution. */
  readonly entries: readonly LogEntry[];
  /** How many more entries there were than are kept. */
  readonly omitted: number;
}

/** What one look into the log asks for. */
export interface LogQuery {
  /** Only this transaction. */
  readonly id?: number;
  /** Only transactions in which a step or a detail contains this text: an id, a record's name, a flow. */
  readonly contains?: string;
  /** Newest first; 20 when left out. */
  readonly limit?: number;
}

export interface TransactionLog {
  /** Keeps a transaction; one in which nothing happened is left out. Called inside or after its database transaction. */
  keep(tx: Transaction, entries: readonly LogEntry[], error: unknown): void;
  read(query?: LogQuery): readonly TransactionRecord[];
}

/** Transactions an org keeps. */
const KEPT = 200;
/** Entries kept of one transaction: a save of 200 records through several flows. The whole log stays below some 40 MB. */
const ENTRIES_KEPT = 1_000;
const DEFAULT_LIMIT = 20;
const LIMITS: readonly LimitName[] = [
  'queries',
  'queryRows',
  'dmlStatements',
  'dmlRows',
  'duplicateUpdates',
  'cpuTimeMs',
];

const TABLE = `CREATE TABLE IF NOT EXISTS _transaction_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, username TEXT NOT NULL, outcome TEXT NOT NULL, error TEXT,
  limits TEXT NOT NULL, entries TEXT NOT NULL, omitted INTEGER NOT NULL)`;

const logs = new WeakMap<DatabaseSync, TransactionLog>();

/** The log of an org's last transactions, kept in its database. */
export function openTransactionLog(database: DatabaseSync): TransactionLog {
  let log = logs.get(database);
  if (!log) logs.set(database, (log = createLog(database)));
  return log;
}

function createLog(database: DatabaseSync): TransactionLog {
  database.exec(TABLE);
  const insert = database.prepare(
    'INSERT INTO _transaction_log (at, username, outcome, error, limits, entries, omitted) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const trim = database.prepare('DELETE FROM _transaction_log WHERE id <= ?');
  const select = database.prepare(
    `SELECT * FROM _transaction_log WHERE (?1 IS NULL OR id = ?1) AND (?2 IS NULL OR instr(lower(entries), lower(?2)) > 0)
     ORDER BY id DESC LIMIT ?3`,
  );
  return {
    keep(tx, entries, error) {
      if (entries.length === 0 && error === null) return;
      const limits = Object.fromEntries(
        LIMITS.map((name) => [name, { used: Math.round(tx.limits.used(name)), limit: tx.limits.limit(name) }]),
      );
      const kept = entries.length > ENTRIES_KEPT ? entries.slice(0, ENTRIES_KEPT) : entries;
      const { lastInsertRowid } = insert.run(
        tx.now.toISOString(),
        tx.user.username,
        error === null ? 'committed' : 'rolled back',
        error === null ? null : messageOf(error),
        JSON.stringify(limits),
        JSON.stringify(kept),
        entries.length - kept.length,
      );
      trim.run(Number(lastInsertRowid) - KEPT);
    },
    read: ({ id, contains, limit = DEFAULT_LIMIT } = {}) =>
      select.all(id ?? null, contains === undefined ? null : escapedLikeJson(contains), limit).map(recordOf),
  };
}

/** Entries are searched as JSON text, in which quotation marks and backslashes are escaped. */
const escapedLikeJson = (text: string): string => JSON.stringify(text).slice(1, -1);

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? `${code}: ${error.message}` : error.message;
}

function recordOf(row: Readonly<Record<string, unknown>>): TransactionRecord {
  return {
    id: Number(row['id']),
    at: String(row['at']),
    username: String(row['username']),
    outcome: row['outcome'] as TransactionRecord['outcome'],
    error: row['error'] as string | null,
    limits: JSON.parse(String(row['limits'])) as TransactionRecord['limits'],
    entries: JSON.parse(String(row['entries'])) as readonly LogEntry[],
    omitted: Number(row['omitted']),
  };
}

/** The org's last transactions, newest first. */
export const readTransactionLog = (database: DatabaseSync, query: LogQuery = {}): readonly TransactionRecord[] =>
  openTransactionLog(database).read(query);
