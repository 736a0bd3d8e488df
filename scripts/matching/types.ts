/** An account as matching sees it. Blank texts are empty, not null. */
export interface MatchAccount {
  readonly id: string;
  readonly name: string;
  readonly website: string;
  readonly country: string;
  readonly parentId: string;
  /** Whether it belongs to an active user. */
  readonly ownerSet: boolean;
  /** ISO date of the last activity; empty when there was none. */
  readonly lastActivity: string;
  /** Employees, 0 when not known. */
  readonly employees: number;
  /** Yearly revenue in the org's currency, 0 when not known. */
  readonly revenue: number;
}

export interface MatchLead {
  readonly id: string;
  readonly company: string;
  readonly email: string;
  readonly website: string;
  readonly country: string;
}

export type TieBreaker = 'ownerSet' | 'openOpportunity' | 'mostRecentActivity' | 'biggest';
export const TIE_BREAKERS: readonly TieBreaker[] = ['ownerSet', 'openOpportunity', 'mostRecentActivity', 'biggest'];

export type Decision = 'match' | 'review' | 'none';

/** Scores, 0 to 100, from which on a lead is matched, or shown for review. */
export interface Thresholds {
  readonly match: number;
  readonly review: number;
}
export const THRESHOLDS: Thresholds = { match: 80, review: 45 };

export interface LeadMatch {
  readonly leadId: string;
  readonly decision: Decision;
  /** The best account, null when none comes near. Below the review threshold it is named all the same, for whoever wonders. */
  readonly account: { readonly id: string; readonly name: string } | null;
  /** 0 to 100; below the match threshold also when several accounts fit equally well. */
  readonly score: number;
  /** In words, what speaks for it first. */
  readonly reasons: readonly string[];
  /** Further accounts that come near, best first. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly score: number }[];
}
