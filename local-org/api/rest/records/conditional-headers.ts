import { createHash } from 'node:crypto';
import type { Row } from '../../../data/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import type { RestAnswer, RestCall } from '../resource.ts';

/**
 * Conditional requests on a record (REST API Developer Guide, "Conditional Request Headers"): ETags for accounts alone,
 * dates for every object. Dates count in whole seconds, as HTTP writes them.
 */
type Stored = Readonly<Row>;

/** "This header is supported by sObject Rows (Account records only)". */
const WITH_ETAG = 'Account';

const etagOf = (row: Stored): string =>
  `"${createHash('sha1')
    .update(`${String(row['Id'])} ${String(row['SystemModstamp'])}`)
    .digest('hex')
    .slice(0, 26)}--gzip"`;

const changedAt = (row: Stored): number => Math.floor(Date.parse(String(row['LastModifiedDate'])) / 1000) * 1000;

/** `Last-Modified`, and `ETag` where the object has it. */
export function recordHeaders(object: string, row: Stored): Readonly<Record<string, string>> {
  const changed = changedAt(row);
  return {
    ...(Number.isNaN(changed) ? {} : { 'last-modified': new Date(changed).toUTCString() }),
    ...(object === WITH_ETAG ? { etag: etagOf(row) } : {}),
  };
}

/** Null when the request may go on; otherwise 304 for a read and 412 for a change. Throws 400 for a date that is none. */
export function unmetCondition(call: RestCall, object: string, row: Stored, isRead: boolean): RestAnswer | null {
  const date = (name: string): number | null => {
    const text = call.headers[name];
    if (text === undefined) return null;
    const moment = Date.parse(text);
    if (Number.isNaN(moment)) throw new PlatformError('BAD_REQUEST', `Invalid value for the header ${name}: ${text}`);
    return moment;
  };
  const matches = (name: string): boolean | null => {
    const text = call.headers[name];
    if (text === undefined || object !== WITH_ETAG) return null;
    return text.split(',').some((tag) => tag.trim() === '*' || tag.trim() === etagOf(row));
  };
  const changed = changedAt(row);
  const since = date('if-modified-since');
  const until = date('if-unmodified-since');
  if (matches('if-match') === false || (until !== null && changed > until)) return PRECONDITION_FAILED;
  if (matches('if-none-match') === true) return isRead ? NOT_MODIFIED : PRECONDITION_FAILED;
  return since !== null && changed <= since ? (isRead ? NOT_MODIFIED : PRECONDITION_FAILED) : null;
}

const NOT_MODIFIED: RestAnswer = { status: 304 };
const PRECONDITION_FAILED: RestAnswer = {
  status: 412,
  body: [{ errorCode: 'PRECONDITION_FAILED', message: 'The precondition of the request was not met.' }],
};
