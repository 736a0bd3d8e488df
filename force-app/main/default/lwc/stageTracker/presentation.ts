import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { spokenSpan } from 'c/dateMath';
import type { DetailRow } from 'c/stageDetails';
import type { StopView } from 'c/stagePath';
import type { PathStop, SlaState, StageState } from 'c/stagePathModel';
import type { StageDefinition } from 'c/waterfallStages';
import { LABEL, format } from './labels';

/** Turns the path model into the words and SLDS classes of the page. */

const STATE_CLASS: Readonly<Record<StageState, string>> = {
  complete: 'slds-is-complete',
  // A complete stop hides its title behind a check mark; nobody completed this one.
  skipped: 'slds-is-incomplete',
  current: 'slds-is-current',
  incomplete: 'slds-is-incomplete',
  won: 'slds-is-current slds-is-won',
  lost: 'slds-is-current slds-is-lost',
};

const STATE_WORD: Readonly<Record<StageState, string>> = {
  complete: LABEL.stateComplete,
  skipped: LABEL.stateSkipped,
  current: LABEL.stateCurrent,
  incomplete: LABEL.stateIncomplete,
  won: LABEL.stateWon,
  lost: LABEL.stateLost,
};

// A calendar date has no time zone: it is read and written as UTC.
const shortDate = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', month: 'short', day: 'numeric' });
const longDate = new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC', year: 'numeric', month: 'short', day: 'numeric' });
const moment = new Intl.DateTimeFormat(LOCALE, { timeZone: TIME_ZONE, dateStyle: 'medium', timeStyle: 'short' });

const count = (amount: number, unit: 'day' | 'hour'): string =>
  new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);

export const stopLabel = (stop: PathStop): string => stop.stage?.name ?? LABEL.closed;

/** The stop that is active: the selected one, and with nothing selected the present one. */
export function stopView(stop: PathStop, activeKey: string | undefined, today: string): StopView {
  const active = stop.key === activeKey ? ' slds-is-active' : '';
  const days = stop.days === null ? null : count(stop.days, 'day');
  const entered = stop.enteredOn === null ? null : `${LABEL.entered} ${longDate.format(new Date(stop.enteredOn))}`;
  return {
    key: stop.key,
    label: stopLabel(stop),
    cssClass: `slds-path__item ${STATE_CLASS[stop.state]}${active}`,
    spoken: [STATE_WORD[stop.state], entered, days].filter((each) => each !== null).join(', '),
    complete: stop.state === 'complete',
    date: stop.enteredOn === null ? '' : dateText(stop.enteredOn, today),
    stay: stop.state === 'skipped' ? LABEL.stateSkipped : (days ?? ''),
  };
}

/** The year only where it is not this year's: a dozen stops share one line. */
const dateText = (date: string, today: string): string =>
  (date.slice(0, 4) === today.slice(0, 4) ? shortDate : longDate).format(new Date(date));

export function slaText(sla: SlaState): string {
  const { amount, unit } = spokenSpan(sla.distance);
  return format(sla.overdue ? LABEL.overdue : LABEL.due, count(amount, unit), moment.format(sla.due));
}

export function facts(stop: PathStop, stage: StageDefinition): DetailRow[] {
  return rows([
    [LABEL.entered, stop.enteredOn === null ? '' : longDate.format(new Date(stop.enteredOn))],
    [LABEL.timeIn, stop.days === null ? '' : count(stop.days, 'day')],
    [LABEL.owner, stage.owner],
    [LABEL.sla, slaRule(stage)],
    [LABEL.responsible, stage.responsible],
    [LABEL.accountable, stage.accountable],
    [LABEL.consulted, stage.consulted.join(', ')],
    [LABEL.informed, stage.informed.join(', ')],
  ]);
}

export const guidance = (stage: StageDefinition): DetailRow[] =>
  rows([
    [LABEL.definition, stage.definition],
    [LABEL.entryRule, stage.entryRule],
    [LABEL.nextStep, stage.nextStep],
  ]);

function slaRule({ sla }: StageDefinition): string {
  if (sla === null) {
    return '';
  }
  return sla.unit === 'hours' ? count(sla.amount, 'hour') : format(LABEL.businessDays, String(sla.amount));
}

const rows = (pairs: readonly (readonly [string, string])[]): DetailRow[] =>
  pairs.filter(([, text]) => text !== '').map(([label, text]) => ({ label, text }));
