import type { LocalOrg } from '../types.ts';
import { runDueWork, type WorkReport } from './run-due-work.ts';

/** How often the clock is looked at. An asynchronous path starts within this time after its commit. */
const EVERY_MS = 250;

interface SchedulerOptions {
  /** Told about every run in which something was done. */
  readonly onWork?: (report: WorkReport) => void;
  /** Told about defects; the scheduler goes on. */
  readonly onDefect: (error: unknown) => void;
}

/** Runs due work while an org is served. Gives back how to stop it. Looking costs one indexed query. */
export function startScheduler(org: LocalOrg, { onWork, onDefect }: SchedulerOptions): () => void {
  const look = (): void => {
    /** Somebody else's transaction is open: their work comes first. */
    if (org.database.isTransaction) return;
    try {
      const report = runDueWork(org);
      if (report.done.length > 0) onWork?.(report);
    } catch (error) {
      onDefect(error);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
