import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillMany, manyQueries } from '../../../bench/figures/million.ts';
import { openTestOrg, type TestOrg } from './open-test-org.ts';

/** Queries whose answer needs every row. */
const WHOLE_TABLE = new Set(['count', 'by stage', 'one stage']);

/** How SQLite goes about a query of opportunities, step by step. */
function planOf({ org, query }: Pick<TestOrg, 'org' | 'query'>, soql: string): readonly string[] {
  const statements: string[] = [];
  const prepare = org.database.prepare.bind(org.database);
  org.database.prepare = (sql) => {
    statements.push(sql);
    return prepare(sql);
  };
  query(soql);
  org.database.prepare = prepare;
  const sql = statements.find((text) => text.includes('"Opportunity" t0'));
  assert.ok(sql, soql);
  return prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...Array.from({ length: sql.split('?').length - 1 }, () => ''))
    .map((row) => String(row['detail']));
}

const scans = (plan: readonly string[]): boolean =>
  plan.some((detail) => detail.startsWith('SCAN t0') && !detail.includes('USING INDEX'));

test('what is asked of a big org is found by an index', () => {
  const { org, query } = openTestOrg();
  const [id] = fillMany(org, 2000, 100);
  for (const [name, soql] of Object.entries(manyQueries(id!))) {
    const plan = planOf({ org, query }, soql);
    assert.equal(scans(plan), WHOLE_TABLE.has(name), `${name}: ${plan.join('; ')}`);
    assert.ok(name === 'by stage' || !plan.some((detail) => detail.includes('TEMP B-TREE FOR ORDER')), plan.join('; '));
  }
  org.close();
});

test('one of several conditions is found by the index of each', () => {
  const { org, query } = openTestOrg();
  const [id] = fillMany(org, 2000, 100);
  const either = `SELECT Name FROM Opportunity WHERE Name = 'deal 7' OR (AccountId = '${query('SELECT Id FROM Account').records[0]!.id!}' AND StageName IN ('qualification', 'NEGOTIATION/review')) OR Id = '${id!}'`;
  const plan = planOf({ org, query }, either);
  assert.equal(plan[0], 'MULTI-INDEX OR', plan.join('; '));
  assert.equal(scans(plan), false, plan.join('; '));
  org.close();
});

test('a field that comes to mind the case, or not to, is compared so from then on', () => {
  const { org, put, insert, query } = openTestOrg();
  const define = (caseSensitive: boolean): void => {
    const more = { length: 80, externalId: true, unique: true, caseSensitive };
    put('CustomField', 'Account.Key__c', { label: 'Key', type: 'Text', ...more });
    org.reload();
  };
  const found = (): number => query("SELECT Id FROM Account WHERE Key__c IN ('KEY') OR Key__c = 'KEY'").totalSize;
  define(true);
  insert('Account', { Name: 'A', Key__c: 'key' });
  assert.equal(found(), 0);
  define(false);
  assert.equal(found(), 1);
  define(true);
  assert.equal(found(), 0);
  assert.equal(query("SELECT Id FROM Account WHERE Key__c = 'key'").totalSize, 1);
  org.close();
});
