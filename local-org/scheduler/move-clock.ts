import type { LocalOrg } from '../types.ts';
import { runDueWork, type WorkReport } from './run-due-work.ts';
import { openWorkQueue } from './work-queue.ts';

/** How much later than it was due work may run while the clock is on its way. */
const STEP_MS = 24 * 60 * 60 * 1000;

/**
 * Moves the clock, back to the machine's with null, and runs what falls due by the move. The clock stops on its way wherever something
 * waits, a day after it at the latest: a path that is due in 90 days runs then and not 30 days late because the move was one of 120, which
 * flows that look at the date would notice.
 */
export function moveClock(org: LocalOrg, to: Date | null): WorkReport {
  const queue = openWorkQueue(org.database);
  const done: WorkReport['done'][number][] = [];
  for (;;) {
    const next = queue.next();
    const stop = next === null ? null : Math.max(Date.parse(next), org.clock.now().getTime()) + STEP_MS;
    if (to === null || stop === null || stop >= to.getTime()) break;
    org.clock.moveTo(new Date(stop));
    const report = runDueWork(org);
    done.push(...report.done);
    if (report.interrupted) break;
  }
  org.clock.moveTo(to);
  const last = runDueWork(org);
  return { done: [...done, ...last.done], interrupted: last.interrupted };
}
