/** When a flow starts that creates what comes after a win: with the win, days after it, or, by the won opportunity's type, both. */
import type { FlowScheduledPath } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { FIELD, stageDateField } from '../../names.ts';
import { condition, elementName, formula, jumpTo, question, to, yesNo } from '../elements.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import {
  ENTERED_A_STAGE,
  ENTERED_A_STAGE_AT_START,
  NOT_BYPASSED,
  and,
  anyOf,
  or,
  record,
  stageIs,
} from '../formula-text.ts';
import { afterField } from '../record-triggered-flow.ts';
import { isWon, wonStages } from './won-rules.ts';
import type { RuleOfType } from './won-rules.ts';

export interface WonStart {
  readonly start: {
    readonly first?: string;
    readonly filterFormula: string;
    readonly doesRequireRecordChangedToMeetCriteria?: boolean;
    readonly paths?: readonly Authored<FlowScheduledPath>[];
  };
  readonly decisions: Required<FlowMetadata>['decisions'];
  readonly formulas: Required<FlowMetadata>['formulas'];
}

const typesOf = (rules: readonly RuleOfType[]) => rules.map(({ type }) => type);

/**
 * All rules act at once: the flow starts in the very save that wins. ISCHANGED instead of "only when updated to meet the condition", so
 * that a change of type or owner of one that is won already is not a second win.
 */
const atTheWin = (
  waterfall: Waterfall,
  rules: readonly RuleOfType[],
  first: string,
  also: string | null,
): WonStart => ({
  start: {
    first: elementName(first),
    filterFormula: and(
      NOT_BYPASSED,
      ENTERED_A_STAGE_AT_START,
      isWon(waterfall, typesOf(rules)),
      ...(also === null ? [] : [also]),
    ),
  },
  decisions: [],
  formulas: [],
});

interface DueDay {
  readonly days: number;
  readonly stage: string;
  readonly rules: readonly RuleOfType[];
}

/** A path per number of days and won stage, since a path counts from one field: the date of that stage. */
const dueDays = (delayed: readonly RuleOfType[]): readonly DueDay[] => {
  const each = delayed.flatMap((of) => wonStages(of.type).map((stage) => ({ days: of.rule.delayDays, stage, of })));
  return [...Map.groupBy(each, ({ days, stage }) => JSON.stringify([days, stage])).values()].map((group) => ({
    days: group[0]!.days,
    stage: group[0]!.stage,
    rules: group.map(({ of }) => of),
  }));
};

/**
 * How many days late a win may be taken up. A path whose moment has passed when it is scheduled runs at once (help: "Scheduled Paths"):
 * without a limit, writing the stage history of old wins would open what was due years ago, all of it in one night.
 */
export const DAYS_LATE = 7;

/** What the description of a flow with scheduled paths says about it; nothing where all rules act at once. */
export const lateText = (rules: readonly RuleOfType[]): string =>
  rules.every(({ rule }) => rule.delayDays === 0)
    ? ''
    : ` A win that is entered when that day is over for more than ${String(DAYS_LATE)} days creates nothing.`;

/**
 * The day it was due is not long over. A win of these days that is not the first one (reopened and won again, which is also how RevOps
 * repeats what was refused) is in time as well, although its stage keeps the date of the first. What came in as won is no such win.
 *
 * Asked when the record is saved, not when the path runs, so that what waits is not lost where the org runs it late.
 */
const inTime = ({ days, stage }: DueDay): string => {
  const entered = record(FIELD.stageEnteredAt);
  return or(
    `${record(stageDateField(stage))} + ${String(days + DAYS_LATE)} >= TODAY()`,
    and(
      `NOT(ISBLANK(${entered}))`,
      `DATEVALUE(${entered}) > DATEVALUE(${record('CreatedDate')})`,
      `DATEVALUE(${entered}) + ${String(DAYS_LATE)} >= TODAY()`,
    ),
  );
};

const pathLabel = ({ days, stage }: DueDay, all: readonly DueDay[]): string =>
  `After ${String(days)} days${all.some((other) => other.stage !== stage) ? ` in ${stage}` : ''}`;

