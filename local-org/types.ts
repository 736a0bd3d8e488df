import type { DatabaseSync } from 'node:sqlite';
import type { Automation } from './automation/types.ts';
import type { Transaction, UserContext } from './data/types.ts';
import type { MetadataReader } from './metadata/types.ts';
import type { Schema } from './schema/types.ts';

/** How a transaction treats its user. */
export interface TransactOptions {
  /**
   * `user`: he sees and changes what his profile, permission sets and sharing let him, as through every API. `system` (the
   * default): the platform's own work on his behalf, without limits of access.
   */
  readonly mode?: 'user' | 'system';
}

/** The org's time. It runs with the machine's unless it was moved. */
export interface Clock {
  now(): Date;
  /** From then on time runs on from this moment; null goes back to the machine's time. */
  moveTo(moment: Date | null): void;
}

/** One org, open in this process. */
export interface LocalOrg {
  /** 18 characters, `00D…`. */
  readonly orgId: string;
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly metadata: MetadataReader;
  /** Current values; both are replaced by `reload`. */
  readonly schema: Schema;
  readonly automation: Automation;
  /** Throws a PlatformError (`INVALID_SESSION_ID`-like codes are the API's business) when there is no such active user. */
  user(idOrUsername: string): UserContext;
  /** Runs `work` in one database transaction: committed when it returns, rolled back when it throws. Not re-entrant. */
  transact<T>(user: UserContext, work: (tx: Transaction) => T, options?: TransactOptions): T;
  /**
   * Rebuilds schema and automation from the stored metadata, and tables and setup records (RecordType, OpportunityStage …)
   * with them. Called inside a deploy's database transaction; when that is rolled back, call it again.
   */
  reload(): void;
  close(): void;
}
