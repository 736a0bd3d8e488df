/**
 * `node test/parity/run.ts -o alias`: runs the parity scenarios against any org and says where it differs from what they expect.
 * Without `-o`, against a local org in memory. Ends with 1 when something differs or is left behind, with 2 when it cannot run.
 */
import { parseArgs } from 'node:util';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import { report, reportJson } from './report.ts';
import { runFile, type FileOutcome } from './run-scenarios.ts';
import { readScenarios } from './scenario.ts';
import { localTarget, sfTarget, type Target } from './target.ts';

const USAGE = `node test/parity/run.ts [options]

  -o, --target-org <alias>   org that sf has logged in to; without it a local org in memory
      --family <name>        only the scenarios of one folder, such as rest or soql
      --name <text>          only scenarios whose name contains the text
      --json                 the outcome as JSON
      --allow-production     also on a production org: the scenarios deploy components of their own (WfParity_…),
                             make marked records, and take both away again
`;

interface Wanted {
  readonly family?: string;
  readonly name?: string;
}

async function runAll(
  target: Target,
  { family, name }: Wanted,
  say: (text: string) => void,
): Promise<readonly FileOutcome[]> {
  const done: FileOutcome[] = [];
  for (const file of readScenarios(family)) {
    say(`${file.path} …`);
    done.push(await runFile(target, file, (scenario) => name === undefined || scenario.name.includes(name)));
  }
  return done;
}

/** Runs on the named org, or on a local org that is gone afterwards. */
async function onTarget<T>(alias: string | undefined, work: (target: Target) => Promise<T>): Promise<T> {
  if (alias !== undefined) return work(await sfTarget(alias));
  const running = await startLocalOrg();
  try {
    return await work(await localTarget(running));
  } finally {
    await running.close();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      'target-org': { type: 'string', short: 'o' },
      family: { type: 'string' },
      name: { type: 'string' },
      json: { type: 'boolean', default: false },
      'allow-production': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  return onTarget(values['target-org'], async (target) => {
    if (target.kind === 'production' && !values['allow-production']) {
      throw new Error(
        `${target.name} is a production org. Take a sandbox or a scratch org, or say --allow-production.`,
      );
    }
    const files = await runAll(target, values, say);
    process.stdout.write(
      values.json ? `${JSON.stringify(reportJson(target.name, files), null, 2)}\n` : `${report(files)}\n`,
    );
    const clean = files.every(
      ({ outcomes, left }) => left.length === 0 && outcomes.every(({ verdict }) => verdict !== 'differs'),
    );
    return clean ? 0 : 1;
  });
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
