import type { LeadMatch } from './types.ts';

/** How well a matcher did on leads whose account is known. */
export interface Quality {
  readonly leads: number;
  /** Of the leads it matched, how many are right: 0 to 1. */
  readonly precision: number;
  /** Of the leads that have an account, how many it matched, rightly. */
  readonly recall: number;
  /** The same, with those it shows for review as the first suggestion. */
  readonly recallWithReview: number;
  /** Leads left to people, as a part of all. */
  readonly review: number;
}

export interface Judged {
  readonly match: LeadMatch;
  /** Ids of the right accounts, empty for none. */
  readonly truth: readonly string[];
}

export function measure(judged: readonly Judged[]): Quality {
  let [matched, right, belonging, suggested, review] = [0, 0, 0, 0, 0];
  for (const { match, truth } of judged) {
    const found = match.account !== null && truth.includes(match.account.id);
    if (truth.length > 0) belonging += 1;
    if (match.decision === 'match') matched += 1;
    if (match.decision === 'match' && found) right += 1;
    if (match.decision === 'review') review += 1;
    if (match.decision === 'review' && found) suggested += 1;
  }
  const part = (some: number, of: number): number => (of === 0 ? 1 : some / of);
  return {
    leads: judged.length,
    precision: part(right, matched),
    recall: part(right, belonging),
    recallWithReview: part(right + suggested, belonging),
    review: part(review, judged.length),
  };
}
