import assert from 'node:assert/strict';
import type { LoggedTransaction } from '../../../../local-org/data/transaction.ts';
import type { Row } from '../../../../local-org/data/types.ts';
import { opportunity, saved } from '../test-org.ts';
import { input, text, to } from './flow-fixtures.ts';

export type Json = Readonly<Record<string, unknown>>;
export const MANY = 200;
export const times = <T>(count: number, make: (n: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, n) => make(n));

export const get = (name: string, object: string, filters: readonly Json[], next: string, more: Json = {}): Json => ({
  name,
  label: name,
  object,
  filterLogic: 'and',
  filters,
  getFirstRecordOnly: false,
  storeOutputAutomatically: true,
  connector: to(next),
  ...more,
});
export const create = (
  name: string,
  object: string,
  values: Readonly<Record<string, Json>>,
  more: Json = {},
): Json => ({
  name,
  label: name,
  object,
  inputAssignments: Object.entries(values).map(([key, value]) => input(key, value)),
  ...more,
});
export const loop = (name: string, collection: string, each: string, done: string): Json => ({
  name,
  label: name,
  collectionReference: collection,
  iterationOrder: 'Asc',
  nextValueConnector: to(each),
  noMoreValuesConnector: to(done),
});
export const task = (subject: string, more: Readonly<Record<string, Json>> = {}): Readonly<Record<string, Json>> => ({
  Subject: text(subject),
  Status: text('Not Started'),
  Priority: text('Normal'),
  ...more,
});

export const rows = (tx: LoggedTransaction, object: string): readonly Row[] => tx.select({ object, filter: null });

/** What `work` has used of the governor limits, and that it did not take long. */
export function used(tx: LoggedTransaction, work: () => void): Readonly<Record<string, number>> {
  const names = ['queries', 'dmlStatements', 'dmlRows'] as const;
  const before = names.map((name) => tx.limits.used(name));
  const since = performance.now();
  work();
  const took = performance.now() - since;
  assert.ok(took < 3000, `${took} ms`);
  return Object.fromEntries(names.map((name, index) => [name, tx.limits.used(name) - before[index]!]));
}

export const accountsOf = (tx: LoggedTransaction): readonly string[] =>
  saved(tx, 'insert', 'Account', ...times(MANY, (n) => ({ Name: `Account ${n}` })));
export const dealsOf = (tx: LoggedTransaction, accounts: readonly string[], more: Row = {}): readonly string[] =>
  saved(
    tx,
    'insert',
    'Opportunity',
    ...accounts.map((AccountId, n) => opportunity({ Name: `Deal ${n}`, AccountId, ...more })),
  );

export function entryOf(tx: LoggedTransaction): string {
  const [book] = tx.select({ object: 'Pricebook2', filter: { field: 'IsStandard', operator: '=', value: true } });
  const [product] = saved(tx, 'insert', 'Product2', { Name: 'Seat', IsActive: true });
  const entry = { Pricebook2Id: book!.Id!, Product2Id: product!, UnitPrice: 10, IsActive: true };
  return saved(tx, 'insert', 'PricebookEntry', entry)[0]!;
}