/**
 * Some rules act days later, on a scheduled path.
 *
 * A scheduled path asks for "only when a record is updated to meet the condition requirements", and is taken back by any update after
 * which the record no longer meets the entry conditions (help: "Scheduled Paths"). The conditions are therefore about the state of the
 * record alone: with ISCHANGED the next update of a won opportunity would take the path back, and with the bypass permission an update by
 * whoever holds it. Whether the win itself was bypassed shows in the record: then it was not stamped, its mark or the date of its stage is
 * blank, and a path without its date is not scheduled. For imports that bring both, the path looks whether the user who won, as whom it
 * runs, holds the permission.
 *
 * The path counts from the date of the won stage. An opportunity that is reopened no longer meets the conditions, which takes the path
 * back; won again, it is scheduled again. The path looks once more whether the opportunity is won, since saves that run no flows (a
 * platform recalculation) may have changed it meanwhile. When the day is long over, an update takes back a path that has run.
 */
const later = (waterfall: Waterfall, rules: readonly RuleOfType[], first: string, also: string | null): WonStart => {
  const atOnce = rules.filter(({ rule }) => rule.delayDays === 0);
  const days = dueDays(rules.filter(({ rule }) => rule.delayDays > 0));
  const conditions = also === null ? [] : [also];
  const decision = (label: string, description: string, name: string, leads: 'first' | 'jumps') =>
    question(
      { label, description },
      {
        label: `Yes: ${label.replace(/\?$/, '')}`,
        description,
        logic: 'and',
        conditions: [condition(name, 'EqualTo', yesNo(true))],
        connector: leads === 'first' ? to(first) : jumpTo(first),
      },
      { label: 'No' },
    );
  const NOW = 'Won_Now';
  const WON_NOW = 'Was it won just now?';
  const dueName = (day: DueDay): string => `Due_${elementName(pathLabel(day, days))}`;
  const dueLabel = (day: DueDay): string => `${pathLabel(day, days)}: still due?`;
  return {
    start: {
      ...(atOnce.length > 0 && { first: elementName(WON_NOW) }),
      doesRequireRecordChangedToMeetCriteria: true,
      filterFormula: and(
        anyOf([
          ...(atOnce.length > 0 ? [isWon(waterfall, typesOf(atOnce))] : []),
          ...days.map((day) => and(stageIs(day.stage), isWon(waterfall, typesOf(day.rules)), inTime(day))),
        ]),
        `NOT(ISBLANK(${record(FIELD.stampedAt)}))`,
        ...conditions,
      ),
      paths: days.map((day) =>
        afterField(
          pathLabel(day, days),
          stageDateField(day.stage),
          { number: day.days, unit: 'Days' },
          elementName(dueLabel(day)),
        ),
      ),
    },
    decisions: [
      ...(atOnce.length > 0
        ? [decision(WON_NOW, 'This very save won it, and its type has a rule that acts at once.', NOW, 'first')]
        : []),
      ...days.map((day, index) =>
        decision(
          dueLabel(day),
          'Still won, of a type with a rule of this delay, and won by somebody who does not bypass the automation.',
          dueName(day),
          atOnce.length === 0 && index === 0 ? 'first' : 'jumps',
        ),
      ),
    ],
    formulas: [
      ...(atOnce.length > 0
        ? [
            formula(
              NOW,
              'Boolean',
              'Whether this save won it under a rule that acts at once.',
              and(NOT_BYPASSED, ENTERED_A_STAGE, isWon(waterfall, typesOf(atOnce))),
            ),
          ]
        : []),
      ...days.map((day) =>
        formula(
          dueName(day),
          'Boolean',
          'Whether what was due at the win still is.',
          and(NOT_BYPASSED, stageIs(day.stage), isWon(waterfall, typesOf(day.rules)), ...conditions),
        ),
      ),
    ],
  };
};

/** `first` is the label of the element where the work begins; `also` a further condition on the won opportunity, as formula text. */
export const wonStart = (
  waterfall: Waterfall,
  rules: readonly RuleOfType[],
  first: string,
  also: string | null = null,
): WonStart => (rules.every(({ rule }) => rule.delayDays === 0) ? atTheWin : later)(waterfall, rules, first, also);
