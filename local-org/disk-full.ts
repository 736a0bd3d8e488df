/** SQLite's primary result code for a full disk, https://www.sqlite.org/rescode.html. */
const SQLITE_FULL = 13;

/** Whether an error says that there is no room left, SQLite's words or the system's. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return code === 'ENOSPC' || (typeof errcode === 'number' && (errcode & 0xff) === SQLITE_FULL);
}
