import type { Query } from './ast.ts';
import { isAggregate } from './compile-expression.ts';
import { objectOf, openQuery } from './compile-query.ts';
import { fillDefinitions } from './definition-rows.ts';
import type { QueryEnvironment } from './environment.ts';
import { parseSoql } from './parse-soql.ts';
import { runAggregate, runCount } from './run-aggregate.ts';
import { runRows } from './run-rows.ts';
import { soqlError } from './soql-error.ts';
import type { SoqlResult } from './soql-result.ts';

export interface SoqlOptions {
  /** Also rows in the recycle bin, as `queryAll` does. */
  readonly allRows?: boolean;
}

const PARSED_CACHE = 300;
const parsed = new Map<string, Query>();

/** Runs a query. Not counted against limits. Errors are PlatformErrors with the platform's codes and texts. */
export function runQuery(environment: QueryEnvironment, text: string, options: SoqlOptions = {}): SoqlResult {
  const query = parseCached(text);
  const object = objectOf(environment, text, query);
  fillDefinitions(environment, text);
  const context = openQuery(environment, text, query, object, {
    allRows: options.allRows ?? false,
    depth: 0,
  });
  const first = query.select[0];
  if (
    first?.kind === 'expression' &&
    first.expression.kind === 'call' &&
    first.expression.name === 'COUNT' &&
    first.expression.args.length === 0
  ) {
    if (query.select.length > 1 || query.groupBy.length > 0)
      throw soqlError('MALFORMED_QUERY', text, first.at, "unexpected token: 'COUNT'");
    return { kind: 'result', totalSize: runCount(context), records: [], object: object.name, columns: [] };
  }
  const grouped =
    query.groupBy.length > 0 || query.select.some((item) => item.kind === 'expression' && isAggregate(item.expression));
  const { records, columns } = grouped ? runAggregate(context) : runRows(context);
  return { kind: 'result', totalSize: records.length, records, object: object.name, columns };
}

/** A query's tree; the last few hundred are kept. */
export function parseCached(text: string): Query {
  let query = parsed.get(text);
  if (!query) {
    query = parseSoql(text);
    if (parsed.size >= PARSED_CACHE) parsed.delete(parsed.keys().next().value!);
    parsed.set(text, query);
  }
  return query;
}
