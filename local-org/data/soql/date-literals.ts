import { addDays, localParts, startOfLocalDay, toDateText, utcDay, type DayNumber } from '../time-zone.ts';

/** Half-open range of days: `start` belongs to it, `end` does not. */
export interface DayRange {
  readonly start: DayNumber;
  readonly end: DayNumber;
}

export interface FiscalYear {
  /** 1 to 12. */
  readonly startMonth: number;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | 'FISCAL_QUARTER' | 'FISCAL_YEAR';

const PLAIN: Readonly<Record<string, readonly [Unit, number]>> = {
  YESTERDAY: ['DAY', -1],
  TODAY: ['DAY', 0],
  TOMORROW: ['DAY', 1],
  ...units(['WEEK', 'MONTH', 'QUARTER', 'YEAR', 'FISCAL_QUARTER', 'FISCAL_YEAR']),
};

function units(names: readonly Unit[]): Record<string, readonly [Unit, number]> {
  return Object.fromEntries(
    names.flatMap((unit): [string, readonly [Unit, number]][] => [
      [`LAST_${unit}`, [unit, -1]],
      [`THIS_${unit}`, [unit, 0]],
      [`NEXT_${unit}`, [unit, 1]],
    ]),
  );
}

const COUNTED =
  /^(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S$|^N_(DAY|WEEK|MONTH|QUARTER|YEAR|FISCAL_QUARTER|FISCAL_YEAR)S_AGO$/;

export function isDateLiteral(word: string): boolean {
  return word in PLAIN || word === 'LAST_90_DAYS' || word === 'NEXT_90_DAYS';
}

export function takesCount(word: string): boolean {
  return COUNTED.test(word);
}

/**
 * Days that a date literal names, `today` being the user's day. DOC
 * soql-and-sosl/sforce_api_calls_soql_select_dateformats.
 */
export function dayRange(name: string, count: number | null, today: DayNumber, fiscal: FiscalYear): DayRange {
  // "LAST_90_DAYS starts 90 days ago and includes today"; "NEXT_90_DAYS starts tomorrow".
  if (name === 'LAST_90_DAYS') return { start: addDays(today, -90), end: addDays(today, 1) };
  if (name === 'NEXT_90_DAYS') return { start: addDays(today, 1), end: addDays(today, 91) };
  const plain = PLAIN[name];
  if (plain) return unitRange(plain[0], plain[1], plain[1], today, fiscal);
  const match = COUNTED.exec(name);
  const n = count ?? 0;
  if (!match) throw new RangeError(`No date literal ${name}`);
  if (match[3]) return unitRange(match[3] as Unit, -n, -n, today, fiscal);
  const unit = match[2] as Unit;
  // LAST_N_DAYS includes today; the longer units leave the current one out.
  if (match[1] === 'LAST') {
    return unit === 'DAY'
      ? { start: addDays(today, -n), end: addDays(today, 1) }
      : unitRange(unit, -n, -1, today, fiscal);
  }
  return unitRange(unit, 1, n, today, fiscal);
}

function unitRange(unit: Unit, first: number, last: number, today: DayNumber, fiscal: FiscalYear): DayRange {
  return { start: unitStart(unit, first, today, fiscal), end: unitStart(unit, last + 1, today, fiscal) };
}

const MONTHS: Partial<Record<Unit, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12, FISCAL_QUARTER: 3, FISCAL_YEAR: 12 };

/** First day of the unit that lies `offset` units after the one that holds today. Weeks start on Sunday (en_US). */
function unitStart(unit: Unit, offset: number, today: DayNumber, fiscal: FiscalYear): DayNumber {
  if (unit === 'DAY') return addDays(today, offset);
  const date = new Date(today * 86_400_000);
  if (unit === 'WEEK') return addDays(today, -date.getUTCDay() + offset * 7);
  const length = MONTHS[unit]!;
  const origin = unit.startsWith('FISCAL') ? fiscal.startMonth - 1 : 0;
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() - origin;
  const start = Math.floor(months / length) * length + offset * length + origin;
  return utcDay(Math.floor(start / 12), (((start % 12) + 12) % 12) + 1, 1);
}

/** The range as texts that compare with a date field, or as instants that compare with a datetime field. */
export function rangeBounds(
  range: DayRange,
  type: 'date' | 'datetime',
  timeZone: string,
): { start: string; end: string } {
  if (type === 'date') return { start: toDateText(range.start), end: toDateText(range.end) };
  return {
    start: startOfLocalDay(range.start, timeZone).toISOString(),
    end: startOfLocalDay(range.end, timeZone).toISOString(),
  };
}

export function todayIn(timeZone: string, now: Date): DayNumber {
  const local = localParts(now, timeZone);
  return utcDay(local.year, local.month, local.day);
}
