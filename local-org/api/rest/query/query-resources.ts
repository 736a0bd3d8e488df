import type { Transaction } from '../../../data/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import type { ApiContext } from '../../context.ts';
import { runSoql } from '../../../data/transaction.ts';
import type { Resource, RestAnswer, RestCall } from '../resource.ts';
import { columnMetadata } from './column-metadata.ts';
import type { Page } from './cursors.ts';
import { recordsJson } from './record-json.ts';

/**
 * Records a page, and what `Sforce-Query-Options: batchSize` may ask for (REST API Developer Guide, "Query Options
 * Header").
 */
const DEFAULT_PAGE = 2000;
const SMALLEST_PAGE = 200;
const LARGEST_PAGE = 2000;

export function pageSize(headers: RestCall['headers']): number {
  const asked = /batchSize\s*=\s*(\d+)/i.exec(headers['sforce-query-options'] ?? '')?.[1];
  return asked === undefined ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}

/** The query text of a request. */
export function queryText({ query }: RestCall): string {
  const text = query.q ?? '';
  if (text.trim() === '') throw new PlatformError('MALFORMED_QUERY', 'A query string has to be specified');
  return text;
}

export function pageBody(
  { totalSize, records, next }: Page<Readonly<Record<string, unknown>>>,
  base: string,
): Record<string, unknown> {
  return {
    totalSize,
    done: next === null,
    ...(next === null ? {} : { nextRecordsUrl: `${base}/${next}` }),
    records,
  };
}

const run = (context: ApiContext, tx: Transaction, call: RestCall, allRows: boolean): RestAnswer => {
  const result = runSoql(tx, queryText(call), { allRows });
  if (call.query.columns === 'true') return { status: 200, body: columnMetadata(tx.schema, result) };
  const base = `/services/data/v${call.version}`;
  const records = recordsJson({ schema: tx.schema, base: `${base}/sobjects` }, result);
  // SELECT COUNT() has a size and no records.
  const page =
    records.length === 0
      ? { totalSize: result.totalSize, records, next: null }
      : context.cursors.open(tx.user.id, records, pageSize(call.headers));
  return { status: 200, body: pageBody(page, `${base}/query`) };
};

const query: Resource = {
  method: 'GET',
  path: '/query',
  handle: (context, tx, call) => run(context, tx, call, false),
};

const queryAll: Resource = {
  method: 'GET',
  path: '/queryAll',
  handle: (context, tx, call) => run(context, tx, call, true),
};

const queryMore = (path: string): Resource => ({
  method: 'GET',
  path: `${path}/:locator`,
  handle(context, tx, call) {
    const page = context.cursors.page(tx.user.id, call.params.locator ?? '', pageSize(call.headers));
    return { status: 200, body: pageBody(page, `/services/data/v${call.version}${path}`) };
  },
});

/** SOQL over REST. */
export const queryResources: readonly Resource[] = [query, queryAll, queryMore('/query'), queryMore('/queryAll')];
