/** Date arithmetic of the model, written apart from the formulas that it is compared with. Days are `YYYY-MM-DD`. */
import type { Sla } from '../model/waterfall.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const utc = (day: string): Date => new Date(`${day}T00:00:00.000Z`);
const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayOf(new Date(utc(day).getTime() + days * DAY));

/** The same day of the month, or the last day of a shorter month: 2024-01-31 + 1 is 2024-02-29. */
export const addMonths = (day: string, months: number): string => {
  const from = utc(day);
  const lastDay = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months + 1, 0));
  lastDay.setUTCDate(Math.min(from.getUTCDate(), lastDay.getUTCDate()));
  return dayOf(lastDay);
};

/** The calendar day of a moment in a time zone (IANA name). */
export const dayIn = (moment: string, timeZone: string): string => {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  return parts.format(new Date(moment));
};

/** When an SLA runs out. Business days are weekdays, at the time of day of the entry; a weekend counts as its Friday. */
export const slaDue = (entered: string, sla: Sla, timeZone: string): string => {
  const start = new Date(entered).getTime();
  if (sla.unit === 'hours') return new Date(start + sla.amount * HOUR).toISOString();
  let day = utc(dayIn(entered, timeZone));
  let days = 0;
  for (let left = sla.amount; left > 0;) {
    day = new Date(day.getTime() + DAY);
    days += 1;
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1;
  }
  return new Date(start + days * DAY).toISOString();
};
