import { addDays, localMoment } from '../formula/calendar.ts';
import { FlowProblem } from './flow-fault.ts';
import { notRun } from './messages.ts';
import type { StoredStart } from './metadata.ts';

/** When a schedule-triggered flow runs: "Once, Daily, or Weekly" (help: Schedule-Triggered Flows). */
export interface FlowSchedule {
  readonly frequency: 'Once' | 'Daily' | 'Weekly';
  /** `YYYY-MM-DD`, in the org's time zone. */
  readonly startDate: string;
  /** `HH:MM:SS`, in the org's time zone. */
  readonly startTime: string;
}

/** Days between two runs. */
const STEP: Readonly<Record<FlowSchedule['frequency'], number>> = { Once: 0, Daily: 1, Weekly: 7 };

/** Throws a FlowProblem for frequencies that only other kinds of flow have. */
export function compileSchedule(start: StoredStart): FlowSchedule {
  const { frequency, startDate, startTime } = start.schedule ?? {};
  if (frequency !== 'Once' && frequency !== 'Daily' && frequency !== 'Weekly')
    throw new FlowProblem(notRun(`schedules with the frequency ${String(frequency)}`));
  const date = /^\d{4}-\d{2}-\d{2}/.exec(startDate ?? '')?.[0];
  const time = /^\d{2}:\d{2}(:\d{2})?/.exec(startTime ?? '')?.[0];
  if (!date || !time) throw new FlowProblem('A schedule needs a start date and a start time.');
  return { frequency, startDate: date, startTime: time.length === 5 ? `${time}:00` : time };
}

/**
 * The last moment at or before `now` at which the flow should have started, or null when it is not before `now`.
 * Several runs that nobody was there to start count as one.
 */
export function lastStart({ frequency, startDate, startTime }: FlowSchedule, now: Date, timeZone: string): Date | null {
  const at = (date: string): Date => new Date(localMoment(date, startTime, timeZone));
  const first = at(startDate);
  if (first > now) return null;
  const step = STEP[frequency];
  if (step === 0) return first;
  const days = Math.floor((now.getTime() - first.getTime()) / DAY) + 1;
  /** Days of 23 and 25 hours make the count a day too long or too short. */
  for (let runs = Math.floor(days / step) + 1; runs >= 0; runs -= 1) {
    const candidate = at(addDays(startDate, runs * step));
    if (candidate <= now) return candidate;
  }
  return first;
}

const DAY = 86_400_000;
