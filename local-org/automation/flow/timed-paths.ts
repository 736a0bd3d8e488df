import type { FieldValue, Row, SaveBatch, SaveRow, Transaction } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { addDaysToDateTime, addMonths, startOfLocalDay } from '../formula/calendar.ts';
import { createSession } from '../records/session.ts';
import type { WaitingPath, WorkQueue } from '../types.ts';
import type { EntryConditions } from './entry-conditions.ts';
import { FlowProblem } from './flow-fault.ts';
import { rowWithoutSave, startInterview, type CompiledFlow, type Interview } from './interview.ts';
import { notRun } from './messages.ts';
import type { StoredScheduledPath, StoredStart } from './metadata.ts';
import { orgTimeZone } from '../records/org-globals.ts';
import { fieldOf } from './record-filters.ts';
import { foundRecord } from './values.ts';

/** A path of a record-triggered flow that runs later, in a transaction of its own. */
export interface TimedPath {
  readonly name: string;
  readonly first: string | null;
  readonly batchSize: number;
  readonly asynchronous: boolean;
  /** A date or datetime field of the record; null when the time counts from the save. */
  readonly field: string | null;
  readonly offset: { readonly number: number; readonly unit: string };
}

/** What of a triggered flow its paths need. */
interface FlowWithPaths {
  readonly flow: CompiledFlow;
  readonly object: string;
  readonly entry: EntryConditions;
  readonly paths: readonly TimedPath[];
}

/** "Maximum batch size … 200 by default" and at most (help: Scheduled Paths). */
export const LARGEST_BATCH = 200;
const DAYS: Readonly<Record<string, number>> = { Minutes: 1 / 1440, Hours: 1 / 24, Days: 1, Weeks: 7 };

/** Compiles the paths of a Start element. Throws a FlowProblem or FormulaError that names what is wrong. */
export function compileTimedPaths(start: StoredStart, object: ObjectDef): readonly TimedPath[] {
  const paths = (start.scheduledPaths ?? []).map((path) => compilePath(path, object));
  if (paths.length > 0 && start.triggerType !== 'RecordAfterSave')
    throw new FlowProblem(
      "Scheduled and asynchronous paths can be used only in flows that run after the record's save.",
    );
  const onlyWhenMet = start.recordTriggerType === 'Create' || start.doesRequireRecordChangedToMeetCriteria === true;
  const timed = paths.some((path) => !path.asynchronous);
  /** "Only when a record is updated to meet the condition requirements" is what Flow Builder asks for (same page). */
  if (timed && !onlyWhenMet) {
    throw new FlowProblem(
      'Scheduled paths can be used only in a flow that runs when a record is created, or when it is updated to meet the condition requirements.',
    );
  }
  const asynchronous = paths.some((path) => path.asynchronous);
  /**
   * Rule "missing-async-path-entry-guard" of Salesforce's SF Pi; active flows of public repositories have one or the other. That the
   * platform refuses to activate a flow without, and its words, are unconfirmed.
   */
  if (asynchronous && !onlyWhenMet && !(start.filters ?? []).some(({ operator }) => operator === 'IsChanged')) {
    throw new FlowProblem(
      'Asynchronous paths can be used only in a flow that runs when a record is created, when it is updated to meet the condition requirements, or under a condition with the operator IsChanged.',
    );
  }
  return paths;
}

function compilePath(path: StoredScheduledPath, object: ObjectDef): TimedPath {
  const asynchronous = path.pathType === 'AsyncAfterCommit';
  if (path.pathType !== undefined && !asynchronous) throw new FlowProblem(notRun(`paths of the type ${path.pathType}`));
  const unit = path.offsetUnit ?? 'Minutes';
  if (unit !== 'Months' && DAYS[unit] === undefined) throw new FlowProblem(notRun(`offsets in ${unit}`));
  return {
    name: path.name ?? '',
    first: path.connector?.targetReference ?? null,
    batchSize: Math.min(LARGEST_BATCH, Math.max(1, path.maxBatchSize ?? LARGEST_BATCH)),
    asynchronous,
    field: path.timeSource === 'RecordField' ? timeField(object, path.recordField).name : null,
    offset: { number: path.offsetNumber ?? 0, unit },
  };
}

