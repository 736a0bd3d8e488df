import { calendarDaysBetween } from 'c/dateMath';
import type { StageDefinition } from 'c/waterfallStages';

/** Where an opportunity stands: what the record says, as calendar dates and moments. */
export interface Progress {
  readonly stage: string;
  /** Date of entry by stage name; a stage never entered, or whose date the user may not see, is absent. */
  readonly dates: ReadonlyMap<string, string>;
  /** Names of the stages whose date the user may not see. */
  readonly hidden: ReadonlySet<string>;
  /** Date of entry into the present stage. */
  readonly enteredOn: string | null;
  /** Moment at which the present stage's SLA ends. */
  readonly slaDue: Date | null;
  readonly now: Date;
  /** Calendar date of `now` in the user's time zone. */
  readonly today: string;
}

/** `skipped`: lies behind the present stage and, as far as the user may know, was never entered. */
export type StageState = 'complete' | 'skipped' | 'current' | 'incomplete' | 'won' | 'lost';

/** One stop on the path. The closing stop stands for all closed stages until one of them is reached. */
export interface PathStop {
  readonly key: string;
  /** Null on the closing stop of an open opportunity. */
  readonly stage: StageDefinition | null;
  readonly state: StageState;
  readonly enteredOn: string | null;
  /** Whole calendar days spent there; null where it is not known or the opportunity is closed. */
  readonly days: number | null;
}

export interface Path {
  readonly steps: readonly PathStop[];
  readonly detours: readonly PathStop[];
  /** Closed stages that are no detours: the outcomes to choose from. */
  readonly outcomes: readonly StageDefinition[];
  /** The stop that the opportunity is at; null when its stage is not one of this type. */
  readonly current: PathStop | null;
  /** The stop that completing the present stage leads to; null when there is none. */
  readonly next: PathStop | null;
  readonly closed: boolean;
  readonly sla: SlaState | null;
}

export interface SlaState {
  readonly due: Date;
  readonly overdue: boolean;
  /** Milliseconds between now and due, always positive. */
  readonly distance: number;
}

export const CLOSING_STOP = 'closing';

const isOutcome = (stage: StageDefinition): boolean => stage.kind === 'step' && stage.outcome !== 'open';

/** The path of one opportunity: pure, from the definitions of its type and what the record says. */
export function buildPath(stages: readonly StageDefinition[], progress: Progress): Path {
  const openSteps = stages.filter((stage) => stage.kind === 'step' && stage.outcome === 'open');
  const outcomes = stages.filter(isOutcome);
  const position = openSteps.findIndex((stage) => stage.name === progress.stage);
  const reached = outcomes.find((stage) => stage.name === progress.stage);
  const passed = reached ? openSteps.length : position;

  const stop = (stage: StageDefinition, state: StageState): PathStop => ({
    key: stage.name,
    stage,
    state,
    enteredOn: entry(stage.name, progress),
    days: daysIn(stage, stages, progress),
  });
  const steps = openSteps.map((stage, index) => stop(stage, openState(stage, index, passed, progress)));
  if (reached) {
    steps.push(stop(reached, reached.outcome === 'won' ? 'won' : 'lost'));
  } else if (outcomes.length > 0) {
    steps.push({ key: CLOSING_STOP, stage: null, state: 'incomplete', enteredOn: null, days: null });
  }
  const detours = stages
    .filter((stage) => stage.kind === 'detour')
    .map((stage) => stop(stage, stage.name === progress.stage ? 'current' : 'incomplete'));

  const definition = stages.find((stage) => stage.name === progress.stage);
  const closed = definition !== undefined && definition.outcome !== 'open';
  return {
    steps,
    detours,
    outcomes,
    current: [...steps, ...detours].find((each) => each.stage?.name === progress.stage) ?? null,
    next: position >= 0 ? (steps[position + 1] ?? null) : null,
    closed,
    sla: closed ? null : slaState(progress),
  };
}

function openState(stage: StageDefinition, index: number, passed: number, progress: Progress): StageState {
  if (index === passed) {
    return 'current';
  }
  const entered = progress.dates.has(stage.name);
  // Off the path (a detour) there is no position: what was entered counts as complete.
  if (passed < 0) {
    return entered ? 'complete' : 'incomplete';
  }
  // Whoever may not see a date cannot be told that there is none.
  return index > passed ? 'incomplete' : entered || progress.hidden.has(stage.name) ? 'complete' : 'skipped';
}

const entry = (stage: string, { stage: current, enteredOn, dates }: Progress): string | null =>
  (stage === current ? enteredOn : null) ?? dates.get(stage) ?? null;

/** From a stage's date to the next later entry into any other stage; in the present stage to today. */
function daysIn(stage: StageDefinition, stages: readonly StageDefinition[], progress: Progress): number | null {
  const from = entry(stage.name, progress);
  if (from === null || stage.outcome !== 'open') {
    return null;
  }
  if (stage.name === progress.stage) {
    return Math.max(0, calendarDaysBetween(from, progress.today));
  }
  const place = stages.indexOf(stage);
  const left = stages
    .filter((other, index) => other !== stage && (index > place || other.kind === 'detour'))
    .flatMap((other) => entry(other.name, progress) ?? [])
    .filter((date) => date >= from)
    .sort()[0];
  return left === undefined ? null : calendarDaysBetween(from, left);
}

function slaState({ slaDue, now }: Progress): SlaState | null {
  if (slaDue === null) {
    return null;
  }
  const distance = slaDue.getTime() - now.getTime();
  return { due: slaDue, overdue: distance < 0, distance: Math.abs(distance) };
}
