/** What many interviews ask for in one query is what each of them would have got alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { queryForEach } from '../../../../local-org/automation/flow/bulk-query.ts';
import { createSession } from '../../../../local-org/automation/records/session.ts';
import type { LoggedTransaction } from '../../../../local-org/data/transaction.ts';
import type { FieldValue, Filter, Row } from '../../../../local-org/data/types.ts';
import { field, saved, testOrg } from '../test-org.ts';

const KEYS = ['k1:a', 'k1:b', 'K1:a', 'k2:a', 'K2', 'é:1', 'É:1', 'k_1', 'k%1'];
const SITES = ['north', 'North', 'SOUTH', 'é', 'É', null];
const STAFF = [0, 1, 2, null];

const org = testOrg([
  field('Account', 'Key__c', 'Text', { length: 80, unique: true, externalId: true, caseSensitive: true }),
]);

/** Accounts with every key once, and many of none. */
const accounts = (tx: LoggedTransaction): void =>
  void saved(
    tx,
    'insert',
    'Account',
    ...Array.from({ length: 60 }, (_, n) => ({
      Name: `A${String(n)}`,
      Key__c: KEYS[n] ?? null,
      Site: SITES[n % SITES.length]!,
      NumberOfEmployees: STAFF[n % STAFF.length]!,
      Rating: n % 3 === 0 ? 'Hot' : null,
    })),
  );

const leaf = (
  name: string,
  operators: readonly ('=' | '!=' | 'startsWith' | 'contains' | '<')[],
  values: readonly FieldValue[],
) =>
  fc.record({
    field: fc.constant(name),
    operator: fc.constantFrom(...operators),
    value: fc.constantFrom(...values),
  });
const leaves: fc.Arbitrary<Filter> = fc.oneof(
  leaf('Key__c', ['=', '!=', 'startsWith', 'contains'], [...KEYS, 'k1', 'K', '']),
  leaf(
    'Site',
    ['=', '!=', 'startsWith'],
    SITES.filter((site) => site !== null),
  ),
  leaf('NumberOfEmployees', ['=', '!=', '<'], STAFF),
  fc.record({
    field: fc.constantFrom('Key__c', 'Site'),
    operator: fc.constantFrom('in' as const, 'notIn' as const),
    value: fc.subarray([...KEYS, 'north', 'É']),
  }),
);
const shapes: fc.Arbitrary<Filter> = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 3 },
    leaves,
    fc.record({ and: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('filter'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;

/** The same shape with other values, as interviews at one element have it. */
const reshaped = (shape: Filter, pick: (values: readonly FieldValue[]) => FieldValue): Filter => {
  if ('and' in shape) return { and: shape.and.map((part) => reshaped(part, pick)) };
  if ('or' in shape) return { or: shape.or.map((part) => reshaped(part, pick)) };
  if ('not' in shape) return { not: reshaped(shape.not, pick) };
  const values =
    shape.field === 'Key__c' ? KEYS : shape.field === 'Site' ? SITES.filter((site) => site !== null) : STAFF;
  return { ...shape, value: Array.isArray(shape.value) ? [pick(values), pick(values)] : pick(values) };
};
const alike: fc.Arbitrary<readonly Filter[]> = fc
  .tuple(shapes, fc.array(fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 12 }))
  .map(([shape, seeds]) =>
    seeds.map((seed) => {
      let at = 0;
      return reshaped(shape, (values) => values[seed[at++ % seed.length]! % values.length]!);
    }),
  );

const names = (rows: readonly Row[]): readonly string[] => rows.map(({ Name }) => String(Name)).toSorted();

test('each interview gets the rows it would get alone, whatever the others ask for', () => {
  org.run((tx) => {
    accounts(tx);
    const session = createSession(tx);
    fc.assert(
      fc.property(fc.oneof(alike, fc.array(shapes, { minLength: 2, maxLength: 6 })), (filters) => {
        const limits = filters.map(() => undefined);
        const together = queryForEach(
          { ...session, tx: { ...tx, limits: { ...tx.limits, use: () => undefined } } },
          { object: 'Account', orderBy: undefined, limits, filters, complete: null },
        );
        for (const [index, filter] of filters.entries())
          assert.deepEqual(names(together[index]!), names(tx.select({ object: 'Account', filter })));
      }),
      { numRuns: 500 },
    );
  });
});
