import type { DatabaseSync } from 'node:sqlite';
import type { Outbox, OutgoingMessage } from '../automation/types.ts';

/** A message that an org would have sent. */
export interface SentMessage {
  readonly id: number;
  /** By the org's clock, ISO 8601. */
  readonly at: string;
  /** API name of the flow that sent it. */
  readonly by: string;
  readonly userId: string;
  readonly message: OutgoingMessage;
}

/** Which messages are wanted; newest first. */
export interface OutboxQuery {
  readonly kind?: OutgoingMessage['kind'];
  /** Only messages in which this text occurs: an address, an id, words of the subject. */
  readonly contains?: string;
  /** 100 when left out. */
  readonly limit?: number;
}

const DEFAULT_LIMIT = 100;
/** Messages an org keeps. */
const KEPT = 10_000;

const TABLE = `CREATE TABLE IF NOT EXISTS _outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, flow TEXT NOT NULL, user_id TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL)`;

const boxes = new WeakMap<DatabaseSync, Outbox & { read(query: OutboxQuery): readonly SentMessage[] }>();

/** The outbox of an org's database: emails and notifications are kept there and never sent. */
export function openOutbox(database: DatabaseSync) {
  let box = boxes.get(database);
  if (!box) boxes.set(database, (box = createOutbox(database)));
  return box;
}

function createOutbox(database: DatabaseSync): Outbox & { read(query: OutboxQuery): readonly SentMessage[] } {
  database.exec(TABLE);
  const insert = database.prepare('INSERT INTO _outbox (at, flow, user_id, kind, message) VALUES (?, ?, ?, ?, ?)');
  const trim = database.prepare('DELETE FROM _outbox WHERE id <= (SELECT max(id) FROM _outbox) - ?');
  const select = database.prepare(
    `SELECT * FROM _outbox WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR instr(lower(message), lower(?2)) > 0)
     ORDER BY id DESC LIMIT ?3`,
  );
  return {
    send(tx, by, messages) {
      for (const message of messages)
        insert.run(tx.now.toISOString(), by, tx.user.id, message.kind, JSON.stringify(message));
      trim.run(KEPT);
    },
    read: ({ kind, contains, limit = DEFAULT_LIMIT }) =>
      select
        .all(kind ?? null, contains === undefined ? null : JSON.stringify(contains).slice(1, -1), limit)
        .map((row): SentMessage => ({
          id: Number(row['id']),
          at: String(row['at']),
          by: String(row['flow']),
          userId: String(row['user_id']),
          message: JSON.parse(String(row['message'])) as OutgoingMessage,
        })),
  };
}

/** What the org would have sent, newest first. */
export const readOutbox = (database: DatabaseSync, query: OutboxQuery = {}): readonly SentMessage[] =>
  openOutbox(database).read(query);
