import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soqlIds, soqlPage } from '../../../local-org/data/transaction.ts';
import { openTestOrg } from './open-test-org.ts';

const SOQL = "SELECT Name, Owner.Name FROM Account WHERE Name LIKE 'A%' ORDER BY Name DESC LIMIT 450";

test('a result is read a page at a time, in its order, by the ids that the query found', () => {
  const { org, run, save, query } = openTestOrg();
  save(
    'insert',
    'Account',
    Array.from({ length: 500 }, (_, i) => ({ Name: `A${String(i).padStart(3, '0')}` })),
  );
  const whole = query(SOQL).records;
  const ids = run((tx) => soqlIds(tx, SOQL));
  assert.deepEqual(
    ids,
    whole.map(({ id }) => id),
  );
  const pages = [0, 200, 400].flatMap((from) => run((tx) => soqlPage(tx, SOQL, ids.slice(from, from + 200)).records));
  assert.deepEqual(pages, whole);
  org.close();
});

test('a page shows records as they are now and leaves out those that are gone', () => {
  const { org, run, insert, save } = openTestOrg();
  const [one, two] = [insert('Account', { Name: 'A1' }), insert('Account', { Name: 'A2' })];
  const ids = run((tx) => soqlIds(tx, SOQL))!;
  save('update', 'Account', [{ Id: one, Name: 'Changed' }]);
  org.database.prepare('DELETE FROM "Account" WHERE "Id" = ?').run(two);
  assert.deepEqual(
    run((tx) => soqlPage(tx, SOQL, ids).records.map(({ values }) => values.Name)),
    ['Changed'],
  );
  assert.equal(
    run((tx) => soqlIds(tx, 'SELECT COUNT(Id) FROM Account')),
    null,
  );
  org.close();
});
