import type { Waterfall } from '../../model/waterfall.ts';
import type { Org } from '../../org/types.ts';
import { groupsCounted, membersBelong, membersOnce } from './group-checks.ts';
import { oneKeyOneRecord, oneOpenOpportunity, openKeysHold } from './key-checks.ts';
import {
  conversionsOnce,
  handshakesPending,
  handshakesShown,
  leadsConverted,
  leadsMatched,
  stagesDated,
} from './process-checks.ts';
import { readData } from './read-data.ts';
import { toldReasons } from './told-tasks.ts';
import type { IntegrityCheck, IntegrityReport } from './types.ts';
import { followUpsHaveTheirWin, followUpsOnce, winsHaveTheirFollowUps } from './win-checks.ts';

/** In the order of the process. */
export const INTEGRITY_CHECKS: readonly IntegrityCheck[] = [
  oneKeyOneRecord,
  stagesDated,
  membersBelong,
  membersOnce,
  groupsCounted,
  oneOpenOpportunity,
  openKeysHold,
  handshakesPending,
  handshakesShown,
  leadsMatched,
  leadsConverted,
  conversionsOnce,
  winsHaveTheirFollowUps,
  followUpsHaveTheirWin,
  followUpsOnce,
];

/**
 * Looks through the records of an org for what the waterfall's automation would never leave behind when it works: doubles, orphans,
 * counts that are not those of the members. Reads only. What asynchronous paths have still to do may show as damage: ask when they
 * have run. Holds the opportunities and contact roles of the org in memory, about a kilobyte each. Throws OrgError.
 */
export const checkIntegrity = async (
  org: Org,
  waterfall: Waterfall,
  progress?: (what: string) => void,
): Promise<IntegrityReport> => {
  const started = performance.now();
  const data = await readData(org, waterfall, progress);
  const read = performance.now();
  const results = INTEGRITY_CHECKS.map(({ name, rule, looksAt, find }) => ({
    check: name,
    rule,
    lookedAt: looksAt(data, waterfall),
    damages: find(data, waterfall),
  }));
  const { orgId, name, username, kind } = org.identity;
  return {
    org: { orgId, name, username, kind },
    results,
    told: toldReasons(data.tasks),
    durations: { reading: Math.round(read - started), checking: Math.round(performance.now() - read) },
    ok: results.every(({ damages }) => damages.length === 0),
  };
};
