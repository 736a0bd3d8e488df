import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays, addMonths, dayIn, slaDue } from '../../scripts/verify/dates.ts';

const days = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('months later', () => {
  for (const [day, months, expected] of [
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2024-04-30', 1, '2024-05-30'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-12-15', 1, '2025-01-15'],
    ['2024-01-01', 36, '2027-01-01'],
  ] as const) {
    it(`${day} + ${String(months)} is ${expected}`, () => assert.equal(addMonths(day, months), expected));
  }

  it('stays on the day of the month or on the last day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 120 }), (day, months) => {
        const later = addMonths(day, months);
        const sameDay = later.slice(8) === day.slice(8);
        const lastDay = addDays(later, 1).slice(8) === '01' && later.slice(8) < day.slice(8);
        assert.ok(sameDay || lastDay, `${day} + ${String(months)} = ${later}`);
      }),
    );
  });
});

describe('SLA due', () => {
  const due = (entered: string, amount: number) =>
    slaDue(entered, { amount, unit: 'businessDays' }, 'UTC').slice(0, 10);
  for (const [entered, amount, expected] of [
    ['2026-03-13', 1, '2026-03-16'], // Friday
    ['2026-03-14', 1, '2026-03-16'], // Saturday
    ['2026-03-15', 1, '2026-03-16'], // Sunday
    ['2026-03-09', 4, '2026-03-13'],
    ['2026-03-09', 5, '2026-03-16'],
    ['2026-03-14', 6, '2026-03-23'],
  ] as const) {
    it(`${String(amount)} weekdays after ${entered} is ${expected}`, () =>
      assert.equal(due(`${entered}T10:00:00.000Z`, amount), expected));
  }

  it('counts hours through the weekend', () => {
    assert.equal(slaDue('2026-03-13T22:00:00.000Z', { amount: 4, unit: 'hours' }, 'UTC'), '2026-03-14T02:00:00.000Z');
  });

  it('takes the weekday from the time zone', () => {
    // Friday evening in London is Saturday in Tokyo; one weekday on is Monday either way, at the same moment of the day.
    assert.equal(dayIn('2026-03-13T20:00:00.000Z', 'Asia/Tokyo'), '2026-03-14');
    assert.equal(
      slaDue('2026-03-13T20:00:00.000Z', { amount: 1, unit: 'businessDays' }, 'Asia/Tokyo'),
      '2026-03-15T20:00:00.000Z',
    );
  });
});
