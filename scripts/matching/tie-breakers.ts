import type { AccountIndex } from './account-index.ts';
import type { TieBreaker } from './types.ts';

const WORDS: Readonly<Record<TieBreaker, string>> = {
  ownerSet: 'it belongs to an active user',
  openOpportunity: 'it has an open opportunity',
  mostRecentActivity: 'it had the most recent activity',
  biggest: 'it is the biggest',
};

/** Positive when `a` is to be preferred. */
function compare(index: AccountIndex, by: TieBreaker, a: number, b: number): number {
  switch (by) {
    case 'ownerSet':
      return index.ownerSet[a]! - index.ownerSet[b]!;
    case 'openOpportunity':
      return Math.sign(index.openOpportunities[a]!) - Math.sign(index.openOpportunities[b]!);
    case 'mostRecentActivity': {
      const [left, right] = [index.lastActivity[a]!, index.lastActivity[b]!];
      return left === right ? 0 : left > right ? 1 : -1;
    }
    case 'biggest':
      return index.employees[a]! - index.employees[b]! || index.revenue[a]! - index.revenue[b]!;
  }
}

/**
 * The account to prefer among several that fit equally well, by the first rule that tells them apart, and that rule in words. Where
 * no rule does, the lowest id, so that the same accounts always give the same answer.
 */
export function breakTie(
  index: AccountIndex,
  accounts: readonly number[],
  order: readonly TieBreaker[],
): { readonly account: number; readonly because: string } {
  let left = accounts;
  for (const by of order) {
    const best = left.reduce((a, b) => (compare(index, by, b, a) > 0 ? b : a));
    const equal = left.filter((account) => compare(index, by, account, best) === 0);
    if (equal.length === 1) return { account: best, because: WORDS[by] };
    left = equal;
  }
  const account = left.reduce((a, b) => (index.ids[b]! < index.ids[a]! ? b : a));
  return { account, because: 'no rule tells them apart, so the one with the lowest id' };
}
