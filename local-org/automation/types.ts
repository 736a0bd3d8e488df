import type { FieldValue, Row, SaveBatch, Transaction } from '../data/types.ts';
import type { LaunchableFlows } from './flow/launchable-flows.ts';

/** All automation of the org, compiled from its metadata. Rebuilt after a deploy; knows nothing of HTTP or SQLite. */
export interface Automation {
  /** Values of fields whose default is a formula, for a row about to be inserted. */
  defaults(tx: Transaction, object: string, row: Readonly<Row>): Readonly<Record<string, FieldValue>>;
  /** Step 3 of the order of execution: before-save record-triggered flows, in trigger order. */
  beforeSave(batch: SaveBatch): void;
  /** Step 5: active validation rules. */
  validate(batch: SaveBatch): void;
  /** Step 14: after-save record-triggered flows, in trigger order. An unhandled fault adds an error to its row. */
  afterSave(batch: SaveBatch): void;
  beforeDelete(batch: SaveBatch): void;
  /** Values of the object's formula fields for many rows at once. */
  formulaFields(
    tx: Transaction,
    object: string,
    rows: readonly Readonly<Row>[],
  ): readonly Readonly<Record<string, FieldValue>>[];
  /** Flows that run by themselves later, or when they are called. Absent where an org is opened without automation. */
  readonly flows?: LaunchableFlows;
}

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

/** Something a flow sends to people. It is written down and goes nowhere. */
export type OutgoingMessage =
  | {
      readonly kind: 'email';
      readonly to: readonly string[];
      readonly cc: readonly string[];
      readonly bcc: readonly string[];
      readonly subject: string;
      readonly body: string;
      readonly html: boolean;
      /** CurrentUser, DefaultWorkflowUser or the organization-wide address. */
      readonly from: string;
      readonly relatedRecordId: string | null;
    }
  | {
      readonly kind: 'notification';
      readonly typeId: string;
      /** Ids of users, groups and queues. */
      readonly recipientIds: readonly string[];
      readonly title: string;
      readonly body: string;
      /** The record that opens; null for a page reference. */
      readonly targetId: string | null;
      readonly targetPageRef: string | null;
    };

/** Where messages are kept, in the database transaction that sends them: what is rolled back was never sent. */
export interface Outbox {
  send(tx: Transaction, by: string, messages: readonly OutgoingMessage[]): void;
}

/** What automation works with beside the transaction. */
export interface AutomationServices {
  readonly queue: WorkQueue;
  readonly outbox: Outbox;
}
