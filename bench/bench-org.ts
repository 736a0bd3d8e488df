import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface BenchOrg {
  readonly url: string;
  readonly token: string;
  readonly username: string;
  readonly pid: number;
  /** What a command needs to find this org, and nothing of who runs the benchmark. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

const ALIAS = 'bench';

/** A sample org in a process, file and home folder of its own. */
export const startBenchOrg = async (): Promise<BenchOrg> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-bench-'));
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'local-org/serve.ts',
      '--file',
      path.join(folder, 'org.sqlite'),
      '--port',
      '0',
      '--sample',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', (code) => reject(new Error(`The local org ended with ${code} before it listened.`)));
  });
  const ready = JSON.parse(line) as { url: string; token: string; username: string; pid: number };
  const env = {
    ...process.env,
    HOME: folder,
    SF_DISABLE_TELEMETRY: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_ACCESS_TOKEN: ready.token,
  };
  await run(
    [
      'node_modules/.bin/sf',
      'org',
      'login',
      'access-token',
      '--instance-url',
      ready.url,
      '--no-prompt',
      '--alias',
      ALIAS,
    ],
    env,
  );
  return {
    ...ready,
    env,
    close: async () => {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Runs `waterfall <args> -o <the bench org>` and throws when it fails. */
export const waterfall = (org: BenchOrg, ...args: readonly string[]): Promise<void> =>
  run(['bin/waterfall.js', ...args, '--target-org', ALIAS, '--json'], org.env);

export const run = (args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${args.join(' ')} ended with ${code}:\n${Buffer.concat(output).toString('utf8').slice(-2000)}`),
        );
    });
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
