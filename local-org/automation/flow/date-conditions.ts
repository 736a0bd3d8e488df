import { addDays, addMonths, localDate } from '../formula/calendar.ts';
import { FlowProblem } from './flow-fault.ts';
import type { Resource } from './flow-scope.ts';
import { converted, type Source } from './flow-value.ts';
import type { Interview } from './interview.ts';

/**
 * Operators of a date or a date and time that count from today in the user's time zone (Metadata API Developer Guide,
 * FlowComparisonOperator). `amount` is the right side's number of days, months or years.
 */
type DateTest = (date: string, today: string, amount: number) => boolean;

const month = (date: string): string => date.slice(0, 7);
const year = (date: string): number => Number(date.slice(0, 4));
const firstOfMonth = (date: string): string => `${month(date)}-01`;
const between = (date: string, from: string, to: string): boolean => from <= date && date <= to;
const anniversary = (date: string, today: string): boolean => date.slice(5) === today.slice(5);

/** The right side says whether the answer should be yes or no. */
const ASKING: Readonly<Record<string, DateTest>> = {
  IsToday: (date, today) => date === today,
  IsTomorrow: (date, today) => date === addDays(today, 1),
  IsYesterday: (date, today) => date === addDays(today, -1),
  IsThisMonth: (date, today) => month(date) === month(today),
  IsNextMonth: (date, today) => month(date) === month(addMonths(firstOfMonth(today), 1)),
  IsLastMonth: (date, today) => month(date) === month(addMonths(firstOfMonth(today), -1)),
  ThisYear: (date, today) => year(date) === year(today),
  NextYear: (date, today) => year(date) === year(today) + 1,
  LastYear: (date, today) => year(date) === year(today) - 1,
  IsAnniversaryOfToday: anniversary,
  IsNotAnniversaryOfToday: (date, today) => !anniversary(date, today),
};

/** Spans end or begin with today, which they include; "last n months" are whole ones before this. */
const COUNTING: Readonly<Record<string, DateTest>> = {
  LastNumberOfDays: (date, today, days) => between(date, addDays(today, -days), today),
  NextNumberOfDays: (date, today, days) => between(date, today, addDays(today, days)),
  GreaterThanLastNumberOfDays: (date, today, days) => date < addDays(today, -days),
  LastNumberOfMonths: (date, today, months) =>
    date < firstOfMonth(today) && date >= addMonths(firstOfMonth(today), -months),
  NextNumberOfMonths: (date, today, months) =>
    month(date) > month(today) && month(date) <= month(addMonths(firstOfMonth(today), months)),
  LastNumberOfYears: (date, today, years) => year(date) < year(today) && year(date) >= year(today) - years,
};

/** Null when the operator is none of these. A blank date meets none of them. Throws a FlowProblem for other types. */
export function compileDateTest(
  left: Resource,
  operator: string,
  right: Source,
): ((interview: Interview) => boolean) | null {
  const asking = ASKING[operator];
  const counting = COUNTING[operator];
  if (!asking && !counting) return null;
  if (left.type.kind !== 'value' || (left.type.type !== 'Date' && left.type.type !== 'DateTime'))
    throw new FlowProblem(`The operator ${operator} can't be used with ${left.name}, which is no date.`);
  const isDate = left.type.type === 'Date';
  const dateOf = (interview: Interview): string | null => {
    const value = left.read(interview) as string | null;
    return value === null || isDate ? value : localDate(value, interview.session.timeZone);
  };
  if (asking) {
    return (interview) => {
      const date = dateOf(interview);
      return date !== null && asking(date, interview.session.today, 0) === (right.read(interview) !== false);
    };
  }
  const amount = converted(right, { kind: 'value', type: 'Number' });
  return (interview) => {
    const date = dateOf(interview);
    const count = amount.read(interview) as number | null;
    return date !== null && count !== null && counting!(date, interview.session.today, Math.trunc(count));
  };
}
