import { offsetMs } from '../../zone-offset.ts';
import { FormulaEvaluationError } from './formula-error.ts';

/**
 * Dates are `YYYY-MM-DD`, datetimes ISO 8601 in UTC, times `HH:MM:SS.mmmZ`; all arithmetic is in the proleptic
 * Gregorian calendar.
 */
export const DAY_MS = 86_400_000;

interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

export const formatDate = ({ year, month, day }: CivilDate): string =>
  `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;

export const parseDate = (date: string): CivilDate => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
});

/** Days since 1970-01-01. */
export const dayNumber = (date: string): number => Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / DAY_MS;

export function dateOfDayNumber(day: number): string {
  const moment = new Date(Math.floor(day) * DAY_MS);
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() < 1 || moment.getUTCFullYear() > 9999) {
    throw new FormulaEvaluationError('Date out of range');
  }
  return moment.toISOString().slice(0, 10);
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Null when there is no such day. */
export function civilDate(year: number, month: number, day: number): string | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return formatDate({ year, month, day });
}

/**
 * "If the specified date is the last day of the month, the resulting date is the last day of the resulting month.
 * Otherwise, the
 * result has the same date component" (usefulFormulaFields, Formula Operators and Functions by Context), or the month's
 * last
 * day where it is shorter. `months` is cut to a whole number (FunctionAddMonths takes intValue()).
 */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = parseDate(date);
  const index = year * 12 + (month - 1) + Math.trunc(months);
  const target = { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
  if (target.year < 1 || target.year > 9999) throw new FormulaEvaluationError('Date out of range');
  const last = daysInMonth(target.year, target.month);
  return formatDate({ ...target, day: day === daysInMonth(year, month) ? last : Math.min(day, last) });
}

export const formatDateTime = (milliseconds: number): string => {
  if (!Number.isFinite(milliseconds) || Math.abs(milliseconds) > 8.64e15)
    throw new FormulaEvaluationError('Date out of range');
  return new Date(milliseconds).toISOString();
};

/** `days` may be a fraction; the result is a whole second, a datetime's precision. */
export const addDaysToDateTime = (moment: string, days: number): string =>
  formatDateTime(Math.round((Date.parse(moment) + days * DAY_MS) / 1000) * 1000);

export const timeToMs = (time: string): number => Date.parse(`1970-01-01T${time.endsWith('Z') ? time : `${time}Z`}`);

/** Times wrap around midnight. */
export const msToTime = (milliseconds: number): string =>
  new Date(((Math.trunc(milliseconds) % DAY_MS) + DAY_MS) % DAY_MS).toISOString().slice(11);

/** 1 is Sunday, as WEEKDAY says. */
export const weekday = (date: string): number => ((((dayNumber(date) + 4) % 7) + 7) % 7) + 1;

export function isoWeek(date: string): { readonly year: number; readonly week: number } {
  const day = dayNumber(date);
  const mondayBased = (weekday(date) + 5) % 7;
  const thursday = parseDate(dateOfDayNumber(day - mondayBased + 3));
  const first = dayNumber(formatDate({ year: thursday.year, month: 1, day: 1 }));
  return { year: thursday.year, week: Math.floor((day - mondayBased + 3 - first) / 7) + 1 };
}

/** The calendar date of a moment for a user in `timeZone`. */
export function localDate(moment: string, timeZone: string): string {
  const milliseconds = Date.parse(moment);
  return new Date(milliseconds + offsetMs(milliseconds, timeZone)).toISOString().slice(0, 10);
}

export const addDays = (date: string, days: number): string => dateOfDayNumber(dayNumber(date) + days);

/** The UTC moment of a local date and time (`HH:MM:SS`). */
export function localMoment(date: string, time: string, timeZone: string): string {
  const utc = dayNumber(date) * DAY_MS + timeToMs(time);
  const guess = utc - offsetMs(utc, timeZone);
  return formatDateTime(utc - offsetMs(guess, timeZone));
}

/** The UTC moment of a local midnight, for a Date that becomes a DateTime. */
export const startOfLocalDay = (date: string, timeZone: string): string => localMoment(date, '00:00:00', timeZone);
