import { renderSummary } from './render-summary.ts';
import { SIGN } from './types.ts';
import type { ScenarioRow, Status, VerifyReport } from './types.ts';

/** What a terminal of a hundred columns leaves beside the stage. `--json` has everything. */
const FOUND_WIDTH = 68;

const shortened = (text: string): string => (text.length <= FOUND_WIDTH ? text : `${text.slice(0, FOUND_WIDTH - 1)}…`);

/** The first thing compared speaks for the others where all of them were as expected. */
const foundIn = ({ status, actual, found }: ScenarioRow): string => {
  if (status !== 'passed' || found.length < 2) return shortened(actual);
  const others = ` and ${String(found.length - 1)} more as expected`;
  const [first = ''] = found;
  return first.length + others.length <= FOUND_WIDTH ? first + others : shortened(first);
};

/** A row for each stage trigger, scenario by scenario. */
const rowsInFull = (rows: readonly ScenarioRow[]): readonly string[] => {
  const stageWidth = Math.max(...rows.map(({ trigger }) => trigger.length));
  const scenarios = Map.groupBy(rows, ({ type, scenario }) => `${type}: ${scenario}`);
  return [...scenarios].map(([title, steps]) =>
    [
      title,
      ...steps.map((row) => `  ${SIGN[row.status]} ${row.trigger.padEnd(stageWidth)}  ${foundIn(row)}`.trimEnd()),
    ].join('\n'),
  );
};

const checksInFull = ({ checks }: VerifyReport): readonly string[] =>
  [...Map.groupBy(checks, ({ check }) => check)].map(([title, rows]) =>
    [title, ...rows.map(({ status, place, actual }) => `  ${SIGN[status]} ${place}: ${shortened(actual)}`)].join('\n'),
  );

const troubles = (report: VerifyReport): readonly string[] => [
  ...report.checks
    .filter(({ status }) => status !== 'passed')
    .map(
      ({ status, check, place, expected, actual, action }) =>
        `${SIGN[status]} ${check}, ${place}\n    expected  ${expected}\n    found     ${actual}\n    ${action}`,
    ),
  // A skipped step only repeats why an earlier one was refused.
  ...report.rows
    .filter(({ status }) => status === 'failed' || status === 'refused')
    .map(
      ({ status, type, scenario, trigger, expected, actual, action }) =>
        `${SIGN[status]} ${type} ${scenario}, at ${trigger}\n    expected  ${expected}\n    found     ${actual}\n    ${action}`,
    ),
  ...report.cleanUp.left.map(({ id, reason }) => `! ${id} could not be deleted: ${reason}\n    Delete it by hand.`),
];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const inSum = ({ counts, cleanUp, durations, org, rows, checks }: VerifyReport): string => {
  const parts = (Object.keys(SIGN) as Status[])
    .filter((status) => counts[status] > 0)
    .map((status) => `${String(counts[status])} ${status}`);
  const time = seconds(durations.checks + durations.scenarios + durations.cleanUp);
  const leftovers = cleanUp.leftovers > 0 ? `, ${String(cleanUp.leftovers)} of earlier runs before it` : '';
  const what = `${String(checks.length)} checks and ${String(rows.length)} stage triggers`;
  return `${org.name}: ${what}, ${parts.join(', ')}, in ${time}. ${String(cleanUp.removed)} test records deleted${leftovers}.`;
};

/**
 * The report as text for a terminal. In short: a line per check and per kind of scenario; in full: a row for each stage trigger.
 * Trouble is always shown whole, with what to do about it.
 */
export const renderReport = (report: VerifyReport, details = false): string => {
  const trouble = troubles(report);
  return [
    ...(details ? [...checksInFull(report), ...rowsInFull(report.rows)] : renderSummary(report)),
    ...(trouble.length > 0 ? [`What to do\n${trouble.map((text) => `  ${text}`).join('\n')}`] : []),
    inSum(report),
  ].join('\n\n');
};
