import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { MatchResult } from '../../scripts/commands/waterfall/match.ts';
import { readTable } from '../../scripts/people/read-table.ts';
import { insert, stored } from './records.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';
import type { Ran } from './run-waterfall.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-match-'));
const RUNS = path.join(home, '.waterfall', 'match', 'runs');
let running: RunningOrg;
let norvatis: string;
let bellwether: string;
let deleted: string;

before(async () => {
  running = await startLocalOrg();
  [norvatis, bellwether, deleted] = insert(running, 'Account', [
    { Name: 'Norvatis Robotics GmbH', Website: 'https://www.norvatis.example', BillingCountry: 'Germany' },
    { Name: 'Bellwether | Sons, "Ltd"', BillingCountry: 'Poland' },
    { Name: 'Soon Gone Inc' },
  ]) as [string, string, string];
  insert(running, 'Contact', [{ LastName: 'Known', Email: 'known@norvatis.example', AccountId: norvatis }]);
  insert(running, 'Lead', [
    { LastName: 'One', Company: 'Norvatis', Email: 'one@norvatis.example' },
    { LastName: 'Known', Company: 'NORVATIS ROBOTICS', Email: 'Known@norvatis.example' },
    { LastName: 'Twin', Company: 'Norvatis', Email: 'twin@norvatis.example' },
    { LastName: 'Twin', Company: 'Norvatis Robotics', Email: 'twin@norvatis.example' },
    { LastName: 'Near', Company: 'Belwether and Sons', Email: 'near@gmail.com' },
    { LastName: '=Nobody()', Company: 'Zyxtrion Fabrics', Email: 'nobody@zyxtrion.example' },
  ]);
  await logIn(home, 'there', running.url, running.token);
});
after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

const waterfall = (...args: readonly string[]): Promise<Ran> => runWaterfall([...args, '-o', 'there'], home);
async function json(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly result: MatchResult }> {
  const { code, stdout, stderr } = await waterfall(...args, '--json');
  assert.equal(stderr, '');
  return { code, result: (JSON.parse(stdout) as { readonly result: MatchResult }).result };
}
const count = (sql: string): number => Number(stored(running, `SELECT COUNT(*) n ${sql}`)[0]!['n']);
const rowsOf = (file: string): readonly Readonly<Record<string, string>>[] => {
  const { columns, rows } = readTable(readFileSync(path.resolve(home, file), 'utf8'));
  return rows.map(({ values }) => Object.fromEntries(columns.map((column, at) => [column, values[at]!])));
};

