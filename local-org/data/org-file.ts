import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** The org's file cannot be used; the message says why and what to do. */
export class OrgFileError extends Error {
  override readonly name = 'OrgFileError';
  /** SQLite's result code, where SQLite found the trouble. */
  readonly errcode: number | undefined;

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.errcode = (options.cause as { errcode?: number } | undefined)?.errcode;
  }
}

/** Marks an SQLite file as a local org ("RWLO"). */
const APPLICATION_ID = 0x52574c4f;
/** Layout of the tables that are not derived from the schema. A file of a later layout is refused. */
const LAYOUT_VERSION = 1;

const MEMORY = ':memory:';

export interface OrgFile {
  readonly database: DatabaseSync;
  readonly isNew: boolean;
}

/**
 * Opens or creates the file. The file stays locked until it is closed: SQLite's exclusive locking mode holds the lock,
 * and the operating system frees it when the process dies. With a write-ahead log every committed transaction survives
 * the death of the process (`synchronous=NORMAL`: the last ones may be lost when the machine itself loses power, never
 * the file).
 */
export function openOrgFile(file: string): OrgFile {
  const isNew = file === MEMORY || !existsSync(file) || statSync(file).size === 0;
  const database = openSqlite(file);
  try {
    prepare(database, isNew);
  } catch (error) {
    database.close();
    throw explain(file, error);
  }
  return { database, isNew };
}

function openSqlite(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { enableForeignKeyConstraints: false });
  } catch (error) {
    throw explain(file, error);
  }
}

function prepare(database: DatabaseSync, isNew: boolean): void {
  database.exec(
    'PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY',
  );
  database.exec('PRAGMA cache_size = -65536');
  // The lock is taken by the first write transaction.
  database.exec('BEGIN EXCLUSIVE; COMMIT');
  if (isNew) {
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${LAYOUT_VERSION}`);
    return;
  }
  const application = Number(database.prepare('PRAGMA application_id').get()?.['application_id']);
  if (application !== APPLICATION_ID)
    throw new OrgFileError('it is an SQLite file, but not of a local org. Name another file.');
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  if (version !== LAYOUT_VERSION) {
    throw new OrgFileError(
      `its layout is version ${version}, this program reads version ${LAYOUT_VERSION}. Delete the file to start over.`,
    );
  }
  const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  if (check !== 'ok')
    throw new OrgFileError(`it is damaged (${String(check)}). Restore a copy, or delete it to start over.`);
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html. */
const BUSY = 5;
const READ_ONLY = 8;
const READ_ERROR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NOT_A_DATABASE = 26;

const REASONS: Readonly<Record<number, string>> = {
  [BUSY]: 'another process has it open. Stop that local org, or use another file.',
  [READ_ONLY]: 'it cannot be written. Check its permissions.',
  [READ_ERROR]: 'reading or writing it failed. Check the disk.',
  [CORRUPT]: 'it is damaged. Restore a copy, or delete it to start over.',
  [FULL]: 'the disk is full. Nothing of the last change was kept; free some space and try again.',
  [CANNOT_OPEN]: 'it cannot be opened. Check that its folder exists and can be written.',
  [NOT_A_DATABASE]:
    "it is not a local org's file (not SQLite), or it is damaged. Name another file, or delete it to start over.",
};

/**
 * What went wrong with the file while it was in use (a full disk, a read error), as an OrgFileError; any other error comes
 * back as it is. What was not committed is undone.
 */
export function explainFileTrouble(file: string, error: unknown): unknown {
  const code = (error as { errcode?: number } | null)?.errcode;
  return code !== undefined && REASONS[code & 0xff] ? explain(file, error) : error;
}

function explain(file: string, error: unknown): OrgFileError {
  const code = (error as { errcode?: number }).errcode;
  const primary = code === undefined ? undefined : code & 0xff;
  const reason = REASONS[primary ?? -1] ?? (error instanceof Error ? error.message : String(error));
  return new OrgFileError(`The local org's file ${file} cannot be used: ${reason}`, { cause: error });
}
