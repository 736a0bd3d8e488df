import TIME_ZONE from '@salesforce/i18n/timeZone';
import ENTERED_AT from '@salesforce/schema/Opportunity.Stage_Entered_At__c';
import SLA_DUE from '@salesforce/schema/Opportunity.Stage_SLA_Due__c';
import STAGE_NAME from '@salesforce/schema/Opportunity.StageName';
import { calendarDateOf, toCalendarDate, toMoment } from 'c/dateMath';
import type { Progress } from 'c/stagePathModel';
import { STAGES, TYPE_FIELD } from 'c/waterfallStages';
import type { StageDefinition } from 'c/waterfallStages';
import { getFieldValue } from 'lightning/uiRecordApi';
import type { RecordRepresentation } from 'lightning/uiRecordApi';

/** What the tracker reads of an opportunity, and what it makes of it. */

const dateField = (stage: StageDefinition): string => `Opportunity.${stage.dateField}`;

/** All of it optional: who may not see a field still gets the page without it. */
export const OPTIONAL_FIELDS = [
  STAGE_NAME,
  TYPE_FIELD,
  ENTERED_AT,
  SLA_DUE,
  ...new Set(Object.values(STAGES).flat().map(dateField)),
];

/** Null when the user may not see the stage. */
export function stageOf(record: RecordRepresentation): string | null {
  const stage = getFieldValue(record, STAGE_NAME);
  return typeof stage === 'string' ? stage : null;
}

/** Null when the record's type (record type or `Type`, as the model has it) is not one of the waterfall's, or hidden. */
export function definitionsFor(record: RecordRepresentation): readonly StageDefinition[] | null {
  const type = getFieldValue(record, TYPE_FIELD);
  return typeof type === 'string' && Object.hasOwn(STAGES, type) ? (STAGES[type] ?? null) : null;
}

/** The UI API leaves a field out that the user may not see. */
const isHidden = (record: RecordRepresentation, stage: StageDefinition): boolean => !(stage.dateField in record.fields);

/** Whether the user may see none of the stages' dates: he lacks the waterfall's permission sets. */
export const datesAreHidden = (record: RecordRepresentation, stages: readonly StageDefinition[]): boolean =>
  stages.every((stage) => isHidden(record, stage));

export function progressOf(
  record: RecordRepresentation,
  stages: readonly StageDefinition[],
  stage: string,
  now: Date,
): Progress {
  const dates = stages.flatMap((each) => {
    const date = toCalendarDate(getFieldValue(record, dateField(each)), TIME_ZONE);
    return date === null ? [] : ([[each.name, date]] as const);
  });
  return {
    stage,
    dates: new Map(dates),
    hidden: new Set(stages.filter((each) => isHidden(record, each)).map(({ name }) => name)),
    enteredOn: toCalendarDate(getFieldValue(record, ENTERED_AT), TIME_ZONE),
    slaDue: toMoment(getFieldValue(record, SLA_DUE)),
    now,
    today: calendarDateOf(now, TIME_ZONE),
  };
}
