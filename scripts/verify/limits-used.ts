import type { CheckRow, LimitUsed } from './types.ts';

const TITLE = 'Limits used, at most, by a transaction';

/** How each limit is called where people read about it (Apex Developer Guide, Execution Governors and Limits). */
const LABEL: Readonly<Record<string, string>> = {
  queries: 'SOQL queries',
  queryRows: 'rows retrieved',
  dmlStatements: 'DML statements',
  dmlRows: 'rows saved',
  cpuTimeMs: 'CPU ms',
};

/** At least half of each limit is left for the org's own automation. */
const SHARE = 0.5;

/** One row per limit. */
export const limitRows = (limits: readonly LimitUsed[]): readonly CheckRow[] =>
  limits
    .filter(({ name }) => name in LABEL)
    .map(({ name, used, limit }) => {
      const within = used <= limit * SHARE;
      return {
        check: TITLE,
        place: LABEL[name] ?? name,
        expected: `at most ${String(limit * SHARE)} of ${String(limit)}`,
        actual: `${String(used)} of ${String(limit)}`,
        status: within ? 'passed' : 'failed',
        action: within ? '' : 'See npx waterfall org log for the transaction and the flows that use most.',
      };
    });
