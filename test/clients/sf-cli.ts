import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startLocalOrg, type RunningOrg, type StartOptions } from '../../local-org/start-local-org.ts';
import { PROXIES, QUIET, writeProject } from './client-org.ts';

const SF = join(import.meta.dirname, '../../node_modules/.bin/sf');

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface SfCli {
  readonly running: RunningOrg;
  /** Folder of the source project in which commands run. */
  readonly project: string;
  /** Runs a command as it is typed, quoted parts kept together; its exit code is the caller's business. */
  run(...args: readonly string[]): Promise<Run>;
  /** Runs a command against the org and expects success; gives what it printed. */
  ok(...args: readonly string[]): Promise<string>;
  /** The same with `--json`; gives the result. */
  json<Result>(...args: readonly string[]): Promise<Result>;
}

/**
 * The unmodified `sf` with a home of its own, logged in by access token to an org of its own as `local`, in a project with
 * the given files. One for all tests of a file: a command takes a second or two.
 */
export async function sfCli(files: Record<string, string> = {}, options: StartOptions = {}): Promise<SfCli> {
  const running = await startLocalOrg(options);
  const folder = mkdtempSync(join(tmpdir(), 'waterfall-sf-'));
  after(async () => {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const [home, project] = [join(folder, 'home'), join(folder, 'project')];
  mkdirSync(home);
  mkdirSync(project);
  writeProject(project, { 'README.md': '', ...files });
  const env = { ...process.env, ...QUIET, HOME: home, SF_ACCESS_TOKEN: running.token };
  for (const name of PROXIES) Reflect.deleteProperty(env, name);
  const run = (...args: readonly string[]): Promise<Run> =>
    new Promise((resolve) => {
      execFile(SF, [...args], { cwd: project, env, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
      });
    });
  const ok = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args, '--target-org', 'local');
    assert.equal(code, 0, `sf ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  };
  const login = ['org', 'login', 'access-token', '--instance-url', running.url, '--no-prompt', '--alias', 'local'];
  const { code, stderr } = await run(...login);
  assert.equal(code, 0, stderr);
  return {
    running,
    project,
    run,
    ok,
    json: async (...args) => (JSON.parse(await ok(...args, '--json')) as { result: never }).result,
  };
}
