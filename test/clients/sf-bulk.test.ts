import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { openMetadataStore } from '../../local-org/metadata/open-metadata-store.ts';
import { grantToAdministrators } from './client-org.ts';
import { sfCli } from './sf-cli.ts';

const sf = await sfCli();
openMetadataStore(sf.running.org.database).put({
  type: 'CustomField',
  fullName: 'Account.Number__c',
  metadata: { label: 'Number', type: 'Text', length: 20, externalId: true, unique: true },
});
grantToAdministrators(sf.running, 'Account.Number__c');

const csv = (name: string, text: string): string => {
  writeFileSync(join(sf.project, name), text);
  return name;
};
const bulk = (verb: string, file: string, ...more: readonly string[]): Promise<string> =>
  sf.ok('data', verb, 'bulk', '--sobject', 'Account', '--file', file, '--wait', '2', '--line-ending', 'LF', ...more);

// `sf data query --bulk` and `sf data upsert record` are no commands of this version of the CLI; `data export bulk` and
// `data upsert bulk` are what they became.
test('sf data: import, export, update, upsert and delete in bulk', async () => {
  await bulk('import', csv('accounts.csv', 'Name,Industry,Number__c\nOne,Energy,1\n"Two, too",,2\n'));
  const exportAll = async (file: string): Promise<string> => {
    const soql = 'SELECT Id,Name,Industry FROM Account ORDER BY Number__c';
    await sf.ok('data', 'export', 'bulk', '--query', soql, '--output-file', file, '--wait', '2');
    return readFileSync(join(sf.project, file), 'utf8');
  };
  const first = await exportAll('out.csv');
  assert.match(first, /^"Id","Name","Industry"\n"\w{18}","One","Energy"\n"\w{18}","Two, too",""\n$/);
  const ids = [...first.matchAll(/^"(001\w+)"/gm)].map(([, id]) => id ?? '');
  await Promise.all([
    bulk('update', csv('update.csv', `Id;Industry\n${ids[0] ?? ''};Banking\n`), '--column-delimiter', 'SEMICOLON'),
    bulk('upsert', csv('upsert.csv', 'Number__c,Name\n2,Two\n3,Three\n'), '--external-id', 'Number__c'),
  ]);
  assert.match(await exportAll('again.csv'), /"One","Banking"\n"\w{18}","Two",""\n"\w{18}","Three",""\n$/);
  await Promise.all([
    bulk('delete', csv('delete.csv', `Id\n${ids[0] ?? ''}\n`)),
    bulk('delete', csv('hard.csv', `Id\n${ids[1] ?? ''}\n`), '--hard-delete'),
  ]);
  const { records } = await sf.json<{ records: { Name: string; IsDeleted: boolean }[] }>(
    ...['data', 'query', '--all-rows', '--query', 'SELECT Name, IsDeleted FROM Account ORDER BY Number__c'],
  );
  assert.deepEqual(
    records.map(({ Name, IsDeleted }) => [Name, IsDeleted]),
    [
      ['One', true],
      ['Three', false],
    ],
  );
});

test('sf data: what a bulk job could not load is found in its results', async () => {
  const file = csv('bad.csv', 'Name,Number__c\n,7\nGood,8\n');
  const args = ['data', 'import', 'bulk', '--sobject', 'Account', '--file', file, '--wait', '2', '--line-ending', 'LF'];
  const { code, stdout } = await sf.run(...args, '--target-org', 'local', '--json');
  assert.notEqual(code, 0);
  const { data } = JSON.parse(stdout) as { data: { jobId: string } };
  const results = await sf.json<{ successfulRecords: number; failedRecords: number; failedFilePath: string }>(
    ...['data', 'bulk', 'results', '--job-id', data.jobId],
  );
  assert.deepEqual([results.successfulRecords, results.failedRecords], [1, 1]);
  assert.match(readFileSync(join(sf.project, results.failedFilePath), 'utf8'), /REQUIRED_FIELD_MISSING/);
});
