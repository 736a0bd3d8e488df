import assert from 'node:assert/strict';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { OrgFileError } from '../../../local-org/data/org-file.ts';
import { runSoql } from '../../../local-org/data/transaction.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-org-durability-'));
after(() => rmSync(folder, { recursive: true }));

const ROUNDS = 10;
/** Opportunities that each transaction makes with its account. */
const DEALS = 3;

/** Makes transactions without end and says the number of each when it is committed; now and then one fails on purpose. */
const WRITER = `
  const { openLocalOrg, ADMIN_USERNAME } = await import(process.env.OPEN_ORG);
  const { writeSync } = await import('node:fs');
  const org = openLocalOrg({ file: process.env.ORG_FILE });
  const user = org.user(ADMIN_USERNAME);
  for (let i = Number(process.env.FIRST); ; i++) {
    const work = (tx) => {
      const save = (operation, object, records) => {
        const results = tx.save({ operation, object, records, allOrNone: true });
        for (const { success, errors } of results) if (!success) throw new Error(JSON.stringify(errors));
        return results.map(({ id }) => id);
      };
      const [AccountId] = save('insert', 'Account', [{ Name: 'T' + i, Description: 'x'.repeat((i * 997) % 9000) }]);
      const deals = Array.from({ length: ${DEALS} }, (_, n) => ({
        Name: 'T' + i + '.' + n, AccountId, StageName: 'Prospecting', CloseDate: '2030-01-01',
      }));
      const ids = save('insert', 'Opportunity', deals);
      save('update', 'Opportunity', ids.map((Id) => ({ Id, StageName: 'Qualification' })));
      return save;
    };
    try { org.transact(user, (tx) => { work(tx); throw new Error('on purpose'); }); } catch {}
    org.transact(user, work);
    writeSync(1, i + '\\n');
  }`;

function startWriter(
  file: string,
  first: number,
): { child: ChildProcessByStdio<null, Readable, null>; done: number[] } {
  const env = {
    ...process.env,
    OPEN_ORG: import.meta.resolve('../../../local-org/open-org.ts'),
    ORG_FILE: file,
    FIRST: String(first),
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', WRITER], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const done: number[] = [];
  let rest = '';
  child.stdout.on('data', (data: Buffer) => {
    const lines = (rest + String(data)).split('\n');
    rest = lines.pop() ?? '';
    done.push(...lines.map(Number));
  });
  return { child, done };
}

test('killed at any moment, the file opens and holds exactly what was committed', { timeout: 120_000 }, async () => {
  const file = join(folder, 'killed.db');
  let next = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const { child, done } = startWriter(file, next);
    while (done.length < 2) await pause(5);
    await pause((round * 37) % 90);
    child.kill('SIGKILL');
    await once(child, 'close');
    const org = openLocalOrg({ file });
    try {
      const count = (soql: string): number =>
        org.transact(org.user(ADMIN_USERNAME), (tx) => runSoql(tx, soql).totalSize);
      const there = count('SELECT COUNT() FROM Account');
      const confirmed = done.at(-1)! + 1;
      // The last transaction may have been committed before its number could be said.
      assert.ok(there === confirmed || there === confirmed + 1, `round ${round}: ${confirmed} said, ${there} there`);
      assert.equal(count('SELECT COUNT() FROM Opportunity'), there * DEALS);
      assert.equal(count("SELECT COUNT() FROM Opportunity WHERE StageName = 'Qualification'"), there * DEALS);
      assert.equal(count('SELECT COUNT() FROM OpportunityHistory'), there * DEALS * 2);
      next = there;
    } finally {
      org.close();
    }
  }
});

test('a second process is refused while the first has the file, and does it no harm', { timeout: 60_000 }, async () => {
  const file = join(folder, 'two.db');
  const { child, done } = startWriter(file, 0);
  while (done.length < 2) await pause(5);
  for (let i = 0; i < 5; i++) {
    assert.throws(
      () => openLocalOrg({ file }),
      (error) => error instanceof OrgFileError && error.message.includes('another process has it open'),
    );
  }
  const before = done.length;
  while (done.length < before + 5) await pause(5);
  child.kill('SIGKILL');
  await once(child, 'close');
  const org = openLocalOrg({ file });
  assert.equal(org.database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  org.close();
});
