import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldValue } from '../../../local-org/data/types.ts';
import { openTestOrg, type TestOrg, type Values } from './open-test-org.ts';

/** Fixed, so that a failure can be had again. */
const RUNS = { seed: 20_260_331, numRuns: 200 } as const;

const INDUSTRIES = ['Energy', 'Banking', null];
const NUMBERS = [0, 1, 2, 25, -3, null];

interface Account extends Values {
  readonly AccountNumber: string;
}

/** Accounts whose columns have equal and missing values, contacts on some of them. */
function scene(): {
  readonly org: TestOrg;
  readonly accounts: readonly Account[];
  readonly contacts: readonly Values[];
} {
  const org = openTestOrg();
  const accounts = Array.from({ length: 24 }, (_, i): Account => ({
    Name: `a${i % 5}`,
    AccountNumber: String(i).padStart(2, '0'),
    Industry: INDUSTRIES[i % INDUSTRIES.length]!,
    AnnualRevenue: NUMBERS[i % NUMBERS.length]!,
    NumberOfEmployees: i % 4 === 0 ? null : i % 3,
  }));
  const saved = org.save('insert', 'Account', accounts);
  const contacts = Array.from({ length: 20 }, (_, i): Values => ({
    LastName: `c${i}`,
    AccountId: i % 4 === 3 ? null : saved[(i * 7) % 12]!.id,
    Title: i % 3 === 0 ? null : `t${i % 2}`,
  }));
  assert.ok(org.save('insert', 'Contact', contacts).every(({ success }) => success));
  return { org, accounts: accounts.map((one, i) => ({ ...one, Id: saved[i]!.id })), contacts };
}

const { org, accounts, contacts } = scene();
const fields = fc.constantFrom('Name', 'Industry', 'AnnualRevenue', 'NumberOfEmployees');

interface Order {
  readonly field: string;
  readonly descending: boolean;
  readonly nulls: 'FIRST' | 'LAST' | null;
}

const orders = fc.uniqueArray(
  fc.record({
    field: fields,
    descending: fc.boolean(),
    nulls: fc.constantFrom('FIRST' as const, 'LAST' as const, null),
  }),
  { selector: ({ field }) => field, maxLength: 3 },
);

const compareValues = (a: FieldValue, b: FieldValue): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
};

