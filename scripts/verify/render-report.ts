import type { CheckRow, ScenarioRow, Status, VerifyReport } from './types.ts';

const SIGN: Readonly<Record<Status, string>> = {
  passed: '✓',
  failed: '✗',
  refused: '!',
  skipped: '-',
  unknown: '?',
};

/** Longer cells end in "…"; `--json` has everything, and what is to be done is quoted in full below the tables. */
const CELL_WIDTH = 64;

const shortened = (text: string): string => (text.length <= CELL_WIDTH ? text : `${text.slice(0, CELL_WIDTH - 1)}…`);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const cells = [head, ...rows].map((row) => row.map(shortened));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  const lines = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
};

const checkTable = (checks: readonly CheckRow[]): string =>
  table(
    ['', 'Check', 'Where', 'Found'],
    checks.map(({ status, check, place, actual }) => [SIGN[status], check, place, actual]),
  );

const scenarioTable = (rows: readonly ScenarioRow[]): string =>
  table(
    ['', 'Type', 'Scenario', 'Stage', 'Found'],
    rows.map(({ status, type, scenario, trigger, actual }) => [SIGN[status], type, scenario, trigger, actual]),
  );

const troubles = (report: VerifyReport): readonly string[] => [
  ...report.checks
    .filter(({ status }) => status !== 'passed')
    .map(
      ({ status, check, place, expected, actual, action }) =>
        `${SIGN[status]} ${check}, ${place}: expected ${expected}; found ${actual}\n  ${action}`,
    ),
  // A skipped step only repeats why an earlier one was refused.
  ...report.rows
    .filter(({ status }) => status === 'failed' || status === 'refused')
    .map(
      ({ status, type, scenario, trigger, expected, actual, action }) =>
        `${SIGN[status]} ${type} ${scenario}, at ${trigger}: expected ${expected}; found ${actual}\n  ${action}`,
    ),
  ...report.cleanUp.left.map(({ id, reason }) => `! ${id} could not be deleted: ${reason}\n  Delete it by hand.`),
];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

const summary = ({ counts, cleanUp, durations, org }: VerifyReport): string => {
  const parts = (Object.keys(SIGN) as Status[])
    .filter((status) => counts[status] > 0)
    .map((status) => `${String(counts[status])} ${status}`);
  const time = seconds(durations.checks + durations.scenarios + durations.cleanUp);
  const leftovers = cleanUp.leftovers > 0 ? `, ${String(cleanUp.leftovers)} of earlier runs before it` : '';
  return `${org.name}: ${parts.join(', ')} in ${time}. ${String(cleanUp.removed)} test records deleted${leftovers}.`;
};

/** The report as text for a terminal: checks, a row for each stage trigger, what to do about trouble, one line in sum. */
export const renderReport = (report: VerifyReport): string =>
  [
    checkTable(report.checks),
    scenarioTable(report.rows),
    ...(troubles(report).length > 0 ? [`What to do\n${troubles(report).join('\n')}`] : []),
    summary(report),
  ].join('\n\n');
