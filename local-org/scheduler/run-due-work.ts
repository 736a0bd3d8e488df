import type { LocalOrg } from '../types.ts';
import { resumeInterviews } from './resume-interviews.ts';
import { runClockFlows } from './run-clock-flows.ts';
import { runPaths } from './run-paths.ts';
import type { WorkDone } from './work-done.ts';
import { openWorkQueue } from './work-queue.ts';

export type { WorkDone } from './work-done.ts';

export interface WorkReport {
  readonly done: readonly WorkDone[];
  /** True when work that keeps queueing work was interrupted; the next call goes on with it. */
  readonly interrupted: boolean;
}

/** Queued paths one round takes out of the database. */
const ROUND = 2_000;
/** Rounds of one call: work may queue more work, and a flow may queue itself for ever. */
const MOST_ROUNDS = 100;

/**
 * Runs everything that is due by the org's clock, in the order in which it is due: scheduled and asynchronous paths, then
 * paused interviews, then schedule-triggered flows, until nothing is due any more. Each batch is a transaction of its own ("scheduled paths run in
 * a separate transaction with fresh governor limits"); what fails is reported, logged, and not tried again. Must not be
 * called inside `org.transact`. Queued work is taken out in the transaction that runs it, so that none is lost or done
 * twice when the process dies.
 */
export function runDueWork(org: LocalOrg): WorkReport {
  const queue = openWorkQueue(org.database);
  const done: WorkDone[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const due = queue.due(org.clock.now(), ROUND);
    const before = done.length;
    if (due.length > 0) done.push(...runPaths(org, queue, due));
    else {
      const paused = queue.dueInterviews(org.clock.now(), ROUND);
      done.push(...(paused.length > 0 ? resumeInterviews(org, queue, paused) : runClockFlows(org)));
    }
    if (done.length === before) return { done, interrupted: false };
  }
  return { done, interrupted: true };
}
