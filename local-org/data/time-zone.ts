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

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** What a clock on the wall in `timeZone` shows at this instant. */
export function localParts(instant: Date, timeZone: string): LocalParts {
  if (timeZone === 'UTC' || timeZone === 'GMT') {
    return {
      year: instant.getUTCFullYear(),
      month: instant.getUTCMonth() + 1,
      day: instant.getUTCDate(),
      hour: instant.getUTCHours(),
      minute: instant.getUTCMinutes(),
      second: instant.getUTCSeconds(),
    };
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = Number(value);
  return {
    year: parts['year']!,
    month: parts['month']!,
    day: parts['day']!,
    hour: parts['hour']!,
    minute: parts['minute']!,
    second: parts['second']!,
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
  for (let round = 0; round < 2; round++) {
    const local = localParts(new Date(instant), timeZone);
    const shown = Date.UTC(local.year, local.month - 1, local.day, local.hour, local.minute, local.second);
    instant += midnight - shown;
  }
  return new Date(instant);
}
