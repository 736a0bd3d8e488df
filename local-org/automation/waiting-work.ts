import type { Row } from '../data/types.ts';

/** A path of a record-triggered flow that waits for its time. */
export interface WaitingPath {
  readonly flow: string;
  readonly path: string;
  readonly object: string;
  readonly recordId: string;
  /** Who saved the record: "the running user … is the user who originally changed the record" (help: Scheduled Paths). */
  readonly userId: string;
  /** ISO 8601, UTC. */
  readonly due: string;
  /** Runs after the commit of the save that queued it, not at a time of its own. */
  readonly asynchronous: boolean;
  /** `$Record__Prior` of an asynchronous path; null for a new record and for scheduled paths. */
  readonly prior: Readonly<Row> | null;
}

/** An interview that has come to a Wait element. */
export interface PausedInterview {
  readonly flow: string;
  readonly element: string;
  /** The event that occurs first, and when: ISO 8601, UTC. */
  readonly event: string;
  readonly due: string;
  /** Who started the interview. */
  readonly userId: string;
  /** Its variables, as JSON. */
  readonly state: string;
}

/**
 * Where waiting paths are kept, in the database transaction of the save that queues them, so that what is rolled back
 * is forgotten.
 */
export interface WorkQueue {
  /** A record waits for a scheduled path once: a later one takes the earlier one's place. */
  add(waiting: readonly WaitingPath[]): void;
  /** Which of the records wait for the scheduled path. */
  waiting(flow: string, path: string, recordIds: readonly string[]): ReadonlySet<string>;
  cancel(flow: string, path: string, recordIds: readonly string[]): void;
  /** Keeps an interview until it goes on. */
  pause(interview: PausedInterview): void;
}
