import type { Transaction } from '../../data/types.ts';

/** The org's own time zone (IANA name): schedules and dates without a time are in it, whoever saves. */
export function orgTimeZone(tx: Transaction): string {
  const zone = tx.select({ object: 'Organization', filter: null, limit: 1 })[0]?.TimeZoneSidKey;
  return typeof zone === 'string' ? zone : 'UTC';
}
