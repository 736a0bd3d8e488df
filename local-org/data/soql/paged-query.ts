import type { Query } from './ast.ts';
import { isAggregate } from './compile-expression.ts';
import { limitSql, objectOf, openQuery, orderSql, whereSql } from './compile-query.ts';
import type { QueryEnvironment } from './environment.ts';
import { fillDefinitions } from './definition-rows.ts';
import { runRows } from './run-rows.ts';
import { parseCached, type SoqlOptions } from './run-soql.ts';
import type { SoqlResult } from './soql-result.ts';

/** True for queries whose rows are groups or a count, which have no ids to page by. */
const isGrouped = (query: Query): boolean =>
  query.groupBy.length > 0 || query.select.some((item) => item.kind === 'expression' && isAggregate(item.expression));

/**
 * Ids of a query's records, in order, read one at a time as they are asked for, within the transaction; the query itself is checked
 * at once. Null for a query with aggregates, whose result is small.
 */
export function eachQueryId(
  environment: QueryEnvironment,
  text: string,
  options: SoqlOptions = {},
): Iterable<string> | null {
  const query = parseCached(text);
  if (isGrouped(query)) return null;
  fillDefinitions(environment, text);
  const allRows = options.allRows ?? false;
  const context = openQuery(environment, text, query, objectOf(environment, text, query), { allRows, depth: 0 });
  const where = whereSql(context);
  const order = orderSql(context);
  const sql = `SELECT ${context.source.root.idSql} FROM ${context.source.fromSql()}${where}${order}${limitSql(query)}`;
  const statement = environment.store.statement(sql);
  function* ids(): Generator<string> {
    for (const row of statement.iterate(...context.params)) yield (row as unknown as [string])[0];
  }
  return ids();
}

/** The same ids at once: what a locator has to keep of a result, however wide its rows are. DOC api/sforce_api_calls_query. */
export function queryIds(
  environment: QueryEnvironment,
  text: string,
  options: SoqlOptions = {},
): readonly string[] | null {
  const ids = eachQueryId(environment, text, options);
  return ids && [...ids];
}

/**
 * The records of one page as they are now, in the order of the ids; those deleted since, or no longer the user's to read, are
 * left out. `totalSize` is the page's.
 */
export function queryPage(environment: QueryEnvironment, text: string, ids: readonly string[]): SoqlResult {
  const query: Query = { ...parseCached(text), where: null, scope: null, orderBy: [], limit: null, offset: null };
  const object = objectOf(environment, text, query);
  const context = openQuery(environment, text, query, object, { allRows: true, depth: 0 });
  const found = runRows(context, { field: 'Id', ids });
  const byId = new Map(found.records.map((record) => [record.id, record]));
  const records = ids.flatMap((id) => byId.get(id) ?? []);
  return { kind: 'result', totalSize: records.length, records, object: object.name, columns: found.columns };
}
