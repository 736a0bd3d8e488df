import type { FieldValue, Filter, Row, Selection } from '../../data/types.ts';
import type { Session } from '../formula/types.ts';
import { matchesFilter } from './match-filter.ts';

type Leaf = Extract<Filter, { readonly field: string }>;

/** A row with values of formula fields beside the stored ones. */
export type CompleteRow = (session: Session, row: Row) => Readonly<Row>;

interface BulkQuery {
  readonly object: string;
  readonly orderBy: Selection['orderBy'];
  /** How many rows each interview wants at most. */
  readonly limits: readonly (number | undefined)[];
  readonly filters: readonly (Filter | null)[];
  /** Null where only stored fields are compared. */
  readonly complete: CompleteRow | null;
}

/**
 * Runs one query for all interviews that wait at a Get Records element and hands each its rows. It counts as one query,
 * as
 * Salesforce's bulkification does: "one SOQL query instead of 100" (help: Flow Bulkification in Transactions).
 */
export function queryForEach(session: Session, query: BulkQuery): readonly (readonly Row[])[] {
  const { tx } = session;
  tx.limits.use('queries', 1);
  const keys = query.filters.map((filter) => JSON.stringify(filter));
  const distinct = [...new Map(query.filters.map((filter, index) => [keys[index]!, filter])).values()];
  const largest = query.limits.includes(undefined) ? undefined : Math.max(...(query.limits as number[]));
  const alone = distinct.length === 1;
  const rows = tx.select({
    object: query.object,
    filter: alone ? distinct[0]! : combined(distinct),
    ...(query.orderBy && { orderBy: query.orderBy }),
    ...(alone && largest !== undefined && { limit: largest }),
  });
  const { complete } = query;
  const pick = alone ? () => rows : partition(distinct, rows, (row) => complete?.(session, row) ?? row);
  const picked = new Map<string, readonly Row[]>();
  for (const [index, filter] of query.filters.entries())
    if (!picked.has(keys[index]!)) picked.set(keys[index]!, pick(filter));
  /** What no interview has asked for was found only because they are asked for together. */
  tx.limits.use('queryRows', new Set([...picked.values()].flat()).size);
  return query.filters.map((_filter, index) => {
    const own = picked.get(keys[index]!)!;
    const limit = query.limits[index];
    return limit === undefined || own.length <= limit ? own : own.slice(0, limit);
  });
}

/** The leaves of a plain `and`, or null for anything else. */
function leavesOf(filter: Filter | null): readonly Leaf[] | null {
  if (filter === null) return null;
  if ('field' in filter) return [filter];
  return 'and' in filter && filter.and.every((part) => 'field' in part) ? filter.and : null;
}

const sameValue = (left: Leaf, right: Leaf): boolean => JSON.stringify(left.value) === JSON.stringify(right.value);

/** Filters that compare the same fields, and the places in which their values differ. */
interface Alike {
  readonly leaves: readonly (readonly Leaf[])[];
  /** Each is an `=` or an `in`: one `in` with the values of all finds the rows of all, and a few more. */
  readonly varying: readonly number[];
}

function alike(filters: readonly (Filter | null)[]): Alike | null {
  const leaves = filters.map(leavesOf);
  const first = leaves[0];
  if (!first || leaves.some((list) => list?.length !== first.length)) return null;
  const lists = leaves as readonly (readonly Leaf[])[];
  const varying: number[] = [];
  for (const [place, leaf] of first.entries()) {
    if (lists.some((list) => list[place]!.field !== leaf.field || list[place]!.operator !== leaf.operator)) return null;
    if (lists.every((list) => sameValue(list[place]!, leaf))) continue;
    if (leaf.operator !== '=' && leaf.operator !== 'in') return null;
    varying.push(place);
  }
  return varying.length === 0 ? null : { leaves: lists, varying };
}

const valuesOf = ({ value }: Leaf): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [value as FieldValue];

function combined(filters: readonly (Filter | null)[]): Filter | null {
  if (filters.includes(null)) return null;
  const same = alike(filters);
  if (!same) return { or: filters as readonly Filter[] };
  return {
    and: same.leaves[0]!.map((leaf, place) => {
      if (!same.varying.includes(place)) return leaf;
      const values = new Set(same.leaves.flatMap((list) => valuesOf(list[place]!)));
      return { field: leaf.field, operator: 'in', value: [...values] };
    }),
  };
}

/** The rows of each filter, in the order in which all rows came. What all filters have in common the database has decided. */
function partition(
  filters: readonly (Filter | null)[],
  rows: readonly Row[],
  complete: (row: Row) => Readonly<Row>,
): (filter: Filter | null) => readonly Row[] {
  const compared = rows.map((row, index) => ({ row, values: complete(row), index }));
  const matching = (filter: Filter | null, among: typeof compared): readonly Row[] =>
    among.flatMap(({ row, values }) => (matchesFilter(filter, values) ? [row] : []));
  const [place, ...others] = alike(filters)?.varying ?? [];
  if (place === undefined) return (filter) => matching(filter, compared);
  const key = (value: FieldValue | undefined): string =>
    JSON.stringify(typeof value === 'string' ? value.toLowerCase() : (value ?? null));
  const { field } = leavesOf(filters[0]!)![place]!;
  const byValue = Map.groupBy(compared, ({ values }) => key(values[field]));
  return (filter) => {
    const leaves = leavesOf(filter)!;
    const wanted = new Set(valuesOf(leaves[place]!).map(key));
    const found = [...wanted].flatMap((value) => byValue.get(value) ?? []);
    const ordered = wanted.size > 1 ? found.toSorted((left, right) => left.index - right.index) : found;
    return matching({ and: others.map((other) => leaves[other]!) }, ordered);
  };
}
