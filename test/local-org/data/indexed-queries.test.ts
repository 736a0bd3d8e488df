import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillMany, manyQueries } from '../../../bench/figures/million.ts';
import { openTestOrg } from './open-test-org.ts';

/** Queries whose answer needs every row. */
const WHOLE_TABLE = new Set(['count', 'by stage', 'one stage']);

test('what is asked of a big org is found by an index', () => {
  const { org, query } = openTestOrg();
  const [id] = fillMany(org, 2000, 100);
  const statements: string[] = [];
  const prepare = org.database.prepare.bind(org.database);
  org.database.prepare = (sql) => {
    statements.push(sql);
    return prepare(sql);
  };
  for (const [name, soql] of Object.entries(manyQueries(id!))) {
    statements.length = 0;
    query(soql);
    const sql = statements.find((text) => text.includes('"Opportunity" t0'));
    assert.ok(sql, name);
    const plan = prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array.from({ length: sql.split('?').length - 1 }, () => ''))
      .map((row) => String(row['detail']));
    const scans = plan.some((detail) => detail.startsWith('SCAN t0') && !detail.includes('USING INDEX'));
    assert.equal(scans, WHOLE_TABLE.has(name), `${name}: ${plan.join('; ')}`);
    assert.ok(name === 'by stage' || !plan.some((detail) => detail.includes('TEMP B-TREE FOR ORDER')), plan.join('; '));
  }
  org.close();
});
