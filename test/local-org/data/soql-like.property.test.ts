/** LIKE on fields that tell `a` from `A` and on those that do not, against what it means. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openTestOrg } from './open-test-org.ts';

const TEXTS = ['ab', 'AB', 'a*b', 'a?b', 'a[b]', 'a%b', 'a_b', 'aXb', 'É1', 'é1', 'b', '[', '*', 'ab:1', 'ab:2'];

const { org, put, insert, query } = openTestOrg();
const text = { type: 'Text', length: 80, externalId: true };
put('CustomField', 'Account.Exact__c', { ...text, label: 'Exact', caseSensitive: true, unique: true });
put('CustomField', 'Account.Folded__c', { ...text, label: 'Folded' });
org.reload();
for (const value of TEXTS) insert('Account', { Name: value, Exact__c: value, Folded__c: value });
insert('Account', { Name: 'of none' });

/** A piece of a pattern: what is written, and what it stands for. */
const piece = fc.oneof(
  fc.constantFrom(...Array.from('abABÉé1:*?[]^-')).map((character) => ({ soql: character, means: character })),
  fc.constantFrom({ soql: '%', means: null }, { soql: '_', means: undefined }),
  fc.constantFrom({ soql: '\\%', means: '%' }, { soql: '\\_', means: '_' }),
);

test('LIKE minds the case of unique case-sensitive fields alone', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.boolean(), (pieces, exact) => {
      const source = pieces.map(({ means }) =>
        means === null ? '.*' : means === undefined ? '.' : means.replace(/[*?[\]^]/, '\\$&'),
      );
      const pattern = new RegExp(`^${source.join('')}$`, exact ? 'su' : 'isu');
      const soql = pieces.map((each) => each.soql).join('');
      const { records } = query(
        `SELECT Name FROM Account WHERE ${exact ? 'Exact__c' : 'Folded__c'} LIKE '${soql}' ORDER BY Name`,
      );
      assert.deepEqual(
        records.map(({ values }) => values['Name'] as string).toSorted(),
        TEXTS.filter((value) => pattern.test(value)).toSorted(),
      );
    }),
    { numRuns: 400 },
  );
});

test('what begins with a text is found by an index, with regard to case and without', () => {
  for (const [field, operator, value] of [
    ['Exact__c', 'GLOB', 'ab:*'],
    ['Folded__c', 'LIKE', 'ab:%'],
  ] as const) {
    const escape = operator === 'LIKE' ? " ESCAPE '\\'" : '';
    const plan = org.database
      .prepare(
        `EXPLAIN QUERY PLAN SELECT * FROM "Account" t WHERE t."IsDeleted" = 0 AND t."${field}" ${operator} ?${escape}`,
      )
      .all(value)
      .map(({ detail }) => String(detail));
    assert.match(plan.join('; '), new RegExp(`SEARCH t USING INDEX ix account ${field.toLowerCase()}`));
  }
});
