import type { FieldValue, SaveBatch, SaveRow, Transaction } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { Session } from '../formula/types.ts';
import { createSession } from '../records/session.ts';
import type { WorkQueue } from '../types.ts';
import type { EntryConditions } from './entry-conditions.ts';
import { recordLabel, startInterview, type CompiledFlow, type Interview } from './interview.ts';
import { generalFault, UNHANDLED_CODE, unhandled } from './messages.ts';
import { runInterviews } from './run-flow.ts';
import { whileSaved } from './recursive-saves.ts';
import { queuePaths, reviewPaths, type TimedPath } from './timed-paths.ts';
import { foundRecord, type FlowRecord } from './values.ts';

export type Moment = 'RecordBeforeSave' | 'RecordAfterSave' | 'RecordBeforeDelete';

/** An active record-triggered flow. */
export interface TriggeredFlow {
  readonly flow: CompiledFlow;
  readonly object: string;
  readonly moment: Moment;
  readonly on: ReadonlySet<SaveBatch['operation']>;
  readonly entry: EntryConditions;
  readonly order: number;
  /** When the active version was activated, ISO 8601. */
  readonly activated: string;
  readonly paths: readonly TimedPath[];
}

/**
 * "Flows … with trigger order values from 1 to 1,000 run in ascending order", then those without a value "in the order
 * of their activation dates", then 1,001 to 2,000; equal values "in alphabetical order based on the flows' API names"
 * (help: Define the Run Order of Record-Triggered Flows for an Object, flow_task_trigger_run_order).
 */
const WITHOUT_ORDER = 1000.5;
export const orderOf = (triggerOrder: number | undefined): number => triggerOrder ?? WITHOUT_ORDER;

export const inRunOrder = (flows: readonly TriggeredFlow[]): readonly TriggeredFlow[] =>
  flows.toSorted(
    (left, right) =>
      left.order - right.order ||
      (left.order === WITHOUT_ORDER ? compareText(left.activated, right.activated) : 0) ||
      compareText(left.flow.name, right.flow.name),
  );

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/**
 * Runs the flows of one moment of the order of execution for a batch, one flow after the other. Saves that flows make
 * come back here for their own records. "During a recursive save, Salesforce skips steps 9 (assignment rules) through 17
 * (roll-up summary field in the grandparent record)", and step 14 "executes record-triggered flows that are configured to
 * run after the record is saved" (Apex Developer Guide, Triggers and Order of Execution): when a flow that runs after the
 * save of a record saves that record again, validation and the flows before the save run once more, those after it do not.
 */
export function runTriggeredFlows(batch: SaveBatch, flows: readonly TriggeredFlow[], queue: WorkQueue): void {
  if (batch.operation === 'update') for (const flow of flows) reviewPaths(batch, flow, queue);
  const moment = flows.find(({ on }) => on.has(batch.operation))?.moment;
  if (moment === undefined) return;
  if (moment !== 'RecordAfterSave') {
    runInOrder(batch, flows, queue);
    return;
  }
  whileSaved(batch, (first) => {
    const again = batch.rows.length - first.length;
    if (again > 0)
      batch.tx.log({
        step: 'recursive save',
        detail: `${again} ${batch.object.name}: flows after the save are skipped`,
      });
    if (first.length > 0) runInOrder({ ...batch, rows: first }, flows, queue);
  });
}

function runInOrder(batch: SaveBatch, flows: readonly TriggeredFlow[], queue: WorkQueue): void {
  for (const flow of flows) if (flow.on.has(batch.operation)) runForBatch(batch, flow, queue);
}

function runForBatch(batch: SaveBatch, triggered: TriggeredFlow, queue: WorkQueue): void {
  const rows = batch.rows.filter((row) => row.errors.length === 0);
  if (rows.length === 0) return;
  const session = createSession(batch.tx);
  session.preload([...rows.map((row) => row.after), ...rows.map((row) => row.before)], triggered.flow.paths);
  const newIds = triggered.moment === 'RecordBeforeSave' ? hideNewIds(rows) : null;
  const interviews = rows
    .map((row) => begin(batch.object, session, triggered, row))
    .filter((interview) => triggered.entry.starts(interview));
  /** Before the flow runs: a change it makes to its record may take the record out of the conditions again. */
  queuePaths(triggered, interviews, queue);
  runInterviews(interviews);
  for (const interview of interviews) finish(batch.tx, triggered, interview);
  for (const [row, id] of newIds ?? []) row.after.Id = id;
}

/**
 * "Access field values that are set only after the record is saved": a new record has no Id yet (Before-Save
 * Record-Triggered Flows).
 */
function hideNewIds(rows: readonly SaveRow[]): ReadonlyMap<SaveRow, FieldValue> {
  const hidden = new Map<SaveRow, FieldValue>();
  for (const row of rows) {
    if (row.before !== null) continue;
    hidden.set(row, row.after.Id ?? null);
    row.after.Id = null;
  }
  return hidden;
}

function begin(object: ObjectDef, session: Session, { flow, moment }: TriggeredFlow, row: SaveRow): Interview {
  /** Before the save a flow writes straight into the row; later it works on a copy, which only Update Records saves. */
  const record = foundRecord(object, moment === 'RecordBeforeSave' ? row.after : { ...row.after });
  const prior: FlowRecord | null =
    row.before && moment !== 'RecordBeforeDelete' ? foundRecord(object, row.before) : null;
  return startInterview(flow, { session, row, record, prior });
}

function finish(tx: Transaction, { flow, moment }: TriggeredFlow, interview: Interview): void {
  const { failure, row, trace } = interview;
  if (failure !== null) {
    const detail = failure.startsWith('This error occurred') ? failure : generalFault(failure);
    row.errors.push({ statusCode: UNHANDLED_CODE, message: unhandled(flow.label, detail), fields: [] });
  }
  tx.log({
    step: `Flow ${flow.name} (${MOMENT_LABEL[moment]})`,
    detail: `${recordLabel(row.after)}: ${trace.length === 0 ? 'nothing to do' : trace.join('; ')}`,
  });
}

const MOMENT_LABEL: Readonly<Record<Moment, string>> = {
  RecordBeforeSave: 'before save',
  RecordAfterSave: 'after save',
  RecordBeforeDelete: 'before delete',
};
