import {
  addMonths,
  civilDate,
  dayNumber,
  formatDate,
  formatDateTime,
  isoWeek,
  localDate,
  msToTime,
  parseDate,
  timeToMs,
  weekday,
} from '../calendar.ts';
import { computed, requireCount, requireType } from '../expression.ts';
import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import { MESSAGE } from '../messages.ts';
import type { Expression } from '../types.ts';
import { fixed, type FunctionCompiler, type FunctionTable } from './signature.ts';

/**
 * Texts: usefulFormulaFields, Using Date, Date/Time, and Time Values in Formulas; edge cases from
 * salesforce/formula-engine.
 */

const ofDate = (part: (date: string) => number): FunctionCompiler => fixed(['Date'], 'Number', part);
const ofTime = (part: (milliseconds: number) => number): FunctionCompiler =>
  fixed(['Time'], 'Number', (time: string) => part(timeToMs(time)));

function parseDateText(text: string): string | null {
  if (text === '') return null;
  const match = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text);
  const date = match && civilDate(Number(match[1]), Number(match[2]), Number(match[3]));
  if (!date) throw new FormulaEvaluationError('Invalid date for DATEVALUE function');
  return date;
}

/** "YYYY-MM-DD HH:MM:SS", GMT. */
function parseDateTimeText(text: string): string | null {
  if (text === '') return null;
  const match = /^(\d{4}-\d{1,2}-\d{1,2}) (\d{1,2}):(\d{1,2}):(\d{1,2})Z?$/.exec(text);
  const [hour, minute, second] = match ? [Number(match[2]), Number(match[3]), Number(match[4])] : [99, 99, 99];
  if (!match || hour > 23 || minute > 59 || second > 59) {
    throw new FormulaEvaluationError('Invalid value for DATETIMEVALUE function');
  }
  const clock = match
    .slice(2, 5)
    .map((part) => part.padStart(2, '0'))
    .join(':');
  return `${parseDateText(match[1]!)}T${clock}.000Z`;
}

function parseTimeText(text: string): string | null {
  if (text === '') return null;
  const milliseconds = /^\d{1,2}:\d{2}:\d{2}(\.\d{1,3})?$/.test(text)
    ? timeToMs(text.padStart(text.indexOf(':') === 1 ? text.length + 1 : 0, '0'))
    : NaN;
  if (Number.isNaN(milliseconds)) throw new FormulaEvaluationError('Invalid value for TIMEVALUE function');
  return msToTime(milliseconds);
}

const unsuitable = (name: string, argument: Expression<never>): never => {
  throw new FormulaError(MESSAGE.illegalType(name), argument.at);
};

