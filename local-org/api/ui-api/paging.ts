import { PlatformError } from '../../platform-error.ts';
import type { RestCall } from '../rest/resource.ts';

/** Part of a list that a call asks for: `pageToken` is the position where it begins. */
export interface Paging {
  readonly offset: number;
  readonly pageSize: number;
}

/** Reads `pageSize` and `pageToken`. Throws INVALID_PARAMETER_VALUE for a size out of range or a token that no page gave. */
export function pagingOf({ query }: RestCall, { standard, most }: { standard: number; most: number }): Paging {
  const { pageSize = String(standard), pageToken = '0' } = query;
  const size = wholeNumber(pageSize);
  if (size === null || size < 1 || size > most)
    throw new PlatformError('INVALID_PARAMETER_VALUE', `pageSize must be a whole number from 1 to ${String(most)}`);
  const offset = wholeNumber(pageToken);
  if (offset === null) throw new PlatformError('INVALID_PARAMETER_VALUE', `pageToken is not valid: ${pageToken}`);
  return { offset, pageSize: size };
}

const wholeNumber = (text: string): number | null => (/^\d{1,9}$/.test(text) ? Number(text) : null);

/** The properties of a page that tell of its neighbours. */
export const pageTokens = ({ offset, pageSize }: Paging, hasMore: boolean): Readonly<Record<string, unknown>> => ({
  currentPageToken: String(offset),
  nextPageToken: hasMore ? String(offset + pageSize) : null,
  pageSize,
  previousPageToken: offset > 0 ? String(Math.max(0, offset - pageSize)) : null,
});
