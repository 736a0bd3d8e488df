import type { FieldValue, Row, SaveBatch, Transaction } from '../data/types.ts';
import type { LaunchableFlows } from './flow/launchable-flows.ts';
import type { WorkQueue } from './waiting-work.ts';

export type { PausedInterview, WaitingPath, WorkQueue } from './waiting-work.ts';

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
