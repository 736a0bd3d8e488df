import { calendarDateOf, calendarDaysBetween, spokenSpan, toCalendarDate, toMoment } from 'c/dateMath';

describe('c/dateMath', () => {
  it('takes the calendar date of a moment in the time zone of the user', () => {
    const moment = new Date('2026-03-02T03:00:00.000Z');
    expect(calendarDateOf(moment, 'America/Los_Angeles')).toBe('2026-03-01');
    expect(calendarDateOf(moment, 'Europe/Vienna')).toBe('2026-03-02');
  });

  it('reads Date and DateTime fields', () => {
    expect(toCalendarDate('2026-03-02', 'America/Los_Angeles')).toBe('2026-03-02');
    expect(toCalendarDate('2026-03-02T03:00:00.000Z', 'America/Los_Angeles')).toBe('2026-03-01');
    expect(toCalendarDate('', 'UTC')).toBeNull();
    expect(toCalendarDate(null, 'UTC')).toBeNull();
    expect(toCalendarDate('soon', 'UTC')).toBeNull();
    expect(toMoment(undefined)).toBeNull();
  });

  it('counts whole days across a change to summer time and a leap day', () => {
    expect(calendarDaysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect(calendarDaysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(calendarDaysBetween('2026-03-09', '2026-03-07')).toBe(-2);
  });

  it('says spans in hours below two days, in days above', () => {
    const hour = 3_600_000;
    expect(spokenSpan(10)).toEqual({ amount: 1, unit: 'hour' });
    expect(spokenSpan(-47 * hour)).toEqual({ amount: 47, unit: 'hour' });
    expect(spokenSpan(48 * hour)).toEqual({ amount: 2, unit: 'day' });
    expect(spokenSpan(80 * hour)).toEqual({ amount: 3, unit: 'day' });
  });
});
