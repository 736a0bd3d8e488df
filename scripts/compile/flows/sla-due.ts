/**
 * When the SLA of the present stage runs out, as formulas. Business days are weekdays; holidays are not known to formulas. A moment is
 * stored in GMT and its day is that of the user whose save it is, so that near midnight the weekday depends on who saves (help: "Using
 * Date, Date/Time, and Time Values in Formulas").
 */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../metadata/component-metadata.ts';
import type { Sla, Stage } from '../../model/waterfall.ts';
import { FIELD } from '../names.ts';
import { formula } from './elements.ts';
import { STAGE_TEXT, merge, quoted, record } from './formula-text.ts';

const HOURS = 'SLA_Hours';
const BUSINESS_DAYS = 'SLA_Business_Days';
const WEEKDAY_NUMBER = 'SLA_Weekday';
const WEEKEND_DAYS_GONE = 'SLA_Weekend_Days_Gone';
const CALENDAR_DAYS = 'SLA_Calendar_Days';

const enteredAt = record(FIELD.stageEnteredAt);
const enteredOn = `DATEVALUE(${enteredAt})`;

const amounts = (stages: readonly Stage[], unit: Sla['unit']): string => {
  const cases = stages
    .filter((stage) => stage.sla?.unit === unit)
    .map((stage) => `${quoted(stage.name)}, ${String(stage.sla?.amount)}`);
  return `CASE(${[STAGE_TEXT, ...cases, '0'].join(', ')})`;
};

/**
 * The n-th weekday after the day of entry, at the time of day of the entry, as a spreadsheet's WORKDAY counts: from a Friday, 1 is
 * Monday. An entry on a weekend counts from the Friday before it. Since every five weekdays bring a weekend with them, weekday w
 * (Monday 1 to Friday 5) plus n weekdays is n + 2 * FLOOR((n + w - 1) / 5) calendar days away.
 */
const weekdayFormulas = (businessDays: string): readonly Authored<FlowFormula>[] => [
  formula(
    WEEKDAY_NUMBER,
    'Number',
    'Weekday of the entry, Monday 1 to Friday 5; a weekend counts as its Friday. The day is that of the time zone of whoever saves ' +
      '(GMT for automated processes), so that near midnight it can be another one. Holidays are not considered.',
    // WEEKDAY numbers from Sunday 1 to Saturday 7.
    `CASE(WEEKDAY(${enteredOn}), 1, 5, 7, 5, WEEKDAY(${enteredOn}) - 1)`,
  ),
  formula(
    WEEKEND_DAYS_GONE,
    'Number',
    'Days between that Friday and an entry on a weekend.',
    `CASE(WEEKDAY(${enteredOn}), 1, 2, 7, 1, 0)`,
  ),
  formula(
    CALENDAR_DAYS,
    'Number',
    'Calendar days from the entry to the last weekday of the SLA.',
    `${merge(businessDays)} + 2 * FLOOR((${merge(businessDays)} + ${merge(WEEKDAY_NUMBER)} - 1) / 5) - ${merge(WEEKEND_DAYS_GONE)}`,
  ),
];

/** Number formulas or variables with what an SLA allows, 0 where it is not in that unit; null where none can be. */
interface Allowed {
  readonly hours: string | null;
  readonly businessDays: string | null;
}

/**
 * The moment of entry plus what `allowed` refers to, as formula `name` of the words `what`; blank where neither is above 0. With
 * business days come the formulas that it needs.
 */
const dueFormulas = (
  { hours, businessDays }: Allowed,
  name: string,
  what: string,
): readonly Authored<FlowFormula>[] => {
  const daysDue =
    businessDays === null ? 'NULL' : `IF(${merge(businessDays)} > 0, ${enteredAt} + ${merge(CALENDAR_DAYS)}, NULL)`;
  return [
    ...(businessDays === null ? [] : weekdayFormulas(businessDays)),
    formula(
      name,
      'DateTime',
      what,
      hours === null ? daysDue : `IF(${merge(hours)} > 0, ${enteredAt} + ${merge(hours)} / 24, ${daysDue})`,
    ),
  ];
};

/** The due moment as formula `name` and what it needs; blank for a stage that has no SLA. Empty when no stage has one. */
export const slaFormulas = (stages: readonly Stage[], name: string): readonly Authored<FlowFormula>[] => {
  const inHours = stages.some((stage) => stage.sla?.unit === 'hours');
  const inDays = stages.some((stage) => stage.sla?.unit === 'businessDays');
  if (!inHours && !inDays) return [];
  return [
    ...(inHours
      ? [
          formula(
            HOURS,
            'Number',
            'Hours that the SLA of the present stage allows; 0 when it has none in hours.',
            amounts(stages, 'hours'),
          ),
        ]
      : []),
    ...(inDays
      ? [
          formula(
            BUSINESS_DAYS,
            'Number',
            'Weekdays that the SLA of the present stage allows; 0 when it has none in business days.',
            amounts(stages, 'businessDays'),
          ),
        ]
      : []),
    ...dueFormulas(
      { hours: inHours ? HOURS : null, businessDays: inDays ? BUSINESS_DAYS : null },
      name,
      'When the SLA of the present stage runs out; blank for a stage without one.',
    ),
  ];
};

/** Number variables that a flow fills with what an SLA allows. */
export const ALLOWED = { hours: 'Allowed_Hours', businessDays: 'Allowed_Business_Days' } as const;

/** The same for SLAs that the flow itself chooses among: it fills {@link ALLOWED} with the one, and 0 for the other unit. */
export const chosenSlaFormulas = (slas: readonly Sla[], name: string, what: string): readonly Authored<FlowFormula>[] =>
  dueFormulas(
    {
      hours: slas.some(({ unit }) => unit === 'hours') ? ALLOWED.hours : null,
      businessDays: slas.some(({ unit }) => unit === 'businessDays') ? ALLOWED.businessDays : null,
    },
    name,
    what,
  );
