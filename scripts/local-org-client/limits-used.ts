import { readLog } from './log.ts';
import type { LocalOrgClient } from './open-local-org.ts';

/** More than the org keeps. */
const ALL = 1_000;

/** The id of the last transaction so far; 0 when nothing ran yet. */
export const lastTransaction = async (org: LocalOrgClient): Promise<number> =>
  (await readLog(org, { last: 1 })).at(-1)?.id ?? 0;

/** The most that a transaction after that one used of each limit. */
export const limitsUsedSince = async (
  org: LocalOrgClient,
  transaction: number,
): Promise<readonly { readonly name: string; readonly used: number; readonly limit: number }[]> => {
  const most = new Map<string, { readonly used: number; readonly limit: number }>();
  for (const { id, limits } of await readLog(org, { last: ALL })) {
    if (id <= transaction) continue;
    for (const [name, { used, limit }] of Object.entries(limits))
      if (used >= (most.get(name)?.used ?? 0)) most.set(name, { used, limit });
  }
  return [...most].map(([name, value]) => ({ name, ...value }));
};