test('by itself it changes nothing, says what it found and writes a review file', async () => {
  const { code, stdout } = await waterfall('match');
  assert.equal(code, 0);
  assert.match(stdout, /6 unconverted leads against 3 accounts/);
  assert.match(stdout, /match +4 +67 %/);
  assert.match(stdout, /e-mail domain norvatis\.example is the account's website/);
  assert.match(stdout, /Nothing has been changed/);
  assert.equal(count('FROM "Lead" WHERE "IsConverted" = 1'), 0);
  const rows = rowsOf('.waterfall/match/review.csv');
  assert.deepEqual(
    rows.map((row) => [row['Name'], row['Decision'], row['Account']]),
    [
      ['One', 'convert', 'Norvatis Robotics GmbH'],
      ['Known', 'convert', 'Norvatis Robotics GmbH'],
      ['Twin', 'convert', 'Norvatis Robotics GmbH'],
      ['Twin', 'convert', 'Norvatis Robotics GmbH'],
      ['Near', 'review', 'Bellwether | Sons, "Ltd"'],
      ['=Nobody()', 'leave', ''],
    ],
  );
  assert.match(readFileSync(path.join(home, '.waterfall/match/review.csv'), 'utf8'), /,'=Nobody\(\),/, 'no formula');
  const again = await json('match');
  assert.equal(
    again.result.reviewFile,
    path.join('.waterfall', 'match', 'review-2.csv'),
    'a review file is never overwritten',
  );
});

test('conditions narrow what is matched', async () => {
  const { result } = await json(
    'match',
    '--leads-where',
    "Email LIKE '%norvatis%'",
    '--accounts-where',
    "Name != 'Soon Gone Inc'",
  );
  assert.deepEqual([result.backlog?.leads, result.backlog?.accounts], [4, 2]);
  const refused = await waterfall('match', '--accounts-where', "Name = 'Nobody'");
  assert.match(refused.stderr, /ACCOUNTS_NONE/);
  assert.match((await waterfall('match', '--leads-where', 'Nope = 1')).stderr, /No such column 'Nope'/);
  assert.deepEqual(readdirSync(path.join(home, '.waterfall', 'match')).length, 3, 'no empty review file is left');
  assert.equal(refused.code, 1);
});

test('a review file that is wrong is refused with its lines', async () => {
  const file = path.join(home, 'wrong.csv');
  writeFileSync(
    file,
    'Lead Id;Account Id;Decision\n00Q000000000001AAA;001000000000001AAA;maybe\nx;;convert\n00Q000000000001AAA;;convert\n',
  );
  const { code, stderr } = await waterfall('match', '--apply', '--review', file);
  assert.equal(code, 1);
  assert.match(stderr, /wrong\.csv:2: "maybe" is no decision/);
  assert.match(stderr, /wrong\.csv:3: "x" is not the id of a lead/);
  assert.match(stderr, /wrong\.csv:4: "" is not the id of an account/);
  assert.match((await waterfall('match', '--apply', '--review', 'none.csv')).stderr, /MATCH_REVIEW/);
});

test('apply converts what is decided: people reuse their contacts, nobody is doubled, refusals keep their reason', async () => {
  const file = path.join(home, '.waterfall/match/review.csv');
  // As a person and his spreadsheet would leave it.
  const edited = readFileSync(file, 'utf8')
    .replace(',review,', ',convert,')
    .replace(',leave,', ',convert,')
    .split('\n');
  const last = edited.findIndex((line) => line.includes('Zyxtrion'));
  edited[last] = edited[last]!.replace(/,,,(\d+),convert/, `,${deleted},,$1,convert`);
  writeFileSync(file, edited.join('\r\n'));
  running.org.transact(running.org.user('admin@waterfall.local'), (tx) =>
    tx.save({ operation: 'delete', object: 'Account', records: [{ Id: deleted }], allOrNone: true }),
  );
  const { code, result } = await json('match', '--apply', '--review', file);
  assert.equal(code, 1, 'something was refused');
  assert.deepEqual(result.outcomes?.map(({ name, outcome, contact }) => [name, outcome, contact]).sort(), [
    ['=Nobody()', 'refused', null],
    ['Known', 'converted', 'reused'],
    ['Near', 'converted', 'created'],
    ['One', 'converted', 'created'],
    ['Twin', 'converted', 'created'],
    ['Twin', 'converted', 'reused'],
  ]);
  assert.match(result.outcomes.find(({ outcome }) => outcome === 'refused')!.reason, /There is no account/);
  assert.equal(count(`FROM "Contact" WHERE "AccountId" = '${norvatis}'`), 3);
  assert.equal(count(`FROM "Contact" WHERE "AccountId" = '${bellwether}'`), 1);
  assert.equal(count('FROM "Opportunity"'), 0);
  assert.deepEqual(
    rowsOf(result.resultsFile!)
      .map((row) => row['Outcome'])
      .sort(),
    [...Array<string>(5).fill('converted'), 'refused'],
  );
  const again = await json('match', '--apply', '--review', file);
  assert.equal(again.result.outcomes?.filter(({ outcome }) => outcome === 'already converted').length, 5);
  assert.equal(count('FROM "Contact"'), 4);
});

test('an unknown converted status, and an unknown run', async () => {
  const status = await waterfall('match', '--apply', '--status', 'Done');
  assert.match(status.stderr, /LEAD_STATUS/);
  const run = await waterfall('match', '--apply', '--resume', 'never');
  assert.match(run.stderr, /RUN_UNKNOWN/);
});

const MANY = 450;
const addLeads = (from: string): void => {
  insert(
    running,
    'Lead',
    Array.from({ length: MANY }, (_, index) => ({
      LastName: `${from} ${index}`,
      Company: 'Norvatis',
      Email: `${from}${index % (MANY - 50)}@norvatis.example`,
    })),
  );
};
/** The command, stopped by a signal as soon as its journal tells of the first batch. */
async function stopped(
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly stderr: string; readonly run: string }> {
  const earlier = new Set(existsSync(RUNS) ? readdirSync(RUNS) : []);
  const child = spawn(
    process.execPath,
    [path.join(PROJECT_FOLDER, 'bin', 'waterfall.js'), 'match', '--apply', '-o', 'there'],
    {
      cwd: home,
      env: { ...process.env, HOME: home, SF_DISABLE_TELEMETRY: 'true', NO_COLOR: '1' },
    },
  );
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let run: string | undefined;
  while (run === undefined || !readFileSync(path.join(RUNS, run, 'journal.ndjson'), 'utf8').includes('"done"')) {
    run = readdirSync(RUNS).find((id) => !earlier.has(id) && existsSync(path.join(RUNS, id, 'journal.ndjson')));
    await pause(2);
  }
  child.kill(signal);
  return { code: await ended, stderr, run };
}

for (const signal of ['SIGKILL', 'SIGINT'] as const)
  test(`${signal} in the middle: it goes on where it was, and nobody is converted twice`, async () => {
    const contacts = count('FROM "Contact"');
    addLeads(signal.toLowerCase());
    const { code, stderr, run } = await stopped(signal);
    const left = count('FROM "Lead" WHERE "IsConverted" = 0') - 1;
    assert.ok(left > 0 && left < MANY, `${left} of ${MANY} left`);
    if (signal === 'SIGINT') {
      assert.equal(code, 130);
      assert.match(stderr, new RegExp(`--resume ${run}`));
    }
    const { code: resumed, result } = await json('match', '--apply', '--resume', run);
    assert.equal(resumed, 0);
    assert.equal(result.outcomes?.length, MANY);
    assert.ok(result.outcomes.every(({ outcome }) => outcome === 'converted'));
    assert.equal(rowsOf(result.resultsFile!).length, MANY);
    assert.equal(count('FROM "Lead" WHERE "IsConverted" = 0'), 1);
    assert.equal(count('FROM "Contact"') - contacts, MANY - 50, 'one contact for each address');
    const over = await json('match', '--apply', '--resume', run);
    assert.deepEqual([over.code, over.result.outcomes?.length], [0, MANY]);
  });

test('keys are filled only where the fields are there', async () => {
  const { code, stderr } = await waterfall('match', '--fill-keys');
  assert.equal(code, 1);
  assert.match(stderr, /KEYS_NOT_DEPLOYED.*Account\.Website_Domain__c/);
  assert.match(stderr, /waterfall deploy/);
});

test('and then they hold what the flows would have put there, once', async () => {
  const deployed = await waterfall('deploy', '--json');
  assert.equal(deployed.code, 0, deployed.stdout);
  running.org.database.exec(
    'UPDATE "Account" SET "Website_Domain__c" = NULL, "Company_Key__c" = NULL; UPDATE "Lead" SET "Company_Key__c" = \'stale\', "Email_Domain__c" = NULL',
  );
  const { code, result } = await json('match', '--fill-keys');
  assert.equal(code, 0);
  assert.deepEqual(
    result.filled?.map(({ object, looked, updated, failed }) => [object, looked, updated, failed]),
    [
      ['Account', 2, 2, []],
      ['Lead', 1, 1, []],
    ],
  );
  assert.deepEqual(
    stored(running, `SELECT "Website_Domain__c" d, "Company_Key__c" k FROM "Account" WHERE "Id" = '${norvatis}'`).map(
      ({ d, k }) => [d, k],
    ),
    [['norvatis.example', 'norvatis robotics']],
  );
  assert.deepEqual(
    stored(running, 'SELECT "Email_Domain__c" e, "Company_Key__c" k FROM "Lead" WHERE "IsConverted" = 0').map(
      ({ e, k }) => [e, k],
    ),
    [['zyxtrion.example', 'zyxtrion fabrics']],
  );
  const again = await json('match', '--fill-keys');
  assert.deepEqual(
    again.result.filled?.map(({ updated }) => updated),
    [0, 0],
  );
});
