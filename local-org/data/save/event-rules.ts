import type { Row } from '../types.ts';
import type { ObjectRules } from './save-context.ts';
import { requiredMissing } from './save-errors.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/**
 * Events: start, end and duration follow from one another. DOC object-reference/event: ActivityDateTime and StartDateTime,
 * "if IsAllDayEvent is false … DurationInMinutes or EndDateTime is required", EndDateTime "if you enter both … they must
 * match".
 */
export const eventRules: ObjectRules = {
  derive(_context, _object, rows) {
    for (const { after, before, explicit } of rows) {
      const start = explicit.has('ActivityDateTime') ? after['ActivityDateTime'] : after['StartDateTime'];
      after['StartDateTime'] = start ?? after['ActivityDateTime'] ?? null;
      after['ActivityDateTime'] = after['StartDateTime'];
      if (after['IsAllDayEvent'] === true) deriveAllDay(after);
      else deriveTimed(after, explicit.has('EndDateTime') && !explicit.has('DurationInMinutes'));
      const what = after['WhatId'];
      if (typeof what === 'string' && what.startsWith('001') && what !== before?.['WhatId']) after['AccountId'] = what;
    }
  },
  check(_context, _object, rows) {
    for (const { after, errors } of rows) {
      if (after['IsAllDayEvent'] === true ? after['ActivityDate'] !== null : after['ActivityDateTime'] !== null) {
        if (after['DurationInMinutes'] !== null || after['IsAllDayEvent'] === true) continue;
      }
      const missing = after['IsAllDayEvent'] === true ? ['ActivityDate'] : ['DurationInMinutes', 'ActivityDateTime'];
      errors.push(requiredMissing(missing.filter((name) => (after[name] ?? null) === null)));
    }
  },
};

function deriveTimed(after: Row, endIsGiven: boolean): void {
  const start = after['StartDateTime'];
  if (typeof start !== 'string') return;
  const from = Date.parse(start);
  const end = after['EndDateTime'];
  if (typeof end === 'string' && (endIsGiven || after['DurationInMinutes'] === null))
    after['DurationInMinutes'] = Math.round((Date.parse(end) - from) / MINUTE_MS);
  const minutes = after['DurationInMinutes'];
  if (typeof minutes !== 'number') return;
  const until = new Date(from + minutes * MINUTE_MS).toISOString();
  after['EndDateTime'] = until;
  after['ActivityDate'] = start.slice(0, 10);
  after['EndDate'] = until.slice(0, 10);
}

/** An all-day event has a date; its times are midnight in UTC (DOC object-reference/event "ActivityDateTime"). */
function deriveAllDay(after: Row): void {
  const start = after['StartDateTime'];
  if (after['ActivityDate'] === null && typeof start === 'string') after['ActivityDate'] = start.slice(0, 10);
  const day = after['ActivityDate'];
  if (typeof day !== 'string') return;
  after['StartDateTime'] = `${day}T00:00:00.000Z`;
  after['ActivityDateTime'] = after['StartDateTime'];
  const end = after['EndDateTime'];
  const last = typeof end === 'string' && end.slice(0, 10) > day ? end.slice(0, 10) : day;
  after['EndDateTime'] = `${last}T00:00:00.000Z`;
  after['EndDate'] = last;
  after['DurationInMinutes'] = ((Date.parse(last) - Date.parse(day)) / DAY_MS + 1) * 1440;
}
