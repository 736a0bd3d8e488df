import type { FieldValue, Filter, Row, Selection } from '../../data/types.ts';
import type { Session } from '../formula/types.ts';
import { comparable, matchesFilter, type IsCaseSensitive } from './match-filter.ts';

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
  const fields = tx.schema.object(query.object)?.fields;
  const found: Found = {
    rows: rows.map((row, index) => ({ row, values: complete?.(session, row) ?? row, index })),
    isCaseSensitive: (field) => fields?.get(field.toLowerCase())?.caseSensitive === true,
  };
  const pick = alone ? () => rows : partition(distinct, found);
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

/** A filter that holds for all rows of these filters. Where they are alike, each of their comparisons is made once for all of them. */
function combined(filters: readonly (Filter | null)[]): Filter | null {
  if (filters.includes(null)) return null;
  return merged(filters as readonly Filter[]) ?? { or: filters as readonly Filter[] };
}

/**
 * Filters of the same shape as one of that shape, which holds for what each of them holds for and, where several comparisons vary, for a
 * few rows more: `and` and `or` never hold for less when one of their parts holds for more. Null where the shapes differ.
 */
function merged(filters: readonly Filter[]): Filter | null {
  const first = filters[0]!;
  if ('and' in first)
    return mergedParts(
      filters,
      (filter) => ('and' in filter ? filter.and : null),
      (and) => ({ and }),
    );
  if ('or' in first)
    return mergedParts(
      filters,
      (filter) => ('or' in filter ? filter.or : null),
      (or) => ({ or }),
    );
  const keys = new Set(filters.map((filter) => JSON.stringify(filter)));
  if (keys.size === 1) return first;
  if ('not' in first) return null;
  const { field, operator } = first;
  const leaves = filters.filter(
    (filter) => 'field' in filter && filter.field === field && filter.operator === operator,
  );
  if (leaves.length < filters.length) return null;
  if (operator === '=' || operator === 'in')
    return { field, operator: 'in', value: [...new Set((leaves as readonly Leaf[]).flatMap(valuesOf))] };
  return { or: [...new Map(filters.map((filter) => [JSON.stringify(filter), filter])).values()] };
}

function mergedParts(
  filters: readonly Filter[],
  partsOf: (filter: Filter) => readonly Filter[] | null,
  join: (parts: readonly Filter[]) => Filter,
): Filter | null {
  const lists = filters.map(partsOf);
  const count = lists[0]!.length;
  if (lists.some((parts) => parts?.length !== count)) return null;
  const parts = Array.from({ length: count }, (_, place) => merged(lists.map((list) => list![place]!)));
  return parts.includes(null) ? null : join(parts as readonly Filter[]);
}

/** What one query has found for all, in its order. */
interface Found {
  readonly rows: readonly { readonly row: Row; readonly values: Readonly<Row>; readonly index: number }[];
  readonly isCaseSensitive: IsCaseSensitive;
}

/** The leaves of a plain `and`, or null for anything else. */
function leavesOf(filter: Filter | null): readonly Leaf[] | null {
  if (filter === null) return null;
  if ('field' in filter) return [filter];
  return 'and' in filter && filter.and.every((part) => 'field' in part) ? filter.and : null;
}

const valuesOf = ({ value }: Leaf): readonly FieldValue[] =>
  Array.isArray(value) ? (value as readonly FieldValue[]) : [value as FieldValue];

/** The place at which plain filters compare the same field with values of their own; null where there is none. */
function varyingPlace(filters: readonly (Filter | null)[]): number | null {
  const lists = filters.map(leavesOf);
  const place = lists[0]?.findIndex(
    ({ field, operator }, at) =>
      (operator === '=' || operator === 'in') &&
      lists.every((leaves) => leaves?.[at]?.field === field && leaves[at].operator === operator) &&
      new Set(lists.map((leaves) => JSON.stringify(leaves![at]!.value))).size > 1,
  );
  return place === undefined || place < 0 ? null : place;
}

/** The rows of each filter, in the order in which all rows came. */
function partition(filters: readonly (Filter | null)[], found: Found): (filter: Filter | null) => readonly Row[] {
  const { rows, isCaseSensitive } = found;
  const matching = (filter: Filter | null, among: Found['rows']): readonly Row[] =>
    among.flatMap(({ row, values }) => (matchesFilter(filter, values, isCaseSensitive) ? [row] : []));
  const place = varyingPlace(filters);
  if (place === null) return (filter) => matching(filter, rows);
  const { field } = leavesOf(filters[0]!)![place]!;
  const key = (value: FieldValue | undefined): string => JSON.stringify(comparable(value, isCaseSensitive(field)));
  const byValue = Map.groupBy(rows, ({ values }) => key(values[field]));
  return (filter) => {
    const leaves = leavesOf(filter)!;
    const wanted = new Set(valuesOf(leaves[place]!).map(key));
    const own = [...wanted].flatMap((value) => byValue.get(value) ?? []);
    const ordered = wanted.size > 1 ? own.toSorted((left, right) => left.index - right.index) : own;
    return matching({ and: leaves.toSpliced(place, 1) }, ordered);
  };
}
