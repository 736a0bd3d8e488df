/**
 * `npm test`: everything, in stages, with a line per stage and one summary. The output of each stage goes to .waterfall/test-logs;
 * of a failed stage the end is shown. The last line is plain: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** Why something was not tried on this machine, a line each. */
  readonly skipped?: readonly string[];
}

interface Stage {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads the counts from what was printed; a stage without counts is one check. */
  readonly counts?: (output: string) => Counts | null;
}

interface Outcome extends Counts {
  readonly skipped: readonly string[];
  readonly stage: Stage;
  readonly ok: boolean;
  readonly seconds: number;
  readonly output: string;
}

const LOGS = '.waterfall/test-logs';
const TAIL_LINES = 60;
const bin = (tool: string): string => path.join('node_modules', '.bin', tool);

const nodeTests = (name: string, patterns: readonly string[], concurrency: number): Stage => ({
  name,
  command: [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    ...patterns.flatMap((pattern) => globSync(pattern)).sort(),
  ],
  counts: (output) => {
    const number = (label: string): number =>
      Number(new RegExp(`^ℹ ${label} (\\d+)$`, 'm').exec(output)?.[1] ?? Number.NaN);
    const [passed, failed] = [number('pass'), number('fail') + number('cancelled')];
    return Number.isNaN(passed + failed) ? null : { passed, failed, skipped: skippedTests(output) };
  },
});

/** Tests that say why they cannot run here, in the words of node's reporter: `﹣ name (1.2ms) # reason`. */
const skippedTests = (output: string): readonly string[] =>
  [...output.matchAll(/^\s*﹣ (.*) \([\d.]+ms\) # (.*)$/gm)].map(([, name, why]) => `${name ?? ''}: ${why ?? ''}`);

const jestCounts = (output: string): Counts | null => {
  const line = /^Tests:\s+(.*)$/m.exec(output)?.[1];
  if (line === undefined) return null;
  const number = (label: string): number => Number(new RegExp(`(\\d+) ${label}`).exec(line)?.[1] ?? 0);
  return { passed: number('passed'), failed: number('failed') };
};

const STAGES: readonly Stage[] = [
  { name: 'types', command: [bin('tsc'), '-p', 'tsconfig.json'] },
  { name: 'types of components', command: [bin('tsc'), '-p', 'tsconfig.lwc.json'] },
  { name: 'types of pages', command: [bin('tsc'), '-p', 'local-org/lightning/client/tsconfig.json'] },
  { name: 'lint', command: [bin('eslint'), '.', '--max-warnings=0'] },
  { name: 'file names', command: [bin('ls-lint')] },
  { name: 'dead code', command: [bin('knip')] },
  { name: 'format', command: [bin('prettier'), '--check', '--log-level=warn', '.'] },
  { name: 'components', command: [bin('sfdx-lwc-jest'), '--', '--ci'], counts: jestCounts },
  nodeTests('unit and scenario', ['test/!(clients|browser)/**/*.test.ts'], 2),
  nodeTests('clients', ['test/clients/**/*.test.ts'], 2),
  nodeTests('browser', ['test/browser/**/*.test.ts'], 1),
];

const run = (stage: Stage): Promise<Outcome> =>
  new Promise((resolve) => {
    const started = performance.now();
    const [command, ...args] = stage.command;
    const chunks: Buffer[] = [];
    // Proxies would be asked for loopback addresses too: jsforce ignores NO_PROXY.
    const {
      http_proxy: _a,
      https_proxy: _b,
      HTTP_PROXY: _c,
      HTTPS_PROXY: _d,
      NODE_TEST_CONTEXT: _e,
      ...env
    } = process.env;
    const child = spawn(command ?? '', args, {
      env: { ...env, FORCE_COLOR: '0', CI: 'true' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    const finish = (code: number | null, trouble: string): void => {
      const output = Buffer.concat(chunks).toString('utf8') + trouble;
      const counts = stage.counts?.(output);
      const ok = code === 0 && (stage.counts === undefined || (counts?.failed === 0 && counts.passed > 0));
      resolve({
        stage,
        ok,
        seconds: (performance.now() - started) / 1000,
        output,
        passed: counts?.passed ?? (ok ? 1 : 0),
        skipped: counts?.skipped ?? [],
        // A stage that broke before it could count has failed all the same.
        failed: Math.max(counts?.failed ?? 0, ok ? 0 : 1),
      });
    };
    child.on('error', (error) => {
      finish(null, `\n${error.message}\n`);
    });
    child.on('close', (code) => {
      finish(code, '');
    });
  });

const report = (outcome: Outcome): void => {
  const { stage, ok, seconds, passed, failed, output } = outcome;
  writeFileSync(path.join(LOGS, `${stage.name.replaceAll(' ', '-')}.log`), output);
  const counts = stage.counts ? `${String(passed).padStart(5)} passed${failed > 0 ? `, ${failed} failed` : ''}` : '';
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${stage.name.padEnd(22)} ${seconds.toFixed(1).padStart(6)} s ${counts}`);
};

rmSync(LOGS, { recursive: true, force: true });
mkdirSync(LOGS, { recursive: true });
const wanted = process.argv.slice(2);
const stages = STAGES.filter((stage) => wanted.length === 0 || wanted.some((name) => stage.name.startsWith(name)));
if (stages.length === 0) {
  console.error(
    `Error: no stage is called ${wanted.join(', ')}. There are: ${STAGES.map((stage) => stage.name).join(', ')}.`,
  );
  process.exit(1);
}
const outcomes: Outcome[] = [];
for (const stage of stages) {
  const outcome = await run(stage);
  outcomes.push(outcome);
  report(outcome);
}
for (const { stage, output } of outcomes.filter((outcome) => !outcome.ok)) {
  console.log(`\n--- ${stage.name}: the end of ${LOGS}/${stage.name.replaceAll(' ', '-')}.log\n`);
  console.log(failureText(output));
}
for (const { stage, skipped } of outcomes) for (const test of skipped) console.log(`not run  ${stage.name}: ${test}`);
const total = outcomes.reduce(
  (sum, outcome) => ({ passed: sum.passed + outcome.passed, failed: sum.failed + outcome.failed }),
  { passed: 0, failed: 0 },
);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** The part that says what failed: from node's own list of failing tests on, otherwise the last lines. */
function failureText(output: string): string {
  const lines = output.trimEnd().split('\n');
  const failing = lines.findIndex((line) => line.startsWith('✖ failing tests:'));
  return (failing >= 0 ? lines.slice(failing, failing + 2 * TAIL_LINES) : lines.slice(-TAIL_LINES)).join('\n');
}
