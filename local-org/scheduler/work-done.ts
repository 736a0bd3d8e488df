import type { PathOutcome } from '../automation/flow/launchable-flows.ts';

/** What one turn of a scheduled path, an asynchronous path or a schedule-triggered flow came to, or a paused interview. */
export interface WorkDone {
  readonly kind: 'scheduled path' | 'asynchronous path' | 'paused interview' | 'schedule-triggered flow';
  readonly flow: string;
  /** The Wait element of a paused interview; null for a schedule-triggered flow. */
  readonly path: string | null;
  /** Null when the flow runs without a record. */
  readonly recordId: string | null;
  readonly due: string;
  readonly outcome: PathOutcome;
  /** The fault or the exception that ended it; null otherwise. */
  readonly error: string | null;
}
