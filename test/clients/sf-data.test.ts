import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { sfCli } from './sf-cli.ts';

const sf = await sfCli();
const data = (verb: string, ...args: readonly string[]): Promise<string> =>
  sf.ok('data', verb, 'record', '--sobject', 'Account', ...args);

test('sf data: create, query, get, update and delete a record', async () => {
  const { id } = await sf.json<{ id: string }>(
    ...['data', 'create', 'record', '--sobject', 'Account', '--values', "Name='Acme Co' Site=HQ"],
  );
  const [table, rows, csv] = await Promise.all([
    sf.ok('data', 'query', '--query', "select id, name, owner.name from account where site = 'HQ'"),
    sf.json<{ records: { Name: string }[] }>('data', 'query', '--query', "SELECT Name FROM Account WHERE Site = 'HQ'"),
    sf.ok('data', 'query', '--result-format', 'csv', '--query', "SELECT Name FROM Account WHERE Site = 'HQ'"),
  ]);
  assert.match(table, new RegExp(`${id}.*Acme Co.*Local Admin`));
  assert.equal(rows.records[0]?.Name, 'Acme Co');
  assert.equal(csv, 'Name\nAcme Co\n');
  await data('update', '--where', 'Site=HQ', '--values', 'Industry=Energy');
  const read = await sf.json<{ Industry: string }>(
    ...['data', 'get', 'record', '--sobject', 'Account', '--record-id', id],
  );
  assert.equal(read.Industry, 'Energy');
  await data('delete', '--record-id', id);
  const bin = await sf.json<{ totalSize: number }>(
    ...['data', 'query', '--all-rows', '--query', "SELECT Id FROM Account WHERE Site = 'HQ' AND IsDeleted = true"],
  );
  assert.equal(bin.totalSize, 1);
});

test('sf data: a wrong query is told in the platform’s words, a Tooling query answered', async () => {
  const [wrong, tooling] = await Promise.all([
    sf.run('data', 'query', '--target-org', 'local', '--query', 'SELECT Nope FROM Account'),
    sf.json<{ records: { QualifiedApiName: string }[] }>(
      ...['data', 'query', '--use-tooling-api', '--query'],
      "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName = 'Opportunity'",
    ),
  ]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.stderr, /No such column 'Nope'/);
  assert.equal(tooling.records[0]?.QualifiedApiName, 'Opportunity');
});

test('sf data: a tree is imported and exported', async () => {
  const contact = { attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Fry' };
  const account = { attributes: { type: 'Account', referenceId: 'a' }, Name: 'Planet Express' };
  const tree = { records: [{ ...account, Contacts: { records: [contact] } }] };
  writeFileSync(join(sf.project, 'tree.json'), JSON.stringify(tree));
  const imported = await sf.json<{ refId: string; type: string }[]>('data', 'import', 'tree', '--files', 'tree.json');
  assert.deepEqual(imported.map(({ refId }) => refId).sort(), ['a', 'c']);
  const exported = await sf.json<{ records: { Name: string; Contacts: { records: { LastName: string }[] } }[] }>(
    ...['data', 'export', 'tree', '--query'],
    "SELECT Name, (SELECT LastName FROM Contacts) FROM Account WHERE Name = 'Planet Express'",
  );
  assert.deepEqual(
    exported.records.map(({ Name, Contacts }) => [Name, Contacts.records[0]?.LastName]),
    [['Planet Express', 'Fry']],
  );
});
