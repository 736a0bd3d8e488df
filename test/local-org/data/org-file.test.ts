import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { OrgFileError } from '../../../local-org/data/org-file.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import { openTestOrg } from './open-test-org.ts';

const folder = mkdtempSync(join(tmpdir(), 'local-org-'));
after(() => rmSync(folder, { recursive: true }));

const refuses = (file: string, reason: RegExp): void =>
  assert.throws(
    () => openLocalOrg({ file }),
    (error) => error instanceof OrgFileError && reason.test(error.message),
  );

test('an org keeps its records, ids go on, and its identity stays', () => {
  const file = join(folder, 'kept.db');
  const first = openTestOrg(file);
  const id = first.insert('Account', { Name: 'Acme' });
  const { orgId } = first.org;
  first.org.close();
  const second = openTestOrg(file);
  assert.equal(second.org.orgId, orgId);
  assert.equal(second.one('SELECT Id FROM Account')['Id'], id);
  assert.notEqual(second.insert('Account', { Name: 'Other' }), id);
  second.org.close();
});

test("a second opener, another program's file and a damaged file are refused with the reason", () => {
  const file = join(folder, 'busy.db');
  const { org, insert } = openTestOrg(file);
  for (let i = 0; i < 50; i++) insert('Account', { Name: `A${i}` });
  refuses(file, /busy\.db cannot be used: another process has it open/);
  org.close();

  const text = join(folder, 'text.db');
  writeFileSync(text, 'this is no database, whatever its name says'.repeat(50));
  refuses(text, /it is not a local org's file/);

  const bytes = readFileSync(file);
  bytes.fill(0x5a, 4096 * 3, 4096 * 6);
  const damaged = join(folder, 'damaged.db');
  writeFileSync(damaged, bytes);
  refuses(damaged, /damaged/);
});

test('a file of another SQLite program is left alone', () => {
  const file = join(folder, 'other.db');
  const made = spawnSync(process.execPath, [
    '-e',
    `const { DatabaseSync } = require('node:sqlite'); new DatabaseSync(${JSON.stringify(file)}).exec('CREATE TABLE x (y)')`,
  ]);
  assert.equal(made.status, 0, String(made.stderr));
  refuses(file, /not of a local org/);
});

test('what was committed survives the death of the process', async () => {
  const file = join(folder, 'killed.db');
  const script = `
    const { openLocalOrg, ADMIN_USERNAME } = await import(${JSON.stringify(import.meta.resolve('../../../local-org/open-org.ts'))});
    const org = openLocalOrg({ file: ${JSON.stringify(file)} });
    const user = org.user(ADMIN_USERNAME);
    for (let i = 0; ; i++) {
      org.transact(user, (tx) => tx.save({ operation: 'insert', object: 'Account', records: [{ Name: 'A' + i }, { Name: 'B' + i }], allOrNone: true }));
      console.log(i);
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
  let output = '';
  child.stdout.on('data', (data: Buffer) => {
    output += String(data);
    if (output.split('\n').length > 30) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const confirmed = output.trim().split('\n').length - 1;
  const org = openLocalOrg({ file });
  const count = org.transact(org.user(ADMIN_USERNAME), (tx) => tx.select({ object: 'Account', filter: null }).length);
  assert.ok(confirmed >= 20 && count >= confirmed * 2, `${confirmed} confirmed, ${count} there`);
  assert.equal(count % 2, 0);
  org.close();
});

test('transact rolls back when its work throws', () => {
  const { run, query } = openTestOrg();
  assert.throws(
    () =>
      run((tx) => {
        tx.save({ operation: 'insert', object: 'Account', records: [{ Name: 'Lost' }], allOrNone: true });
        throw new Error('stop');
      }),
    /stop/,
  );
  assert.equal(query('SELECT COUNT() FROM Account').totalSize, 0);
});

test('tables follow the schema: a new field gets a column, a dropped one loses it, a retyped one keeps what converts', () => {
  const { org, put, metadata, insert, one, save } = openTestOrg();
  put('CustomField', 'Account.Score__c', { label: 'Score', type: 'Text', length: 20 });
  org.reload();
  const id = insert('Account', { Name: 'Acme', Score__c: '42' });
  put('CustomField', 'Account.Score__c', { label: 'Score', type: 'Number', precision: 5, scale: 0 });
  org.reload();
  assert.equal(one('SELECT Score__c FROM Account WHERE Score__c > 40')['Score__c'], 42);
  metadata.remove('CustomField', 'Account.Score__c');
  org.reload();
  assert.equal(save('update', 'Account', [{ Id: id, Score__c: 1 }])[0]!.errors[0]?.statusCode, 'INVALID_FIELD');
});

test('a custom object has its own table, key prefix, auto number and relationships', () => {
  const { org, put, insert, query } = openTestOrg();
  put('CustomObject', 'Handshake__c', {
    label: 'Handshake',
    pluralLabel: 'Handshakes',
    nameField: { label: 'Number', type: 'AutoNumber', displayFormat: 'HS-{0000}' },
  });
  put('CustomField', 'Handshake__c.Opportunity__c', {
    label: 'Opportunity',
    type: 'MasterDetail',
    referenceTo: 'Opportunity',
    relationshipName: 'Handshakes',
  });
  org.reload();
  const deal = insert('Opportunity', { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' });
  const id = insert('Handshake__c', { Opportunity__c: deal });
  assert.match(id, /^a00/);
  const { records } = query('SELECT Name, Opportunity__r.Name FROM Handshake__c');
  assert.equal(records[0]!.values['Name'], 'HS-0001');
  const children = query('SELECT (SELECT Name FROM Handshakes__r) FROM Opportunity').records[0]!.values[
    'Handshakes__r'
  ];
  assert.equal((children as { totalSize: number }).totalSize, 1);
});

test('a full disk ends with one message, and nothing of the change is kept', () => {
  const file = join(folder, 'full.db');
  const { org, save, query } = openTestOrg(file);
  const pages = Number(org.database.prepare('PRAGMA page_count').get()?.['page_count']);
  org.database.exec(`PRAGMA max_page_count = ${pages + 4}`);
  const records = Array.from({ length: 400 }, (_, i) => ({ Name: `A${i}`, Description: 'x'.repeat(2000) }));
  assert.throws(
    () => save('insert', 'Account', records),
    (error) => error instanceof OrgFileError && error.message.includes('the disk is full'),
  );
  assert.equal(query('SELECT COUNT() FROM Account').totalSize, 0);
  org.close();
});
