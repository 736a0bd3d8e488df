import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-stop-'));
let running: RunningOrg;
before(async () => {
  running = await startLocalOrg();
  await logIn(home, 'there', running.url, running.token);
  const { code, stderr } = await runWaterfall(['deploy', '-o', 'there'], home);
  assert.equal(code, 0, stderr);
});
after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

/** How many test records the org holds. */
const marked = async (): Promise<number> => {
  const soql = encodeURIComponent("SELECT COUNT() FROM Opportunity WHERE Name LIKE 'Waterfall verify %'");
  const answer = await fetch(`${running.url}/services/data/v66.0/query?q=${soql}`, {
    headers: { authorization: `Bearer ${running.token}` },
  });
  return ((await answer.json()) as { readonly totalSize: number }).totalSize;
};

test('Ctrl-C in the middle of verify leaves no test record behind, with one message and no stack', async () => {
  const child = spawn(process.execPath, [path.join(PROJECT_FOLDER, 'bin', 'waterfall.js'), 'verify', '-o', 'there'], {
    cwd: home,
    env: { ...process.env, HOME: home, NO_COLOR: '1' },
  });
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  while ((await marked()) === 0 && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGINT');
  // The terminal, npx and an older Node may each pass on the same Ctrl-C.
  child.kill('SIGINT');
  assert.equal(await ended, 130, said);
  assert.match(said, /Stopping after this step/);
  assert.match(said, /VERIFY_STOPPED/);
  assert.doesNotMatch(said, /\n\s+at /);
  assert.equal(await marked(), 0);
});

test('a reader that goes away cuts nothing off: the command goes on to its end, quietly', async () => {
  const out = path.join(home, 'read-by-nobody.json');
  const child = spawn(
    process.execPath,
    [path.join(PROJECT_FOLDER, 'bin', 'waterfall.js'), 'plan', '-o', 'there', '--out', out, '--details'],
    { cwd: home, env: { ...process.env, HOME: home, NO_COLOR: '1' } },
  );
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  child.stdout.destroy();
  assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0, said);
  assert.equal(said, '');
  assert.ok(existsSync(out));
});
