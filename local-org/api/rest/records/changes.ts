import { runSoql } from '../../../data/transaction.ts';
import type { Transaction } from '../../../data/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import type { ObjectDef } from '../../../schema/types.ts';

/** "startDate must be no earlier than 30 days ago" (SOAP API Developer Guide, getUpdated(), getDeleted()). */
const DAYS_BACK = 30;
const DAY_MS = 86_400_000;

export interface ChangedRecord {
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

export interface Changes {
  readonly records: readonly ChangedRecord[];
  readonly earliestDateAvailable: string;
  readonly latestDateCovered: string;
}

function moment(text: string | undefined, name: string): Date {
  // A plus sign in a query string arrives as a blank.
  const date = new Date((text ?? '').replace(' ', '+'));
  if (!Number.isNaN(date.getTime())) return date;
  throw new PlatformError('INVALID_REPLICATION_DATE', `${name} is required and must be a date and time`);
}

/**
 * Records of an object that were created or changed (or, with `deleted`, deleted) between two moments. Throws
 * INVALID_REPLICATION_DATE as getUpdated() and getDeleted() do.
 */
export function changedRecords(
  tx: Transaction,
  object: ObjectDef,
  deleted: boolean,
  start: string | undefined,
  end: string | undefined,
): Changes {
  const [from, to] = [moment(start, 'start'), moment(end, 'end')];
  const earliest = new Date(tx.now.getTime() - DAYS_BACK * DAY_MS);
  if (from.getTime() >= to.getTime())
    throw new PlatformError(
      'INVALID_REPLICATION_DATE',
      'startDate before org replication enabled date or after endDate',
    );
  if (from < earliest)
    throw new PlatformError('INVALID_REPLICATION_DATE', `startDate cannot be more than ${String(DAYS_BACK)} days ago`);
  const bin = object.fields.has('isdeleted') ? ` AND IsDeleted = ${String(deleted)}` : '';
  const covered = `SystemModstamp >= ${from.toISOString()} AND SystemModstamp < ${to.toISOString()}`;
  const soql = `SELECT Id, SystemModstamp FROM ${object.name} WHERE ${covered}${bin} ORDER BY SystemModstamp`;
  const { records } = deleted && bin === '' ? { records: [] } : runSoql(tx, soql, { allRows: true });
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    records: records.map(({ id, values }) => ({ id: String(id), at: textOf(values['SystemModstamp']) })),
    earliestDateAvailable: earliest.toISOString(),
    latestDateCovered: (to < tx.now ? to : tx.now).toISOString(),
  };
}
