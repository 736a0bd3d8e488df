import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { ServingOrg } from './log-in.ts';

export interface LocalOrgProcess {
  readonly org: ServingOrg;
  readonly child: ChildProcess;
  /** Resolves with its exit code when it has ended. */
  readonly ended: Promise<number>;
}

const STOPPED_BY_USER: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Starts the local org in a process of its own and waits until it listens. What it has to say for people goes straight to the
 * terminal. Null when it did not start: it has said why by then.
 */
export const startLocalOrgProcess = async (options: {
  readonly file: string;
  readonly port: number;
}): Promise<LocalOrgProcess | null> => {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'local-org/serve.ts',
      '--file',
      options.file,
      '--port',
      String(options.port),
      '--sample',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<number>((resolve) => {
    child.on('exit', (code, signal) => {
      if (signal !== null && !STOPPED_BY_USER.has(signal))
        console.error(`Error: the local org was ended by ${signal}. Its data is kept; run npm start again.`);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
    child.on('error', () => resolve(1));
  });
  const firstLine = new Promise<string>((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
  });
  const line = await Promise.race([firstLine, ended]);
  return typeof line === 'string' ? { org: JSON.parse(line) as ServingOrg, child, ended } : null;
};