/** Missing values first unless it is said otherwise, whatever the direction. */
function compareRows(list: readonly Order[], left: Values, right: Values): number {
  for (const { field, descending, nulls } of list) {
    const [a, b] = [left[field] ?? null, right[field] ?? null];
    if (a === null && b === null) continue;
    const last = nulls === 'LAST' ? 1 : -1;
    if (a === null) return last;
    if (b === null) return -last;
    const order = compareValues(a, b);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

const orderSoql = (list: readonly Order[]): string =>
  [...list, { field: 'AccountNumber', descending: false, nulls: null }]
    .map(({ field, descending, nulls }) => `${field}${descending ? ' DESC' : ''}${nulls ? ` NULLS ${nulls}` : ''}`)
    .join(', ');

const byNumber: Order = { field: 'AccountNumber', descending: false, nulls: null };
const values = (soql: string): readonly Values[] => org.query(soql).records.map((record) => record.values as Values);

test('ORDER BY, LIMIT and OFFSET give the rows that sorting and cutting by hand gives', () => {
  fc.assert(
    fc.property(orders, fc.option(fc.nat(30)), fc.nat(30), (list, limit, offset) => {
      const sorted = [...accounts].sort((a, b) => compareRows([...list, byNumber], a, b));
      const expected = sorted.slice(offset, limit === null ? undefined : offset + limit);
      const soql = `SELECT AccountNumber FROM Account ORDER BY ${orderSoql(list)}${limit === null ? '' : ` LIMIT ${limit}`}${offset > 0 ? ` OFFSET ${offset}` : ''}`;
      assert.deepEqual(
        values(soql).map((row) => row['AccountNumber']),
        expected.map((row) => row.AccountNumber),
        soql,
      );
    }),
    RUNS,
  );
});

const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'] as const;

/** What an aggregate means, told without SQL: missing values do not count; of none there is no sum. */
function aggregate(name: (typeof AGGREGATES)[number], given: readonly FieldValue[]): number | null {
  const numbers = given.filter((value): value is number => typeof value === 'number');
  const sum = numbers.reduce((total, value) => total + value, 0);
  if (name === 'COUNT') return numbers.length;
  if (name === 'COUNT_DISTINCT') return new Set(numbers).size;
  if (numbers.length === 0) return null;
  if (name === 'SUM') return sum;
  if (name === 'AVG') return sum / numbers.length;
  return name === 'MIN' ? Math.min(...numbers) : Math.max(...numbers);
}

const close = (a: FieldValue, b: FieldValue): boolean =>
  typeof a === 'number' && typeof b === 'number' ? Math.abs(a - b) < 1e-9 : a === b;

test('GROUP BY, HAVING and aggregates give the groups that counting by hand gives', () => {
  const groupings = fc.uniqueArray(fc.constantFrom('Name', 'Industry', 'NumberOfEmployees'), {
    minLength: 1,
    maxLength: 2,
  });
  fc.assert(
    fc.property(groupings, fc.constantFrom(...AGGREGATES), fc.option(fc.nat(6)), (group, name, least) => {
      const groups = Map.groupBy(accounts, (row) => JSON.stringify(group.map((field) => row[field] ?? null)));
      const expected = [...groups]
        .filter(([, rows]) => least === null || rows.length > least)
        .map(([key, rows]) => ({
          key,
          value: aggregate(
            name,
            rows.map((row) => row['AnnualRevenue'] ?? null),
          ),
        }))
        .sort((a, b) => compareValues(a.key, b.key));
      const having = least === null ? '' : ` HAVING COUNT(Id) > ${least}`;
      const soql = `SELECT ${group.join(', ')}, ${name}(AnnualRevenue) v FROM Account GROUP BY ${group.join(', ')}${having}`;
      const found = values(soql)
        .map((row) => ({ key: JSON.stringify(group.map((field) => row[field] ?? null)), value: row['v'] ?? null }))
        .sort((a, b) => compareValues(a.key, b.key));
      assert.deepEqual(
        found.map(({ key }) => key),
        expected.map(({ key }) => key),
        soql,
      );
      for (const [i, { value }] of found.entries())
        assert.ok(close(value, expected[i]!.value), `${soql}: ${value}, ${expected[i]!.value}`);
    }),
    RUNS,
  );
});

test('children, semi-joins and anti-joins find what following the lookups by hand finds', () => {
  const titles = fc.constantFrom(
    "Title = 't0'",
    "Title = 't1'",
    'Title = null',
    'Title != null',
    "LastName LIKE 'c1%'",
  );
  const HOLDS: Readonly<Record<string, (row: Values) => boolean>> = {
    "Title = 't0'": (row) => row['Title'] === 't0',
    "Title = 't1'": (row) => row['Title'] === 't1',
    'Title = null': (row) => row['Title'] === null,
    'Title != null': (row) => row['Title'] !== null,
    "LastName LIKE 'c1%'": (row) => String(row['LastName']).startsWith('c1'),
  };
  fc.assert(
    fc.property(titles, fc.boolean(), fc.integer({ min: 1, max: 3 }), (condition, anti, most) => {
      const matching = contacts.filter((row) => HOLDS[condition]!(row));
      const parents = new Set(matching.map((row) => row['AccountId']).filter((id) => id !== null));
      const expected = accounts.filter(({ Id }) => parents.has(Id!) !== anti);
      const nothing = anti ? ' AND AccountId != null' : '';
      const soql =
        `SELECT AccountNumber, (SELECT LastName FROM Contacts WHERE ${condition} ORDER BY LastName LIMIT ${most}) FROM Account ` +
        `WHERE Id ${anti ? 'NOT ' : ''}IN (SELECT AccountId FROM Contact WHERE ${condition}${nothing}) ORDER BY AccountNumber`;
      const found = org.query(soql).records.map(({ values: row }) => {
        const children = row['Contacts'];
        const records =
          typeof children === 'object' && children !== null && 'records' in children ? children.records : [];
        return [row['AccountNumber'], records.map((child) => child.values['LastName'])];
      });
      const byHand = expected.map(({ AccountNumber, Id }) => [
        AccountNumber,
        matching
          .filter((row) => row['AccountId'] === Id)
          .map((row) => row['LastName'])
          .sort((a, b) => compareValues(a ?? null, b ?? null))
          .slice(0, most),
      ]);
      assert.deepEqual(found, byHand, soql);
    }),
    { ...RUNS, numRuns: 60 },
  );
});
