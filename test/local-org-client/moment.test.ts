import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { momentText, parseMoment, parseSpan } from '../../scripts/local-org-client/moment.ts';

const iso = (text: string, timeZone: string): string | undefined => parseMoment(text, timeZone)?.toISOString();

test('a moment is read on the clocks of the time zone', () => {
  assert.equal(iso('2026-12-24T09:00', 'America/Los_Angeles'), '2026-12-24T17:00:00.000Z');
  assert.equal(iso('2026-07-01 09:00:30', 'Europe/Paris'), '2026-07-01T07:00:30.000Z');
  assert.equal(iso('2026-12-24', 'Asia/Kolkata'), '2026-12-23T18:30:00.000Z');
});

test('with Z or an offset it is taken as it stands', () => {
  assert.equal(iso('2026-12-24T09:00Z', 'America/Los_Angeles'), '2026-12-24T09:00:00.000Z');
  assert.equal(iso('2026-12-24T09:00+0530', 'America/Los_Angeles'), '2026-12-24T03:30:00.000Z');
});

test('around the changes of summer time', () => {
  // New York: 8 March 2026 02:00 -> 03:00, 1 November 2026 02:00 -> 01:00.
  assert.equal(iso('2026-03-08T01:59', 'America/New_York'), '2026-03-08T06:59:00.000Z');
  assert.equal(iso('2026-03-08T02:30', 'America/New_York'), '2026-03-08T06:30:00.000Z');
  assert.equal(iso('2026-03-08T03:00', 'America/New_York'), '2026-03-08T07:00:00.000Z');
  assert.equal(iso('2026-11-01T03:00', 'America/New_York'), '2026-11-01T08:00:00.000Z');
});

test('what is no moment is null', () => {
  for (const text of ['', 'tomorrow', '2026-02-30T09:00', '2026-13-01', '24.12.2026', '2026-12-24T25:00'])
    assert.equal(parseMoment(text, 'UTC'), null, text);
});

test('every minute of a time zone is read back as it was written, but where summer time skips or repeats it', () => {
  const zones = fc.constantFrom('UTC', 'Asia/Kolkata', 'Pacific/Auckland', 'America/Sao_Paulo');
  const minutes = fc
    .integer({ min: 0, max: 20 * 365 * 24 * 60 })
    .map((minute) => new Date(Date.UTC(2010) + minute * 60_000));
  fc.assert(
    fc.property(zones, minutes, (timeZone, moment) => {
      const said = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
        moment,
      );
      const read = parseMoment(said, timeZone);
      const hour = Math.abs((read?.getTime() ?? Infinity) - moment.getTime());
      assert.ok(hour === 0 || hour === 3_600_000, `${said} ${timeZone}`);
    }),
  );
});

test('spans', () => {
  assert.equal(parseSpan('3 days'), 259_200_000);
  assert.equal(parseSpan('1 week'), 604_800_000);
  assert.equal(parseSpan('1.5 hours'), 5_400_000);
  assert.equal(parseSpan(' 90 Minutes '), 5_400_000);
  for (const text of ['', '3', 'days', '-3 days', '3 months']) assert.equal(parseSpan(text), null, text);
});

test('a moment is told with its time zone', () => {
  assert.equal(momentText(new Date('2026-12-24T08:00:00Z'), 'Europe/Paris'), 'Thu, 24 Dec 2026, 09:00 (Europe/Paris)');
});
