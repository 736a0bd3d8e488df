import { makeId } from '../../../data/ids.ts';
import { PlatformError } from '../../../platform-error.ts';

/**
 * A user can have up to ten query cursors open; the oldest goes first (SOQL and SOSL Reference, QueryLocator limits).
 */
const MOST_CURSORS = 10;
/** Key prefix of query locators. */
const LOCATOR_PREFIX = '01g';

export interface Page<Item> {
  readonly totalSize: number;
  readonly records: readonly Item[];
  /** `01g…-2000`; null on the last page. */
  readonly next: string | null;
}

/** Results that did not fit on one page. */
export interface Cursors<Item> {
  /** First page of a result; keeps the rest for its user. */
  open(userId: string, records: readonly Item[], pageSize: number): Page<Item>;
  /** Another page. Throws INVALID_QUERY_LOCATOR when the cursor is gone or is someone else's. */
  page(userId: string, locator: string, pageSize: number): Page<Item>;
}

interface Cursor<Item> {
  readonly userId: string;
  readonly records: readonly Item[];
}

export function createCursors<Item>(): Cursors<Item> {
  const cursors = new Map<string, Cursor<Item>>();
  let last = 0;

  const pageOf = (id: string, records: readonly Item[], start: number, pageSize: number): Page<Item> => {
    const end = start + pageSize;
    return {
      totalSize: records.length,
      records: records.slice(start, end),
      next: end < records.length ? `${id}-${String(end)}` : null,
    };
  };

  const makeRoom = (userId: string): void => {
    const own = [...cursors].filter(([, cursor]) => cursor.userId === userId);
    for (const [id] of own.slice(0, Math.max(0, own.length - MOST_CURSORS + 1))) cursors.delete(id);
  };

  return {
    open(userId, records, pageSize) {
      if (records.length <= pageSize) return pageOf('', records, 0, pageSize);
      makeRoom(userId);
      const id = makeId(LOCATOR_PREFIX, ++last);
      cursors.set(id, { userId, records });
      return pageOf(id, records, 0, pageSize);
    },
    page(userId, locator, pageSize) {
      const [, id = '', start = ''] = /^(\w+)-(\d+)$/.exec(locator) ?? [];
      const cursor = cursors.get(id);
      if (cursor?.userId !== userId) throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
      return pageOf(id, cursor.records, Number(start), pageSize);
    },
  };
}
