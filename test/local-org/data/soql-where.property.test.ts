import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldValue, Filter } from '../../../local-org/data/types.ts';
import { openTestOrg, type Values } from './open-test-org.ts';

interface Comparison {
  readonly field: 'Name' | 'NumberOfEmployees';
  readonly operator: '=' | '!=' | '<' | '>=';
  readonly value: string | number | null;
}
type Tree = { readonly all: readonly Tree[] } | { readonly any: readonly Tree[] } | { readonly not: Tree } | Comparison;

const comparison: fc.Arbitrary<Comparison> = fc.oneof(
  fc.record({
    field: fc.constant('Name' as const),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constantFrom('a', 'B', 'É', "o'x", 'z_%'),
  }),
  fc.record({
    field: fc.constant('NumberOfEmployees' as const),
    operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '>=' as const),
    value: fc.constantFrom(0, 1, 2, 3),
  }),
  fc.record({
    field: fc.constant('NumberOfEmployees' as const),
    operator: fc.constantFrom('=' as const, '!=' as const),
    value: fc.constant(null),
  }),
);

const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    comparison,
    fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('tree') }),
  ),
})).tree;

function toSoql(node: Tree): string {
  if ('all' in node) return `(${node.all.map(toSoql).join(' AND ')})`;
  if ('any' in node) return `(${node.any.map(toSoql).join(' OR ')})`;
  if ('not' in node) return `(NOT ${toSoql(node.not)})`;
  const literal = typeof node.value === 'string' ? `'${node.value.replaceAll("'", "\\'")}'` : String(node.value);
  return `${node.field} ${node.operator} ${literal}`;
}

function toFilter(node: Tree): Filter {
  if ('all' in node) return { and: node.all.map(toFilter) };
  if ('any' in node) return { or: node.any.map(toFilter) };
  if ('not' in node) return { not: toFilter(node.not) };
  return node;
}

/** What the condition means, told without SQL: two truth values, texts without case, a missing value equal to nothing but null. */
function holds(node: Tree, row: Values): boolean {
  if ('all' in node) return node.all.every((child) => holds(child, row));
  if ('any' in node) return node.any.some((child) => holds(child, row));
  if ('not' in node) return !holds(node.not, row);
  const fold = (value: FieldValue): FieldValue => (typeof value === 'string' ? value.toLowerCase() : value);
  const left = fold(row[node.field] ?? null);
  const right = fold(node.value);
  if (node.operator === '=') return left === right;
  if (node.operator === '!=') return left !== right;
  if (left === null || right === null) return false;
  return node.operator === '<' ? left < right : left >= right;
}

test('a condition finds the rows that a plain reading of it finds, in SOQL and as a filter', () => {
  const { save, run, query } = openTestOrg();
  const rows: Values[] = ['A', 'b', 'é', "O'X", 'Z_%'].flatMap((Name, i) => [
    { Name, NumberOfEmployees: i % 4, AccountNumber: `${i}` },
    { Name, NumberOfEmployees: null, AccountNumber: `${i}-none` },
  ]);
  assert.ok(save('insert', 'Account', rows).every((result) => result.success));
  fc.assert(
    fc.property(tree, (condition) => {
      const expected = rows.filter((row) => holds(condition, row)).map((row) => row['AccountNumber']);
      const soql = `SELECT AccountNumber FROM Account WHERE ${toSoql(condition)} ORDER BY Id`;
      assert.deepEqual(
        query(soql).records.map((record) => record.values['AccountNumber']),
        expected,
        soql,
      );
      const selected = run((tx) =>
        tx.select({ object: 'Account', filter: toFilter(condition), orderBy: [{ field: 'Id', descending: false }] }),
      );
      assert.deepEqual(
        selected.map((row) => row['AccountNumber']),
        expected,
      );
    }),
    { numRuns: 400 },
  );
});
