import type { FileOutcome, Outcome } from './run-scenarios.ts';

const WIDTH = 100;
const cut = (text: string): string => (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text);

/** Scenarios by verdict and by how sure their expectation is. */
export function summary(outcomes: readonly Outcome[]): string {
  const count = (of: (outcome: Outcome) => boolean): number => outcomes.filter(of).length;
  const by = (verdict: Outcome['verdict']): number => count((one) => one.verdict === verdict);
  const sure = (confidence: string): number => count(({ scenario }) => scenario.confidence === confidence);
  return (
    `${outcomes.length} scenarios: ${by('same')} same, ${by('known')} known differences, ${by('differs')} differ, ${by('skipped')} skipped ` +
    `(${sure('documented')} documented, ${sure('observed')} observed, ${sure('inferred')} inferred)`
  );
}

/** One outcome in lines: where it differs, what was expected, what came, and where the expectation is from. */
export function describe({ file, scenario, verdict, differences, remark }: Outcome): string {
  const lines = differences.flatMap(({ at, expected, actual }) => [
    `    ${at}`,
    `      expected ${cut(expected)}`,
    `      actual   ${cut(actual)}`,
  ]);
  return [
    `${verdict.padEnd(8)} ${file}: ${scenario.name}`,
    `    ${scenario.confidence}: ${scenario.source.document}, ${scenario.source.url}`,
    ...(remark === undefined ? [] : [`    ${remark}`]),
    ...(verdict === 'known' ? [`    ${scenario.knownDifference?.reason ?? ''}`] : []),
    ...lines,
  ].join('\n');
}

/** The table of a run: families in rows, then everything that is not the same. */
export function report(files: readonly FileOutcome[]): string {
  const outcomes = files.flatMap((file) => file.outcomes);
  const families = [...new Set(outcomes.map(({ family }) => family))];
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(22) : String(cell).padStart(9))).join('');
  const rows = families.map((family) => {
    const own = outcomes.filter((one) => one.family === family);
    const of = (verdict: Outcome['verdict']): number => own.filter((one) => one.verdict === verdict).length;
    return row([family, own.length, of('same'), of('known'), of('differs'), of('skipped')]);
  });
  const left = files.flatMap((file) => file.left);
  return [
    row(['family', 'scenarios', 'same', 'known', 'differ', 'skipped']),
    ...rows,
    '',
    ...outcomes.filter(({ verdict }) => verdict !== 'same').map((one) => `${describe(one)}\n`),
    ...(left.length > 0 ? ['Left in the org:', ...left.map((one) => `  ${one}`), ''] : []),
    summary(outcomes),
  ].join('\n');
}

/** The same for programs. */
export function reportJson(org: string, files: readonly FileOutcome[]): unknown {
  const outcomes = files.flatMap((file) => file.outcomes);
  return {
    org,
    summary: summary(outcomes),
    left: files.flatMap((file) => file.left),
    scenarios: outcomes.map(({ file, family, scenario, verdict, differences, remark }) => ({
      file,
      family,
      name: scenario.name,
      confidence: scenario.confidence,
      source: scenario.source,
      verdict,
      differences,
      remark,
    })),
  };
}