function timeField(object: ObjectDef, name: string | undefined) {
  const field = fieldOf(object, name ?? '');
  if (field.type !== 'date' && field.type !== 'datetime')
    throw new FlowProblem(`The time source ${field.name} is neither a date nor a date and time.`);
  if (field.formula !== null) throw new FlowProblem(notRun(`scheduled paths on the formula field ${field.name}`));
  return field;
}

/**
 * When a path of a record is due, or null when the field it counts from is blank. A date counts from midnight in the
 * org's time zone. What is due in the past runs at once.
 */
export function dueOf(path: TimedPath, row: Readonly<Row>, tx: Transaction): string | null {
  /** Not rounded to a second, which would be later than the commit. */
  if (path.asynchronous) return tx.now.toISOString();
  const base = path.field === null ? tx.now.toISOString() : row[path.field];
  if (typeof base !== 'string') return null;
  const moment = base.length === 'YYYY-MM-DD'.length ? startOfLocalDay(base, orgTimeZone(tx)) : base;
  const { number, unit } = path.offset;
  if (unit === 'Months') return addMonths(moment.slice(0, 10), number) + moment.slice(10);
  return addDaysToDateTime(moment, number * DAYS[unit]!);
}

/** Queues the paths of the interviews that a save has started. */
export function queuePaths(triggered: FlowWithPaths, interviews: readonly Interview[], queue: WorkQueue): void {
  for (const path of triggered.paths) {
    const due = interviews.flatMap(({ row, session }) => waitingPath(triggered, path, row, session.tx) ?? []);
    if (due.length > 0) queue.add(due);
    for (const { row, trace } of interviews) {
      const waiting = due.find(({ recordId }) => recordId === row.after.Id);
      if (waiting)
        trace.push(path.asynchronous ? `${path.name} runs after the commit` : `${path.name} is due ${waiting.due}`);
    }
  }
}

function waitingPath(
  { flow, object }: FlowWithPaths,
  path: TimedPath,
  row: SaveRow,
  tx: Transaction,
): WaitingPath | null {
  const due = dueOf(path, row.after, tx);
  if (due === null) return null;
  return {
    flow: flow.name,
    path: path.name,
    object,
    recordId: row.after.Id as string,
    userId: tx.user.id,
    due,
    asynchronous: path.asynchronous,
    prior: path.asynchronous ? row.before : null,
  };
}

/**
 * What an update does to paths that wait for the record: a record that no longer meets the entry conditions waits no
 * more, and a changed date moves the time ("Scheduled paths are removed when the record is updated so that it no longer
 * meets the entry conditions, and they are recalculated when the offset field changes").
 */
export function reviewPaths(batch: SaveBatch, triggered: FlowWithPaths, queue: WorkQueue): void {
  for (const path of triggered.paths) {
    if (path.asynchronous) continue;
    const rows = batch.rows.filter((row) => row.errors.length === 0);
    const ids = rows.map((row) => row.after.Id as string);
    const waiting = queue.waiting(triggered.flow.name, path.name, ids);
    if (waiting.size === 0) continue;
    const session = createSession(batch.tx);
    const meets = (row: SaveRow): boolean => {
      const record = foundRecord(batch.object, row.after);
      return triggered.entry.meets(
        startInterview(triggered.flow, { session, row: rowWithoutSave(row.after), record, prior: null }),
      );
    };
    const ended: string[] = [];
    const moved: WaitingPath[] = [];
    for (const row of rows) {
      const id = row.after.Id as string;
      if (!waiting.has(id)) continue;
      const next = meets(row) ? waitingPath(triggered, path, row, batch.tx) : null;
      if (next === null) ended.push(id);
      else if (path.field !== null && valueOf(row.before, path.field) !== valueOf(row.after, path.field))
        moved.push(next);
    }
    if (ended.length > 0) queue.cancel(triggered.flow.name, path.name, ended);
    if (moved.length > 0) queue.add(moved);
  }
}

const valueOf = (row: Readonly<Row> | null, field: string): FieldValue => row?.[field] ?? null;
