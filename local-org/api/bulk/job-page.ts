import { PlatformError } from '../../platform-error.ts';

/** Jobs in one answer ("Get Information About All Ingest Jobs": "up to 1000 result rows per request"). */
const PAGE = 1000;

/** A page of all jobs; `queryLocator` is where it begins. */
export function jobPage(
  jobs: readonly Record<string, unknown>[],
  queryLocator: string | undefined,
  url: string,
): Record<string, unknown> {
  const start = queryLocator === undefined ? 0 : Number(queryLocator);
  if (!Number.isInteger(start) || start < 0)
    throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator', { httpStatus: 400 });
  const end = start + PAGE;
  const done = end >= jobs.length;
  const path = url.split('?')[0] ?? url;
  return { done, records: jobs.slice(start, end), nextRecordsUrl: done ? null : `${path}?queryLocator=${String(end)}` };
}
