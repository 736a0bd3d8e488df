import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { openOutbox } from '../../local-org/outbox/outbox.ts';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-org-commands-'));
const SELLER = 'sam.seller@sample.waterfall.local';
let running: RunningOrg;

before(async () => {
  running = await startLocalOrg();
  const profile = running.org.database.prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`).get();
  const personal = { TimeZoneSidKey: 'Europe/Paris', LocaleSidKey: 'en_US', EmailEncodingKey: 'UTF-8' };
  const [result] = running.org.transact(running.org.user('admin@waterfall.local'), (tx) =>
    tx.save({
      operation: 'insert',
      object: 'User',
      records: [
        {
          ...personal,
          Username: SELLER,
          LastName: 'Seller',
          Email: 'sam@sample.example',
          Alias: 'sam',
          Department: 'Sales',
          ProfileId: String(profile?.['Id']),
          LanguageLocaleKey: 'en_US',
        },
      ],
      allOrNone: true,
    }),
  );
  assert.deepEqual(result?.errors, []);
  await logIn(home, 'waterfall-local', running.url, running.token);
});
after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

async function json<Result>(...args: readonly string[]): Promise<Result> {
  const { code, stdout, stderr } = await runWaterfall(['org', ...args, '--json'], home);
  assert.equal(code, 0, stdout + stderr);
  return (JSON.parse(stdout) as { readonly result: Result }).result;
}

async function refused(args: readonly string[], code: string, message: RegExp): Promise<void> {
  const ran = await runWaterfall(['org', ...args], home);
  assert.equal(ran.code, 1, ran.stdout);
  assert.match(ran.stderr, new RegExp(`\\(${code}\\)`));
  assert.match(ran.stderr, message);
}

test('users lists who is there', async () => {
  const { users } = await json<{ users: { username: string; profile: string }[] }>('users');
  assert.deepEqual(
    users.map(({ username, profile }) => [username, profile]),
    [
      ['admin@waterfall.local', 'System Administrator'],
      [SELLER, 'Standard User'],
    ],
  );
  await refused(['users', '--assign'], 'NOT_DEPLOYED', /waterfall deploy/);
});

test('login stores a login as that user, under an alias of its own', async () => {
  const login = await json<{ alias: string; username: string; browserUrl: string }>('login', '--as', 'sales');
  assert.equal(login.alias, 'waterfall-local-sales');
  assert.equal(login.username, SELLER);
  const response = await fetch(login.browserUrl, { redirect: 'manual' });
  assert.equal(response.status, 302);
  // The session is the user's: what only an administrator may do is refused.
  await refused(['clock', '-o', 'waterfall-local-sales'], 'NOT_ADMINISTRATOR', /Standard User/);
  await refused(['login', '--as', 'finance'], 'USER_UNKNOWN', /"finance"/);
});

test('clock moves, and goes back', async () => {
  const moved = await json<{ now: string; moved: boolean }>('clock', '--to', '2030-12-24T09:00Z');
  assert.match(moved.now, /^2030-12-24T09:00:0/);
  assert.equal(moved.moved, true);
  assert.match((await json<{ now: string }>('clock', '--by', '3 days')).now, /^2030-12-27T09:0/);
  assert.equal((await json<{ moved: boolean }>('clock', '--now')).moved, false);
  await refused(['clock', '--by', 'a while'], 'CLOCK_TIME', /a while is not a span/);
});

test('log tells what a save did', async () => {
  const account = await fetch(`${running.url}/services/data/v66.0/sobjects/Account`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ Name: 'Logged' }),
  });
  assert.equal(account.status, 201);
  const [last] = await json<{ id: number; username: string; entries: { detail: string }[] }[]>('log', '--last', '1');
  assert.equal(last?.username, 'admin@waterfall.local');
  assert.ok(last.entries.some(({ detail }) => detail === 'Account insert, 1 rows'));
  const { stdout } = await runWaterfall(['org', 'log', '--transaction', String(last.id)], home);
  assert.match(stdout, /└─ Account insert, 1 record\n/);
  await refused(['log', '--transaction', '99999999'], 'NOT_FOUND', /keeps no transaction 99999999/);
});

test('outbox shows what flows sent', async () => {
  assert.deepEqual(await json('outbox'), []);
  const { org } = running;
  const lists = { to: ['ann@example.com'], cc: [], bcc: [] };
  const text = { subject: 'Renewal due', body: 'In 90 days', html: false, from: 'CurrentUser', relatedRecordId: null };
  org.transact(org.user('admin@waterfall.local'), (tx) =>
    openOutbox(org.database).send(tx, 'Tell_Them', [{ kind: 'email', ...lists, ...text }]),
  );
  const [sent] = await json<{ by: string; message: { subject: string } }[]>('outbox', '--kind', 'email');
  assert.deepEqual([sent?.by, sent?.message.subject], ['Tell_Them', 'Renewal due']);
  const { stdout } = await runWaterfall(['org', 'outbox', '--contains', 'renewal'], home);
  assert.match(stdout, /Email 1 .* Flow Tell_Them, as admin@waterfall\.local\n/);
  assert.match(stdout, /Subject +Renewal due\n +In 90 days\n/);
  const none = await runWaterfall(['org', 'outbox', '--kind', 'notification'], home);
  assert.match(none.stdout, /No flow has sent a notification yet/);
});

test('an org that is not the local one is refused', async () => {
  // Speaks enough of Salesforce's API to be logged in to, and has nothing below /local/.
  const answers: Readonly<Record<string, unknown>> = {
    '/services/oauth2/userinfo': { preferred_username: 'someone@example.com' },
    '/services/data': [{ label: 'X', url: '/services/data/v66.0', version: '66.0' }],
  };
  const notFound = [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }];
  const other: Server = createServer((request, response) => {
    const answer = answers[request.url?.replace(/\/$/, '') ?? ''];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? notFound));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const { code, stderr } = await runWaterfall(
    ['org', 'clock', '-o', `${running.org.orgId.slice(0, 15)}!someone.else`],
    home,
    {
      env: { SF_ORG_INSTANCE_URL: url },
    },
  );
  other.close();
  assert.equal(code, 1);
  assert.match(stderr, /NOT_LOCAL_ORG/);
  assert.match(stderr, /not the local org/);
});
