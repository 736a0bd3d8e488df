/** Moments and spans of time as people type them. Pure. */

const MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Milliseconds of `3 days`, `90 minutes`, `1 week`; null when it is no such span. A day is 24 hours. */
export function parseSpan(text: string): number | null {
  const found = /^\s*(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?\s*$/i.exec(text);
  const unit = MS[found?.[2]?.toLowerCase() ?? ''];
  return found?.[1] === undefined || unit === undefined ? null : Number(found[1]) * unit;
}

/**
 * The moment of `2026-12-24T09:00` or `2026-12-24` (midnight) on the clocks of a time zone; with `Z` or an offset it is
 * taken as it stands. Null when it is none. A time that summer time skips is moved back by the skipped hour.
 */
export function parseMoment(text: string, timeZone: string): Date | null {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2}))?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i.exec(text.trim());
  if (!found) return null;
  const [, day = '', time = '00:00', seconds = '00', zone] = found;
  const asUtc = new Date(`${day}T${time}:${seconds}Z`);
  // Date takes 30 February for 2 March.
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 10) !== day) return null;
  if (zone !== undefined) return new Date(`${day}T${time}:${seconds}${offsetText(zone)}`);
  // The offset at the moment that is looked for: once from near it, and once more across a change of summer time.
  const first = new Date(asUtc.getTime() - offsetAt(asUtc, timeZone));
  return new Date(asUtc.getTime() - offsetAt(first, timeZone));
}

const offsetText = (zone: string): string =>
  /^z$/i.test(zone) ? 'Z' : zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;

/** Milliseconds by which the time zone is ahead of UTC at a moment. */
function offsetAt(moment: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(moment);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(moment.getTime() / 1000) * 1000;
}

/** `Thu, 24 Dec 2026, 09:00 (Europe/Paris)` */
export const momentText = (moment: Date, timeZone: string): string =>
  `${new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(moment)} (${timeZone})`;
