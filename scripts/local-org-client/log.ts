import type { LocalOrgClient } from './open-local-org.ts';

/** One transaction as `/local/log` tells it. */
export interface TransactionRecord {
  readonly id: number;
  /** By the org's clock, ISO 8601, UTC. */
  readonly at: string;
  readonly username: string;
  readonly outcome: 'committed' | 'rolled back';
  readonly error: string | null;
  /** By name, as Apex `Limits` names them. */
  readonly limits: Readonly<Record<string, { readonly used: number; readonly limit: number }>>;
  /** In order of execution; a flow is told when it has ended, so after the saves that it made. */
  readonly entries: readonly LogEntry[];
  /** How many more entries there were than are kept. */
  readonly omitted: number;
}

export interface LogEntry {
  readonly step: string;
  readonly detail: string;
  /** How many saves deep: 1 in the save that was asked for, 2 in one that a flow made; 0 outside any. */
  readonly depth?: number;
}

export interface LogQuery {
  readonly last?: number | undefined;
  readonly transaction?: number | undefined;
  readonly contains?: string | undefined;
}

/** Oldest first. Throws OrgError, with code NOT_FOUND for a transaction that is not kept. */
export async function readLog(org: LocalOrgClient, query: LogQuery): Promise<readonly TransactionRecord[]> {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const path = `/local/log?${parameters.toString()}`;
  const answer = await org.ask<{ readonly transactions: readonly TransactionRecord[] }>('reading the log', 'GET', path);
  return answer.transactions.toReversed();
}
