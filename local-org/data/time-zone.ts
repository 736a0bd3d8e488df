import { offsetMs } from '../zone-offset.ts';

/** Days since 1970-01-01, without a time zone. */
export type DayNumber = number;

const DAY_MS = 86_400_000;

export interface LocalParts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What a clock on the wall in `timeZone` shows at this instant. */
export function localParts(instant: Date, timeZone: string): LocalParts {
  const shown = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone));
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
  };
}

export function utcDay(year: number, month: number, day: number): DayNumber {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY_MS);
}

export function addDays(day: DayNumber, count: number): DayNumber {
  return day + count;
}

/** `YYYY-MM-DD`. */
export function toDateText(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** `YYYY-MM-DD` in `timeZone` at this instant. */
export function localDateText(instant: Date, timeZone: string): string {
  const { year, month, day } = localParts(instant, timeZone);
  return toDateText(utcDay(year, month, day));
}

/**
 * The instant at which a day begins in `timeZone`. Where midnight is skipped by a clock change, the first instant
 * after it.
 */
export function startOfLocalDay(day: DayNumber, timeZone: string): Date {
  const midnight = day * DAY_MS;
  let instant = midnight;
  // Two rounds settle the offset also on days on which the clock changes.
  for (let round = 0; round < 2; round++) instant = midnight - offsetMs(instant, timeZone);
  return new Date(instant);
}
