import type { Filter } from '../../data/types.ts';
import { createSession } from '../records/session.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowCompilation } from './compile-flow.ts';
import { compileSchedule, type FlowSchedule } from './flow-schedule.ts';
import { rowWithoutSave, startInterview, type CompiledFlow, type Interview } from './interview.ts';
import type { StoredFlow } from './metadata.ts';
import { compileFilters, objectOf } from './record-filters.ts';
import { LARGEST_BATCH } from './timed-paths.ts';
import type { Transaction } from '../../data/types.ts';

/** A schedule-triggered flow, with the records it runs for. */
export interface ClockFlow {
  readonly flow: CompiledFlow;
  readonly schedule: FlowSchedule;
  readonly activated: string;
  readonly object: string | null;
  readonly batchSize: number;
  readonly filter: (tx: Transaction) => Filter | null;
}

/** Throws a FlowProblem or FormulaError about the Start element. */
export function compileClockFlow({ flow, names }: FlowCompilation, stored: StoredFlow, activated: string): ClockFlow {
  const start = stored.start ?? {};
  const schedule = compileSchedule(start);
  const common = { flow, schedule, activated, batchSize: Math.min(LARGEST_BATCH, start.maxBatchSize ?? LARGEST_BATCH) };
  if (start.object === undefined) return { ...common, object: null, filter: () => null };
  if (start.filterFormula !== undefined)
    throw new FlowProblem('A schedule-triggered flow selects its records by filters, not by a formula.');
  const object = objectOf(names, start.object);
  const build = compileFilters(names, object, start.filters ?? [], start.filterLogic);
  return { ...common, object: object.name, filter: (tx) => build(bareInterview(flow, tx)) };
}

const bareInterview = (flow: CompiledFlow, tx: Transaction): Interview =>
  startInterview(flow, { session: createSession(tx), row: rowWithoutSave(), record: null, prior: null });
