/** The short form of a report: what was tried down the side, opportunity types across, and how many steps went as expected. */
import { SIGN } from './types.ts';
import type { ScenarioRow, Status, VerifyReport } from './types.ts';

/** The worst of several decides the sign. */
const BY_WEIGHT: readonly Status[] = ['failed', 'refused', 'skipped', 'unknown', 'passed'];

const tally = (rows: readonly { readonly status: Status }[]): string => {
  const worst = BY_WEIGHT.find((status) => rows.some((row) => row.status === status)) ?? 'passed';
  const passed = rows.filter(({ status }) => status === 'passed').length;
  return `${SIGN[worst]} ${String(passed)} of ${String(rows.length)}`;
};

/** Columns as wide as their content, two spaces apart. */
const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [lines[0], widths.map((width) => '─'.repeat(width)).join('  '), ...lines.slice(1)].join('\n');
};

const checkLines = ({ checks }: VerifyReport): string =>
  table([
    ['What an admin would look up', ''],
    ...[...Map.groupBy(checks, ({ check }) => check)].map(([title, rows]) => [title, tally(rows)]),
  ]);

const scenarioLines = (rows: readonly ScenarioRow[]): string => {
  const types = [...new Set(rows.map(({ type }) => type))];
  return table([
    ['An opportunity …', ...types],
    ...[...Map.groupBy(rows, ({ family }) => family)].map(([family, of]) => [
      family,
      ...types.map((type) => {
        const mine = of.filter((row) => row.type === type);
        return mine.length === 0 ? '' : tally(mine);
      }),
    ]),
  ]);
};

export const renderSummary = (report: VerifyReport): readonly string[] => [
  checkLines(report),
  ...(report.rows.every(({ status }) => status === 'skipped')
    ? [`The ${String(report.rows.length)} stage triggers were not tried: settle what is named below first.`]
    : [scenarioLines(report.rows)]),
];
