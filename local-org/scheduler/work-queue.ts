import type { DatabaseSync } from 'node:sqlite';
import type { PausedInterview, WaitingPath, WorkQueue } from '../automation/types.ts';

/** A queued path, with the number it can be taken out by. */
export interface QueuedPath extends WaitingPath {
  readonly id: number;
}

/** A paused interview, with the number it can be taken out by. */
export interface QueuedInterview extends PausedInterview {
  readonly id: number;
}

/** The queue, as the scheduler sees it. */
export interface StoredQueue extends WorkQueue {
  /** Paths due at `now`, earliest first, at most `limit`. */
  due(now: Date, limit: number): readonly QueuedPath[];
  /** Everything that waits, earliest first. */
  all(): readonly QueuedPath[];
  take(ids: readonly number[]): void;
  /** Interviews whose time has come at `now`, earliest first, at most `limit`. */
  dueInterviews(now: Date, limit: number): readonly QueuedInterview[];
  /** Every interview that waits, earliest first. */
  paused(): readonly QueuedInterview[];
  takeInterview(id: number): void;
  /** The moment the earliest path or interview is due; null when nothing waits. */
  next(): string | null;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS _waiting_path (
  id INTEGER PRIMARY KEY, flow TEXT NOT NULL, path TEXT NOT NULL, object TEXT NOT NULL, record_id TEXT NOT NULL,
  user_id TEXT NOT NULL, due TEXT NOT NULL, asynchronous INTEGER NOT NULL, prior TEXT
);
CREATE INDEX IF NOT EXISTS _waiting_path_due ON _waiting_path (due, id);
CREATE UNIQUE INDEX IF NOT EXISTS _waiting_path_record ON _waiting_path (flow, path, record_id) WHERE asynchronous = 0;
CREATE TABLE IF NOT EXISTS _paused_interview (
  id INTEGER PRIMARY KEY, flow TEXT NOT NULL, element TEXT NOT NULL, event TEXT NOT NULL, due TEXT NOT NULL,
  user_id TEXT NOT NULL, state TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS _paused_interview_due ON _paused_interview (due, id);
`;

const queues = new WeakMap<DatabaseSync, StoredQueue>();

/** The queue in an org's database. What is added in a database transaction is gone when that is rolled back. */
export function openWorkQueue(database: DatabaseSync): StoredQueue {
  let queue = queues.get(database);
  if (!queue) queues.set(database, (queue = createQueue(database)));
  return queue;
}

function createQueue(database: DatabaseSync): StoredQueue {
  database.exec(TABLES);
  const ofRecords = 'flow = ? AND path = ? AND asynchronous = 0 AND record_id IN (SELECT value FROM json_each(?))';
  const insert = database.prepare(
    `INSERT INTO _waiting_path (flow, path, object, record_id, user_id, due, asynchronous, prior) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (flow, path, record_id) WHERE asynchronous = 0 DO UPDATE SET due = excluded.due, user_id = excluded.user_id`,
  );
  const select = database.prepare(`SELECT record_id FROM _waiting_path WHERE ${ofRecords}`);
  const remove = database.prepare(`DELETE FROM _waiting_path WHERE ${ofRecords}`);
  const due = database.prepare('SELECT * FROM _waiting_path WHERE due <= ? ORDER BY due, id LIMIT ?');
  const all = database.prepare('SELECT * FROM _waiting_path ORDER BY due, id');
  const take = database.prepare('DELETE FROM _waiting_path WHERE id IN (SELECT value FROM json_each(?))');
  const next = database.prepare(
    'SELECT min(due) AS due FROM (SELECT due FROM _waiting_path UNION ALL SELECT due FROM _paused_interview)',
  );
  const pause = database.prepare(
    'INSERT INTO _paused_interview (flow, element, event, due, user_id, state) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const interviews = database.prepare('SELECT * FROM _paused_interview WHERE due <= ? ORDER BY due, id LIMIT ?');
  const allInterviews = database.prepare('SELECT * FROM _paused_interview ORDER BY due, id');
  const takeInterview = database.prepare('DELETE FROM _paused_interview WHERE id = ?');
  return {
    add(waiting) {
      for (const path of waiting) {
        const prior = path.prior === null ? null : JSON.stringify(path.prior);
        const { flow, path: name, object, recordId, userId } = path;
        insert.run(flow, name, object, recordId, userId, path.due, Number(path.asynchronous), prior);
      }
    },
    waiting: (flow, path, recordIds) =>
      new Set(select.all(flow, path, JSON.stringify(recordIds)).map((row) => String(row['record_id']))),
    cancel: (flow, path, recordIds) => void remove.run(flow, path, JSON.stringify(recordIds)),
    pause: ({ flow, element, event, due: at, userId, state }) =>
      void pause.run(flow, element, event, at, userId, state),
    dueInterviews: (now, limit) => interviews.all(now.toISOString(), limit).map(queuedInterview),
    paused: () => allInterviews.all().map(queuedInterview),
    takeInterview: (id) => void takeInterview.run(id),
    due: (now, limit) => due.all(now.toISOString(), limit).map(queuedPath),
    all: () => all.all().map(queuedPath),
    take: (ids) => void take.run(JSON.stringify(ids)),
    next: () => (next.get()?.['due'] as string | null | undefined) ?? null,
  };
}

function queuedPath(row: Readonly<Record<string, unknown>>): QueuedPath {
  const text = (name: string): string => String(row[name]);
  return {
    id: Number(row['id']),
    flow: text('flow'),
    path: text('path'),
    object: text('object'),
    recordId: text('record_id'),
    userId: text('user_id'),
    due: text('due'),
    asynchronous: row['asynchronous'] === 1,
    prior: row['prior'] === null ? null : (JSON.parse(text('prior')) as QueuedPath['prior']),
  };
}

function queuedInterview(row: Readonly<Record<string, unknown>>): QueuedInterview {
  const text = (name: string): string => String(row[name]);
  return {
    id: Number(row['id']),
    flow: text('flow'),
    element: text('element'),
    event: text('event'),
    due: text('due'),
    userId: text('user_id'),
    state: text('state'),
  };
}
