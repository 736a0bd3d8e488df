import { PlatformError } from '../platform-error.ts';
import type { LimitName, Limits } from './types.ts';

/**
 * Per-transaction limits of a synchronous transaction. DOC apex-guide/apex-gov-limits, Flow "Per-Transaction Flow
 * Limits".
 */
export const SYNCHRONOUS_LIMITS: Readonly<Record<LimitName, number>> = {
  queries: 100,
  queryRows: 50_000,
  dmlStatements: 150,
  dmlRows: 10_000,
  cpuTimeMs: 10_000,
  duplicateUpdates: 12,
};

/** The texts of System.LimitException; the number is the first value above the limit. */
const MESSAGE: Readonly<Record<LimitName, (used: number, limit: number) => string>> = {
  queries: (_used, limit) => `Too many SOQL queries: ${limit + 1}`,
  queryRows: (_used, limit) => `Too many query rows: ${limit + 1}`,
  dmlStatements: (_used, limit) => `Too many DML statements: ${limit + 1}`,
  dmlRows: (used) => `Too many DML rows: ${used}`,
  cpuTimeMs: () => 'Apex CPU time limit exceeded',
  duplicateUpdates: (_used, limit) => `Maximum number of duplicate updates in one batch (${limit} allowed)`,
};

/** A counter that can be set back: a retried batch starts from the limits it first started from. */
export interface TransactionLimits extends Limits {
  snapshot(): Readonly<Record<LimitName, number>>;
  restore(snapshot: Readonly<Record<LimitName, number>>): void;
}

const NAMES = Object.keys(SYNCHRONOUS_LIMITS) as LimitName[];

export function createLimits(allowed: Readonly<Record<LimitName, number>> = SYNCHRONOUS_LIMITS): TransactionLimits {
  let counts = Object.fromEntries(NAMES.map((name) => [name, 0])) as Record<LimitName, number>;
  return {
    use(name, amount) {
      counts[name] += amount;
      if (counts[name] > allowed[name]) {
        throw new PlatformError('LIMIT_EXCEEDED', MESSAGE[name](counts[name], allowed[name]));
      }
    },
    used: (name) => counts[name],
    limit: (name) => allowed[name],
    snapshot: () => ({ ...counts }),
    restore(snapshot) {
      counts = { ...snapshot };
    },
  };
}
