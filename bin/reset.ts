import { existsSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fail } from './fail.ts';
import { LOCAL_ORG_FILE, LOCAL_ORG_FOLDER } from './state.ts';

/** What SQLite answers when another process has the file: https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** A serving org holds its file, whichever port it listens at. A file that is damaged is nobody's and may go. */
const isServed = (): boolean => {
  if (!existsSync(LOCAL_ORG_FILE)) return false;
  try {
    const database = new DatabaseSync(LOCAL_ORG_FILE);
    database.exec('BEGIN IMMEDIATE; ROLLBACK');
    database.close();
    return false;
  } catch (error) {
    return (error as { readonly errcode?: number }).errcode === SQLITE_BUSY;
  }
};

/** `npm run reset`: forgets the local org of this checkout. The next `npm start` begins with a fresh sample org. */
if (isServed())
  fail('the local org is still serving. Stop it with Ctrl-C in its terminal, then run npm run reset again.');
const existed = existsSync(LOCAL_ORG_FOLDER);
try {
  rmSync(LOCAL_ORG_FOLDER, { recursive: true, force: true });
} catch (error) {
  fail(`the local org's folder ${LOCAL_ORG_FOLDER} cannot be deleted: ${(error as Error).message}`);
}
console.log(
  existed ? 'The local org is gone. npm start makes a fresh one.' : 'There was no local org. npm start makes one.',
);
