/** Calendar arithmetic for stage dates. A calendar date is `YYYY-MM-DD` without a time zone, as a Date field holds it. */

const DAY = 86_400_000;
const HOUR = 3_600_000;
const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** The calendar date that a moment has in a time zone (IANA name). */
export function calendarDateOf(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${part.year ?? ''}-${part.month ?? ''}-${part.day ?? ''}`;
}

/** The calendar date of a Date or DateTime field value; null for a blank or unreadable one. */
export function toCalendarDate(value: unknown, timeZone: string): string | null {
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  if (CALENDAR_DATE.test(value)) {
    return value;
  }
  const moment = toMoment(value);
  return moment && calendarDateOf(moment, timeZone);
}

/** The moment of a DateTime field value; null for a blank or unreadable one. */
export function toMoment(value: unknown): Date | null {
  const moment = new Date(typeof value === 'string' ? value : NaN);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** Whole calendar days from one calendar date to another; negative when `to` is earlier. */
export function calendarDaysBetween(from: string, to: string): number {
  // Both read as UTC midnight, so that a change to summer time cannot make a day 23 hours long.
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** A span in the unit in which people say it: hours below two days, whole days from there on; never zero. */
export function spokenSpan(milliseconds: number): { readonly amount: number; readonly unit: 'hour' | 'day' } {
  const span = Math.abs(milliseconds);
  return span < 2 * DAY
    ? { amount: Math.max(1, Math.round(span / HOUR)), unit: 'hour' }
    : { amount: Math.floor(span / DAY), unit: 'day' };
}