function duration(totalSeconds: number, withDays: boolean): string {
  const seconds = Math.trunc(Math.abs(totalSeconds));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const clock = `${two(withDays ? hours % 24 : hours)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return `${totalSeconds < 0 ? '-' : ''}${withDays ? `${Math.floor(hours / 24)}:` : ''}${clock}`;
}

export const DATE_FUNCTIONS: FunctionTable = {
  ADDMONTHS: (args, at, _scope, name) => {
    requireCount(name, args, 2, at);
    const [date, months] = [args[0]!, requireType(name, args[1]!, ['Number'])];
    const type = date.type === 'DateTime' ? 'DateTime' : 'Date';
    if (!['Date', 'DateTime', 'Null'].includes(date.type)) unsuitable(name, date);
    return computed(
      type,
      (frame) => {
        const value = date.evaluate(frame) as string | null;
        const count = months.evaluate(frame) as number | null;
        if (value === null || count === null) return null;
        return addMonths(value, count) + value.slice(10);
      },
      at,
      args,
    );
  },
  DATE: fixed(['Number', 'Number', 'Number'], 'Date', (year: number, month: number, day: number) => {
    const date = civilDate(Math.trunc(year), Math.trunc(month), Math.trunc(day));
    if (date === null) throw new FormulaEvaluationError('Month or Day out of range in DATE() function');
    return date;
  }),
  DATEVALUE: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const argument = args[0]!;
    const value = argument.evaluate;
    if (argument.type === 'Text') return computed('Date', (frame) => parseDateText(value(frame) as string), at, args);
    if (argument.type === 'Date' || argument.type === 'Null') return computed('Date', value, at, args);
    if (argument.type !== 'DateTime') return unsuitable(name, argument);
    return computed(
      'Date',
      (frame) =>
        ((moment) => (moment === null ? null : localDate(moment, frame.session.timeZone)))(
          value(frame) as string | null,
        ),
      at,
    );
  },
  DATETIMEVALUE: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const argument = args[0]!;
    const value = argument.evaluate;
    if (argument.type === 'Text')
      return computed('DateTime', (frame) => parseDateTimeText(value(frame) as string), at, args);
    if (argument.type === 'DateTime' || argument.type === 'Null') return computed('DateTime', value, at, args);
    if (argument.type !== 'Date') return unsuitable(name, argument);
    return computed(
      'DateTime',
      (frame) => ((date) => (date === null ? null : `${date}T00:00:00.000Z`))(value(frame) as string | null),
      at,
      args,
    );
  },
  DAY: ofDate((date) => parseDate(date).day),
  DAYOFYEAR: ofDate((date) => dayNumber(date) - dayNumber(formatDate({ ...parseDate(date), month: 1, day: 1 })) + 1),
  FORMATDURATION: (args, at, _scope, name) => {
    if (args.length < 1 || args.length > 2) requireCount(name, args, 2, at);
    const [first, second] = args;
    if (args.length === 1 || second!.type === 'Boolean') {
      const seconds = requireType(name, first!, ['Number']).evaluate;
      return computed(
        'Text',
        (frame) =>
          ((value) => (value === null ? '' : duration(value, second?.evaluate(frame) === true)))(
            seconds(frame) as number | null,
          ),
        at,
      );
    }
    requireType(name, first!, ['Time', 'DateTime']);
    requireType(name, second!, [first!.type]);
    const withDays = first!.type === 'DateTime';
    const moment = withDays ? Date.parse : timeToMs;
    return computed(
      'Text',
      (frame) => {
        const [from, to] = [first!.evaluate(frame) as string | null, second!.evaluate(frame) as string | null];
        return from === null || to === null ? '' : duration((moment(to) - moment(from)) / 1000, withDays);
      },
      at,
    );
  },
  FROMUNIXTIME: fixed(['Number'], 'DateTime', (seconds: number) => formatDateTime(Math.trunc(seconds) * 1000)),
  HOUR: ofTime((time) => Math.floor(time / 3_600_000)),
  ISOWEEK: ofDate((date) => isoWeek(date).week),
  ISOYEAR: ofDate((date) => isoWeek(date).year),
  MILLISECOND: ofTime((time) => time % 1000),
  MINUTE: ofTime((time) => Math.floor(time / 60_000) % 60),
  MONTH: ofDate((date) => parseDate(date).month),
  NOW: (args, at, _scope, name) => {
    requireCount(name, args, 0, at);
    return computed('DateTime', (frame) => frame.session.now, at);
  },
  SECOND: ofTime((time) => Math.floor(time / 1000) % 60),
  TIMENOW: (args, at, _scope, name) => {
    requireCount(name, args, 0, at);
    return computed('Time', (frame) => frame.session.now.slice(11), at);
  },
  TIMEVALUE: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const argument = args[0]!;
    const value = argument.evaluate;
    if (argument.type === 'Text') return computed('Time', (frame) => parseTimeText(value(frame) as string), at, args);
    if (argument.type === 'Time' || argument.type === 'Null') return computed('Time', value, at, args);
    if (argument.type !== 'DateTime') return unsuitable(name, argument);
    return computed('Time', (frame) => (value(frame) as string | null)?.slice(11) ?? null, at, args);
  },
  TODAY: (args, at, _scope, name) => {
    requireCount(name, args, 0, at);
    return computed('Date', (frame) => frame.session.today, at);
  },
  UNIXTIMESTAMP: fixed([['Date', 'DateTime', 'Time']], 'Number', (value: string) =>
    /^\d{4}-/.test(value) ? Math.floor(Date.parse(value) / 1000) : Math.floor(timeToMs(value) / 1000),
  ),
  WEEKDAY: ofDate(weekday),
  YEAR: ofDate((date) => parseDate(date).year),
};
