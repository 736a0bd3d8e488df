import type { LocalOrgClient } from './open-local-org.ts';

/** Answers of `/local/clock`. */
export interface ClockReading {
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly moved: boolean;
  /** IANA name; the time zone of the user who asks. */
  readonly timeZone: string;
}

/** What one turn of scheduled work came to. */
export interface WorkDone {
  readonly kind: string;
  readonly flow: string;
  readonly path: string | null;
  readonly recordId: string | null;
  readonly due: string;
  readonly outcome: string;
  readonly error: string | null;
}

export interface ClockMove extends ClockReading {
  readonly work: { readonly done: readonly WorkDone[]; readonly interrupted: boolean };
}

export const readClock = (org: LocalOrgClient): Promise<ClockReading> =>
  org.ask('reading the clock', 'GET', '/local/clock');

/** Null goes back to this machine's time. */
export const moveClock = (org: LocalOrgClient, to: Date | null): Promise<ClockMove> =>
  org.ask('moving the clock', 'POST', '/local/clock', { to: to?.toISOString() ?? null });
