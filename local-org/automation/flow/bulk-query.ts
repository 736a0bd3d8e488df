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
  tx.limits.use('queryRows', rows.length);
  const { complete } = query;
  const pick = alone ? () => rows : partition(distinct, rows, (row) => complete?.(session, row) ?? row);
  const picked = new Map<string, readonly Row[]>();
  return query.filters.map((filter, index) => {
    let own = picked.get(keys[index]!);
    if (!own) picked.set(keys[index]!, (own = pick(filter)));
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

/** The only `=` condition in which otherwise equal filters differ; then one `in` finds the rows of all. */
function varyingLeaf(
  filters: readonly (Filter | null)[],
): { readonly leaves: readonly (readonly Leaf[])[]; readonly index: number } | null {
  const leaves = filters.map(leavesOf);
  const first = leaves[0];
  if (!first || leaves.some((list) => list?.length !== first.length)) return null;
  const lists = leaves as readonly (readonly Leaf[])[];
  const varying: number[] = [];
  for (const [index, leaf] of first.entries()) {
    if (lists.some((list) => list[index]!.field !== leaf.field || list[index]!.operator !== leaf.operator)) return null;
    if (lists.some((list) => !sameValue(list[index]!, leaf))) varying.push(index);
  }
  const index = varying[0];
  return varying.length === 1 && index !== undefined && first[index]!.operator === '='
    ? { leaves: lists, index }
    : null;
}

function combined(filters: readonly (Filter | null)[]): Filter | null {
  if (filters.includes(null)) return null;
  const varying = varyingLeaf(filters);
  if (!varying) return { or: filters as readonly Filter[] };
  const { leaves, index } = varying;
  const values = leaves.map((list) => list[index]!.value as FieldValue);
  return {
    and: leaves[0]!.map((leaf, place) =>
      place === index ? { field: leaf.field, operator: 'in', value: values } : leaf,
    ),
  };
}

function partition(
  filters: readonly (Filter | null)[],
  rows: readonly Row[],
  complete: (row: Row) => Readonly<Row>,
): (filter: Filter | null) => readonly Row[] {
  const varying = varyingLeaf(filters);
  if (!varying) {
    const compared = rows.map((row) => ({ row, values: complete(row) }));
    return (filter) => compared.flatMap(({ row, values }) => (matchesFilter(filter, values) ? [row] : []));
  }
  const key = (value: FieldValue | undefined): string =>
    JSON.stringify(typeof value === 'string' ? value.toLowerCase() : (value ?? null));
  const { index } = varying;
  const field = varying.leaves[0]![index]!.field;
  const byValue = Map.groupBy(rows, (row) => key(complete(row)[field]));
  return (filter) => byValue.get(key(leavesOf(filter)![index]!.value as FieldValue)) ?? [];
}
