import type { FieldValue } from '../../../data/types.ts';
import { addDaysToDateTime, addMonths, localDate, localMoment } from '../../formula/calendar.ts';
import { orgTimeZone } from '../../records/org-globals.ts';
import { compileConditions } from '../conditions.ts';
import { FlowFault, FlowProblem } from '../flow-fault.ts';
import { resolveResource, type FlowNames } from '../flow-scope.ts';
import { compileValue, converted } from '../flow-value.ts';
import type { Interview, LogicElement } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredWait, StoredWaitEvent } from '../metadata.ts';
import type { FlowType } from '../values.ts';
import { alarmTime, parameterOf } from './alarm-time.ts';
import { fail } from './data-element.ts';

const DATETIME: FlowType = { kind: 'value', type: 'DateTime' };
const NUMBER: FlowType = { kind: 'value', type: 'Number' };

/** Days in a unit; months are counted on the calendar (Metadata API Developer Guide, FlowScheduledPathOffsetUnit). */
const DAYS: Readonly<Record<string, number>> = { Minutes: 1 / 1440, Hours: 1 / 24, Days: 1, Weeks: 7 };
/** What Flow Builder offers for a specified time ("WAIT_TIME_EVENT_OFFSET_UNIT", builder_platform_interaction/flowMetadata). */
const ALARM_UNITS = new Set(['Hours', 'Days']);

type Moment = (interview: Interview) => string;

/** Something a Wait element waits for. */
interface WaitEvent {
  readonly name: string;
  readonly applies: (interview: Interview) => boolean;
  readonly due: Moment;
  readonly resumed: (interview: Interview, due: string) => void;
  readonly next: string | null;
}

/**
 * Pauses an interview until a moment: Wait for Amount of Time, Wait Until Date, and Wait for Conditions with events at a
 * specified time (Metadata API Developer Guide, FlowWait and FlowWaitEvent; AlarmEvent's parameters as Flow Builder names
 * them). "If the conditions for every event evaluate to false, the defaultConnector is used"; the first event that occurs
 * is the one that is gone on with.
 */
export function compileWait(names: FlowNames, element: StoredWait): LogicElement {
  const name = element.name ?? '';
  /** "Only autolaunched and scheduled flows support" it (Flow Element: Wait for Amount of Time, on qiita.com). */
  if (names.object !== null && !names.byClock)
    throw new FlowProblem('A Wait element can be used only in flows that no record triggers.');
  const compileEvent = eventCompiler(names, element);
  const events = (element.waitEvents ?? []).map((event, index) => compileEvent(event, index));
  if (events.length === 0) throw new FlowProblem('A Wait element needs at least one event to wait for.');
  const faultPath = element.faultConnector?.targetReference ?? null;
  const otherwise = element.defaultConnector?.targetReference ?? null;
  return {
    kind: 'logic',
    name,
    run(interview) {
      const awaited = events.filter(({ applies }) => applies(interview));
      if (awaited.length === 0) {
        interview.trace.push(`${name}: nothing to wait for`);
        interview.at = otherwise;
        return;
      }
      try {
        const moments = awaited.map((event) => ({ event: event.name, due: event.due(interview) }));
        const first = moments.reduce((earliest, moment) => (moment.due < earliest.due ? moment : earliest));
        interview.paused = { element: name, ...first };
        interview.trace.push(`${name}: waits until ${first.due}`);
      } catch (error) {
        if (!(error instanceof FlowFault)) throw error;
        fail(interview, error.message, element.label ?? name, faultPath);
      }
    },
    resume(interview, { event, due }) {
      const occurred = events.find((candidate) => candidate.name === event);
      if (!occurred) return false;
      interview.trace.push(`${name}: goes on, ${due} has come`);
      occurred.resumed(interview, due);
      interview.at = occurred.next;
      return true;
    },
  };
}

function eventCompiler(names: FlowNames, element: StoredWait): (event: StoredWaitEvent, index: number) => WaitEvent {
  switch (element.elementSubtype) {
    case undefined:
      return (event, index) => compileAlarm(names, event, index);
    case 'WaitDuration':
      return (event, index) => ({ ...always(event, index), due: compileDuration(event) });
    case 'WaitDate':
      return (event, index) => ({ ...always(event, index), due: compileDate(names, element, event) });
    default:
      throw new FlowProblem(notRun(`Wait elements of the type ${element.elementSubtype}`));
  }
}

const always = (event: StoredWaitEvent, index: number): Omit<WaitEvent, 'due'> => ({
  name: event.name ?? `event_${index}`,
  applies: () => true,
  resumed: () => undefined,
  next: event.connector?.targetReference ?? null,
});

