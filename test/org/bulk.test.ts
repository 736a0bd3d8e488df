import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
// Read by @salesforce/core when it is loaded: tests must neither use nor change the logins of whoever runs them.
process.env['HOME'] = mkdtempSync(path.join(os.tmpdir(), 'waterfall-home-'));
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection } from '@salesforce/core';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { bulkQuery } from '../../scripts/org/bulk-query.ts';
import { dataOrgOver } from '../../scripts/org/connect-data.ts';
import type { DataOrg, TextRow } from '../../scripts/org/data-org.ts';
import { OrgError } from '../../scripts/org/types.ts';
import { insert } from '../commands/records.ts';

const USERNAME = 'admin@waterfall.local';
const NAMES = ['Plain', 'A | B ^ C', 'Say "hello", twice', 'Müller;Söhne\tGmbH', 'a`b'];
let running: RunningOrg;
let connection: Connection;
let org: DataOrg;
let ids: readonly string[];

before(async () => {
  running = await startLocalOrg();
  const { AuthInfo, Connection: CoreConnection } = await import('@salesforce/core');
  const { url, token } = running;
  const accessTokenOptions = {
    accessToken: token,
    instanceUrl: url,
    loginUrl: url,
    username: USERNAME,
    orgId: running.org.orgId,
  };
  const authInfo = await AuthInfo.create({ username: USERNAME, accessTokenOptions });
  connection = await CoreConnection.create({ authInfo, connectionOptions: { version: '66.0' } });
  org = await dataOrgOver(connection, USERNAME, '67.0');
  ids = insert(
    running,
    'Account',
    NAMES.map((Name) => ({ Name })),
  );
});
after(() => running.close());

async function all(rows: AsyncIterable<TextRow>): Promise<readonly TextRow[]> {
  const list: TextRow[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

test('a bulk query hands over every row once, page by page, with its values as they are', async () => {
  const rows = await all(bulkQuery(connection, 'SELECT Id, Name, Website, Owner.IsActive FROM Account', 2));
  assert.deepEqual(new Map(rows.map((row) => [row['Id'], row['Name']])), new Map(ids.map((id, at) => [id, NAMES[at]])));
  assert.equal(rows.length, NAMES.length);
  assert.deepEqual([rows[0]!['Website'], rows[0]!['Owner.IsActive']], ['', 'true']);
  assert.deepEqual(await all(org.rows("SELECT Id FROM Account WHERE Name = 'Nobody'")), []);
});

test('a query that the org refuses says why', async () => {
  await assert.rejects(
    all(org.rows('SELECT Nope FROM Account')),
    (error: unknown) => error instanceof OrgError && error.message.includes("No such column 'Nope'"),
  );
});

test('a bulk update changes what it can, empties on #N/A, and tells each row that is refused', async () => {
  const rows = async function* (): AsyncGenerator<readonly string[]> {
    yield [ids[0]!, 'New, "name"', 'https://x.example'];
    yield await Promise.resolve([ids[1]!, 'x'.repeat(300), '']);
    yield [ids[2]!, 'Kept', '#N/A'];
  };
  const { updated, failed } = await org.bulkUpdate('Account', ['Id', 'Name', 'Website'], rows());
  assert.equal(updated, 2);
  assert.deepEqual(
    failed.map(({ id }) => id),
    [ids[1]],
  );
  assert.match(failed[0]!.error, /STRING_TOO_LONG/);
  const stored = await org.query<{ Name: string; Website: string | null }>(
    `SELECT Name, Website FROM Account WHERE Id = '${ids[0]!}'`,
  );
  assert.deepEqual(stored, [{ Name: 'New, "name"', Website: 'https://x.example' }]);
});

test('leads are converted by SOAP, each on its own', async () => {
  const leads = insert(running, 'Lead', [
    { LastName: 'One', Company: 'X' },
    { LastName: 'Two', Company: 'X' },
  ]);
  const outcomes = await org.convertLeads('Closed - Converted', [
    { leadId: leads[0]!, accountId: ids[0]!, contactId: null, ownerId: null },
    { leadId: leads[1]!, accountId: '001000000000999AAA', contactId: null, ownerId: null },
  ]);
  assert.deepEqual(
    outcomes.map(({ leadId, success }) => [leadId, success]),
    [
      [leads[0], true],
      [leads[1], false],
    ],
  );
  assert.equal(outcomes[0]!.accountId, ids[0]);
  assert.notEqual(outcomes[1]!.errors[0]?.message, undefined);
});
