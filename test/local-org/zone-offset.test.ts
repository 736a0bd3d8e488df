import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { localParts } from '../../local-org/data/time-zone.ts';

const ZONES = [
  ...['Europe/Berlin', 'America/Los_Angeles', 'America/St_Johns', 'America/Sao_Paulo', 'Asia/Kathmandu'],
  ...['Australia/Lord_Howe', 'Pacific/Apia', 'GMT'],
];

test('a clock shows in each zone what Intl says', () => {
  const moments = fc.date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2060-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moments, fc.constantFrom(...ZONES), (moment, timeZone) => {
      const { year, month, day, hour, minute, second } = localParts(moment, timeZone);
      const two = (number: number): string => String(number).padStart(2, '0');
      // Sweden writes dates as ISO 8601 does.
      assert.equal(
        `${String(year)}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`,
        moment.toLocaleString('sv-SE', { timeZone }),
      );
    }),
    { numRuns: 500 },
  );
});
