import type { DatabaseSync } from 'node:sqlite';
import { makeId } from '../../data/ids.ts';

/** Key prefix of bulk jobs, ingest and query alike. */
const JOB_PREFIX = '750';

const TABLES = `
  CREATE TABLE IF NOT EXISTS _bulk_job (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT NOT NULL, job TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS _bulk_upload (
    job INTEGER NOT NULL, piece INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY (job, piece));
  CREATE TABLE IF NOT EXISTS _bulk_result (
    job INTEGER NOT NULL, row INTEGER NOT NULL, saved INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (job, row))`;

export type JobKind = 'ingest' | 'query';

/** What every kind of job has. `number` is the job's key in the tables. */
export interface StoredJob {
  readonly id: string;
  readonly number: number;
}

/** One record's result as a line of CSV, `sf__` columns included. Rows count from 1 in the order of the upload. */
export interface ResultLine {
  readonly row: number;
  readonly saved: boolean;
  readonly line: string;
}

/**
 * Jobs, uploads and results of Bulk API 2.0 in the org's database, so that they survive a restart: a chunk's results are
 * committed together with its records. Uploads and results go in and out in pieces; nothing is held in memory.
 */
export interface BulkStore<Job extends StoredJob> {
  add(make: (key: StoredJob) => Job): Job;
  get(id: string): Job | undefined;
  /** All jobs in the order of their creation. */
  all(): readonly Job[];
  /** Writes what has changed in the job. */
  save(job: Job): void;
  /** The job with its upload and results. */
  remove(job: Job): void;
  addPiece(job: Job, piece: number, content: Uint8Array): void;
  hasUpload(job: Job): boolean;
  /** One piece of the upload; undefined behind the last one. */
  piece(job: Job, piece: number): Uint8Array | undefined;
  upload(job: Job): Iterable<Uint8Array>;
  dropUpload(job: Job): void;
  addResults(job: Job, lines: readonly ResultLine[]): void;
  /** Lines after row `after`, at most `limit`; `saved` null takes both kinds. */
  results(job: Job, saved: boolean | null, after: number, limit: number): readonly ResultLine[];
}

export function createBulkStore<Job extends StoredJob>(database: DatabaseSync, kind: JobKind): BulkStore<Job> {
  database.exec(TABLES);
  const sql = {
    add: database.prepare("INSERT INTO _bulk_job (kind, job) VALUES (?, '') RETURNING number"),
    save: database.prepare('UPDATE _bulk_job SET id = ?, job = ? WHERE number = ?'),
    get: database.prepare('SELECT job FROM _bulk_job WHERE kind = ? AND id = ?'),
    all: database.prepare('SELECT job FROM _bulk_job WHERE kind = ? ORDER BY number'),
    removeJob: database.prepare('DELETE FROM _bulk_job WHERE number = ?'),
    removeResults: database.prepare('DELETE FROM _bulk_result WHERE job = ?'),
    addPiece: database.prepare('INSERT INTO _bulk_upload VALUES (?, ?, ?)'),
    piece: database.prepare('SELECT content FROM _bulk_upload WHERE job = ? AND piece = ?'),
    dropUpload: database.prepare('DELETE FROM _bulk_upload WHERE job = ?'),
    addResult: database.prepare('INSERT INTO _bulk_result VALUES (?, ?, ?, ?)'),
    results: database.prepare(
      'SELECT row, saved, line FROM _bulk_result WHERE job = ?1 AND row > ?2 AND (?3 IS NULL OR saved = ?3) ORDER BY row LIMIT ?4',
    ),
  };
  const read = (row: Record<string, unknown>): Job => JSON.parse(String(row['job'])) as Job;
  const save = (job: Job): void => void sql.save.run(job.id, JSON.stringify(job), job.number);
  return {
    add(make) {
      const number = Number(sql.add.get(kind)?.['number']);
      const job = make({ id: makeId(JOB_PREFIX, number), number });
      save(job);
      return job;
    },
    get(id) {
      const row = sql.get.get(kind, id);
      return row && read(row);
    },
    all: () => sql.all.all(kind).map(read),
    save,
    remove(job) {
      sql.dropUpload.run(job.number);
      sql.removeResults.run(job.number);
      sql.removeJob.run(job.number);
    },
    addPiece: (job, piece, content) => void sql.addPiece.run(job.number, piece, content),
    hasUpload: (job) => sql.piece.get(job.number, 0) !== undefined,
    piece: (job, piece) => sql.piece.get(job.number, piece)?.['content'] as Uint8Array | undefined,
    *upload(job) {
      for (let piece = 0; ; piece++) {
        const row = sql.piece.get(job.number, piece);
        if (!row) return;
        yield row['content'] as Uint8Array;
      }
    },
    dropUpload: (job) => void sql.dropUpload.run(job.number),
    addResults(job, lines) {
      for (const { row, saved, line } of lines) sql.addResult.run(job.number, row, saved ? 1 : 0, line);
    },
    results: (job, saved, after, limit) =>
      sql.results
        .all(job.number, after, saved === null ? null : Number(saved), limit)
        .map((row) => ({ row: Number(row['row']), saved: row['saved'] === 1, line: String(row['line']) })),
  };
}
