import { localMoment } from '../../formula/calendar.ts';
import { orgTimeZone } from '../../records/org-globals.ts';
import { FlowProblem } from '../flow-fault.ts';
import type { FlowNames } from '../flow-scope.ts';
import { compileValue, converted } from '../flow-value.ts';
import type { Interview } from '../interview.ts';
import { notRun } from '../messages.ts';
import type { StoredValue, StoredWaitEvent } from '../metadata.ts';
import { fieldOf, objectOf } from '../record-filters.ts';
import type { FlowType } from '../values.ts';

const DATETIME: FlowType = { kind: 'value', type: 'DateTime' };
const TEXT: FlowType = { kind: 'value', type: 'Text' };

/** The moment from which the offset of an event counts; null when there is none. */
export type BaseTime = (interview: Interview) => string | null;

/** An input parameter of an event, as Flow Builder names it (builder_platform_interaction/flowMetadata). */
export const parameterOf = ({ inputParameters = [] }: StoredWaitEvent, wanted: string): StoredValue | undefined =>
  inputParameters.find(({ name }) => name === wanted)?.value;

/**
 * "AlarmEvent: this event is an alarm based off an absolute date/time value. DateRefAlarmEvent: … based off a date/time field
 * on a record" (Metadata API Developer Guide, FlowWaitEvent). The record is read when the interview comes to the element: that
 * a later change of the field moves the time is not documented, and not done. Throws a FlowProblem or a FormulaError.
 */
export function alarmTime(names: FlowNames, event: StoredWaitEvent): BaseTime {
  switch (event.eventType) {
    case 'AlarmEvent': {
      const given = parameterOf(event, 'AlarmTime');
      if (given === undefined) throw new FlowProblem('An AlarmEvent needs the input parameter AlarmTime.');
      const { read } = converted(compileValue(names, given), DATETIME);
      return (interview) => read(interview) as string | null;
    }
    case 'DateRefAlarmEvent':
      return recordTime(names, event);
    default:
      throw new FlowProblem(notRun(`wait events of the type ${event.eventType}`));
  }
}

function recordTime(names: FlowNames, event: StoredWaitEvent): BaseTime {
  const text = (wanted: string): string => {
    const value = parameterOf(event, wanted)?.stringValue;
    if (value === undefined) throw new FlowProblem(`A DateRefAlarmEvent needs the input parameter ${wanted}.`);
    return value;
  };
  const object = objectOf(names, text('TimeTableColumnEnumOrId'));
  const field = fieldOf(object, text('TimeFieldColumnEnumOrId'));
  if ((field.type !== 'date' && field.type !== 'datetime') || field.formula !== null)
    throw new FlowProblem(`The field ${field.name} is neither a date nor a date and time that is stored.`);
  const id = parameterOf(event, 'EntityObjectId');
  if (id === undefined) throw new FlowProblem('A DateRefAlarmEvent needs the input parameter EntityObjectId.');
  const recordId = converted(compileValue(names, id), TEXT);
  return (interview) => {
    const { tx } = interview.session;
    const wanted = recordId.read(interview);
    if (typeof wanted !== 'string') return null;
    const value = tx.byIds(object.name, [wanted]).get(wanted)?.[field.name];
    if (typeof value !== 'string') return null;
    return field.type === 'date' ? localMoment(value, '00:00:00', orgTimeZone(tx)) : value;
  };
}
