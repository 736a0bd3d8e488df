import type { FieldValue, Row, Transaction } from '../../data/types.ts';
import type { PausedInterview } from '../waiting-work.ts';
import type { FlowSchedule } from './flow-schedule.ts';

/** What one interview was given, or has given back: simple values, records as plain objects, lists of them. */
export type PlainValue = FieldValue | Readonly<Row> | readonly (FieldValue | Readonly<Row>)[];
export type PlainValues = Readonly<Record<string, PlainValue>>;

export interface FlowRun {
  /** `$Flow.FaultMessage` of an unhandled fault; null when the interview finished. */
  readonly fault: string | null;
  /** Output variables by name; empty after a fault. */
  readonly outputs: PlainValues;
  /** When the interview goes on that has come to a Wait element, ISO 8601; null otherwise. */
  readonly waitsUntil: string | null;
  /** What the interview did, element by element. */
  readonly trace: readonly string[];
}

/** One record's turn on a scheduled or asynchronous path. */
export interface PathTurn {
  readonly recordId: string;
  readonly prior: Readonly<Row> | null;
}

export type PathOutcome =
  'ran' | 'record deleted' | 'criteria no longer met' | 'path no longer active' | 'flow no longer active' | 'failed';
export interface PathRun {
  readonly recordId: string;
  readonly outcome: PathOutcome;
  readonly fault: string | null;
}

/** A flow that starts by the clock. */
export interface ScheduledFlow {
  readonly name: string;
  readonly schedule: FlowSchedule;
  /** When its active version was activated, ISO 8601: nothing before it counts as missed. */
  readonly activated: string;
  /** Records that one transaction takes. */
  readonly batchSize: number;
  /** Ids of the records it runs for; null when the flow names no object and runs once. */
  recordIds(tx: Transaction): readonly string[] | null;
}

/** The org's active flows that no save runs at once. */
export interface LaunchableFlows {
  /** API names of autolaunched flows. */
  readonly autolaunched: readonly string[];
  /** Input variables of an autolaunched flow with their types, for describing it; null when there is no such flow. */
  variables(
    name: string,
  ): { readonly inputs: readonly FlowVariable[]; readonly outputs: readonly FlowVariable[] } | null;
  /** An autolaunched flow that is called by a user works with the user's access, unless its run mode is the system's. */
  runsAsUser(name: string): boolean;
  /** Runs one interview for each set of inputs, all of them together. Throws a PlatformError for inputs it does not know. */
  run(tx: Transaction, name: string, inputs: readonly PlainValues[]): readonly FlowRun[];
  /** How many records of a path one transaction takes; null when the path is no longer active. */
  batchSize(flow: string, path: string): number | null;
  /** Runs a scheduled or asynchronous path for records of one batch. */
  runPath(tx: Transaction, flow: string, path: string, turns: readonly PathTurn[]): readonly PathRun[];
  /** Goes on with an interview whose time has come; null when its flow is no longer active or has lost the element. */
  resume(tx: Transaction, paused: PausedInterview): FlowRun | null;
  readonly scheduled: readonly ScheduledFlow[];
  /** Runs a schedule-triggered flow for a batch of its records, or once without a record. */
  runScheduled(tx: Transaction, name: string, recordIds: readonly string[] | null): readonly FlowRun[];
}

export interface FlowVariable {
  readonly name: string;
  readonly type: string;
}
