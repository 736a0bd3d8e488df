import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimits } from '../../../local-org/data/limits.ts';
import type { LimitName } from '../../../local-org/data/types.ts';

/** Execution Governors and Limits, Apex Developer Guide: what a synchronous transaction may use, and what it hears one above it. */
const DOCUMENTED: Readonly<Record<LimitName, readonly [most: number, message: string]>> = {
  queries: [100, 'Too many SOQL queries: 101'],
  queryRows: [50_000, 'Too many query rows: 50001'],
  dmlStatements: [150, 'Too many DML statements: 151'],
  dmlRows: [10_000, 'Too many DML rows: 10001'],
  cpuTimeMs: [10_000, 'Apex CPU time limit exceeded'],
  duplicateUpdates: [12, 'Maximum number of duplicate updates in one batch (12 allowed)'],
};

for (const [name, [most, message]] of Object.entries(DOCUMENTED) as [LimitName, readonly [number, string]][]) {
  test(`a transaction may use ${most} ${name}, and not one more`, () => {
    const limits = createLimits();
    limits.use(name, most);
    assert.deepEqual([limits.used(name), limits.limit(name)], [most, most]);
    assert.throws(() => limits.use(name, 1), { name: 'PlatformError', code: 'LIMIT_EXCEEDED', message });
  });
}