/** Wait for Amount of Time: `offset` and `offsetUnit` from the moment the interview comes to the element. */
function compileDuration({ offset, offsetUnit }: StoredWaitEvent): Moment {
  if (offset === undefined) throw new FlowProblem('A Wait for Amount of Time element needs an amount of time.');
  const shift = shifter(offsetUnit ?? 'Days');
  return ({ session }) => shift(session.tx.now.toISOString(), offset);
}

/** Wait Until Date: a date or the value of a resource, at a time of day, and any offset from it. */
function compileDate(names: FlowNames, { timeZoneId }: StoredWait, event: StoredWaitEvent): Moment {
  const { resumeDate, resumeDateReference, resumeTime, offset = 0, offsetUnit } = event;
  const shift = shifter(offsetUnit ?? 'Days');
  const base = baseDate(names, resumeDateReference, resumeDate);
  const time = /^\d{2}:\d{2}(:\d{2})?/.exec(resumeTime ?? '')?.[0] ?? null;
  return (interview) => {
    const value = base(interview);
    if (value === null) throw new FlowFault(`The date that ${resumeDateReference} gives to wait for is blank.`);
    const zone = timeZoneId ?? orgTimeZone(interview.session.tx);
    const isDate = value.length === 'YYYY-MM-DD'.length;
    const moment =
      isDate || time !== null ? localMoment(isDate ? value : localDate(value, zone), clockTime(time), zone) : value;
    return shift(moment, offset);
  };
}

const clockTime = (time: string | null): string =>
  time === null ? '00:00:00' : time.length === 'HH:MM'.length ? `${time}:00` : time;

function baseDate(
  names: FlowNames,
  reference: string | undefined,
  fixed: string | undefined,
): (interview: Interview) => string | null {
  if (reference === undefined) {
    const date = /^\d{4}-\d{2}-\d{2}/.exec(fixed ?? '')?.[0];
    if (date === undefined) throw new FlowProblem('A Wait Until Date element needs a date.');
    return () => date;
  }
  const { type, read } = resolveResource(names, reference);
  if (type.kind !== 'value' || (type.type !== 'Date' && type.type !== 'DateTime'))
    throw new FlowProblem(`${reference} is neither a date nor a date and time.`);
  return (interview) => read(interview) as string | null;
}

/** Wait for Conditions, until a specified time. */
function compileAlarm(names: FlowNames, event: StoredWaitEvent, index: number): WaitEvent {
  const base = alarmTime(names, event);
  const offset = converted(compileValue(names, parameterOf(event, 'TimeOffset')), NUMBER);
  const unit = parameterOf(event, 'TimeOffsetUnit')?.stringValue ?? 'Days';
  if (!ALARM_UNITS.has(unit)) throw new FlowProblem(`The value ${unit} isn't valid for TimeOffsetUnit.`);
  const shift = shifter(unit);
  const conditions = event.conditions ?? [];
  const due: Moment = (interview) => {
    const moment = base(interview);
    if (moment === null) throw new FlowFault('The time to wait for is blank.');
    return shift(moment, (offset.read(interview) as number | null) ?? 0);
  };
  return {
    ...always(event, index),
    applies: conditions.length === 0 ? () => true : compileConditions(names, conditions, event.conditionLogic),
    due,
    resumed: compileOutputs(names, event),
  };
}

/** The output AlarmTime is the moment at which the interview was to go on. */
function compileOutputs(names: FlowNames, { outputParameters = [] }: StoredWaitEvent): WaitEvent['resumed'] {
  const outputs = outputParameters.map(({ name, assignToReference }) => {
    if (name !== 'AlarmTime') throw new FlowProblem(notRun(`the output ${name} of wait events`));
    const target = resolveResource(names, assignToReference ?? '');
    if (!target.assign) throw new FlowProblem(`${target.name} can't be assigned a value.`);
    let moment: FieldValue = null;
    const source = converted({ type: DATETIME, read: () => moment }, target.type);
    const { assign } = target;
    return (interview: Interview, due: string): void => {
      moment = due;
      assign(interview, source.read(interview));
    };
  });
  return (interview, due) => outputs.forEach((put) => put(interview, due));
}

function shifter(unit: string): (moment: string, count: number) => string {
  if (unit === 'Months') return (moment, count) => addMonths(moment.slice(0, 10), count) + moment.slice(10);
  const days = DAYS[unit];
  if (days === undefined) throw new FlowProblem(notRun(`offsets in ${unit}`));
  return (moment, count) => addDaysToDateTime(moment, count * days);
}
