import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { logIn, runWaterfall } from './run-waterfall.ts';
import type { Ran } from './run-waterfall.ts';

const home = mkdtempSync(path.join(os.tmpdir(), 'waterfall-commands-'));
let running: RunningOrg;
before(async () => {
  running = await startLocalOrg();
  await logIn(home, 'there', running.url, running.token);
});
after(async () => {
  await running.close();
  rmSync(home, { recursive: true, force: true });
});

const waterfall = (...args: readonly string[]): Promise<Ran> => runWaterfall(args, home);

interface JsonError {
  readonly name: string;
  readonly message: string;
  readonly actions: readonly string[];
  readonly exitCode: number;
  readonly stack: string;
}

/** One message, what to do, no stack trace, a non-zero exit: in words and, in sf's shape, in --json. */
async function assertRefused(args: readonly string[], code: string, message: RegExp): Promise<void> {
  const [said, json] = await Promise.all([waterfall(...args), waterfall(...args, '--json')]);
  assert.equal(said.code, 1, said.stdout + said.stderr);
  assert.match(said.stderr, new RegExp(`\\(${code}\\)`));
  assert.match(said.stderr, message);
  assert.match(said.stderr, /Try this/);
  assert.doesNotMatch(said.stderr + said.stdout, /\n\s+at /, 'a stack trace');
  const error = JSON.parse(json.stdout) as JsonError;
  assert.equal(json.code, 1);
  assert.equal(error.name, code);
  assert.equal(error.exitCode, 1);
  assert.ok(error.actions.length > 0);
  assert.doesNotMatch(json.stdout, /\\n\s+at /);
}

test('no org at all', async () => {
  const empty = mkdtempSync(path.join(os.tmpdir(), 'waterfall-empty-'));
  const { code, stderr } = await runWaterfall(['plan'], empty);
  assert.equal(code, 1);
  assert.match(stderr, /ORG_NONE/);
  assert.match(stderr, /npm start/);
  const named = await runWaterfall(['plan', '-o', 'waterfall-local'], empty);
  assert.equal(named.code, 1);
  assert.match(named.stderr, /ORG_UNKNOWN/);
  assert.match(named.stderr, /npm start/);
});

test('a wrong alias', () => assertRefused(['plan', '-o', 'nobody'], 'ORG_UNKNOWN', /"nobody"/));

test('an expired session', async () => {
  const other = mkdtempSync(path.join(os.tmpdir(), 'waterfall-expired-'));
  await logIn(other, 'there', running.url, running.token);
  const again = await startLocalOrg();
  await logIn(other, 'expired', again.url, again.token).catch(() => undefined);
  await again.close();
  const { code, stderr } = await runWaterfall(
    ['plan', '-o', `${running.org.orgId.slice(0, 15)}!no.longer.valid`],
    other,
    {
      env: { SF_ORG_INSTANCE_URL: running.url },
    },
  );
  assert.equal(code, 1);
  assert.match(stderr, /ORG_SESSION_EXPIRED/);
  assert.match(stderr, /Log in again/);
});

test('a damaged model', async () => {
  const model = path.join(home, 'damaged.yaml');
  writeFileSync(model, 'name: [\n');
  const { code, stderr } = await waterfall('model', 'check', '--model', model);
  assert.equal(code, 1);
  assert.match(stderr, /damaged\.yaml:\d+:\d+/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test('a damaged mapping file', async () => {
  const mapping = path.join(home, 'mapping.yaml');
  writeFileSync(mapping, 'recordTypes:\n  - recordType: A\n    iss: renewal\n');
  await assertRefused(['plan', '-o', 'there', '--mapping', mapping], 'MAPPING_CONTENT', /mapping\.yaml/);
});

test('a plan that is not there, is damaged, or is of another org', async () => {
  await assertRefused(['deploy', '-o', 'there', '--plan', path.join(home, 'none.json')], 'PLAN_FILE', /cannot be read/);
  const file = path.join(home, 'cut.json');
  writeFileSync(file, '{"version": 1, "orgId"');
  await assertRefused(['deploy', '-o', 'there', '--plan', file], 'PLAN_FILE', /damaged/);
  const out = path.join(home, 'plan.json');
  assert.equal((await waterfall('plan', '-o', 'there', '--out', out)).code, 0);
  const plan = JSON.parse(readFileSync(out, 'utf8')) as Record<string, unknown>;
  writeFileSync(out, JSON.stringify({ ...plan, orgId: '00D000000000009EAA', orgName: 'Elsewhere' }));
  await assertRefused(['deploy', '-o', 'there', '--plan', out], 'PLAN_OTHER_ORG', /Elsewhere/);
});

test('a file that cannot be written', async () => {
  const html = path.join(home, 'no-such-folder', 'plan.html');
  await assertRefused(
    ['plan', '-o', 'there', '--out', path.join(home, 'p.json'), '--html', html],
    'FILE',
    /plan\.html/,
  );
});

test('a value for test records of another form', () =>
  assertRefused(['verify', '-o', 'there', '--value', 'Region=EMEA'], 'VERIFY_VALUE', /"Region=EMEA"/));

test('an unknown run', () => assertRefused(['rollback', 'never', '-o', 'there'], 'RUN_UNKNOWN', /never/));

test('an org that is not up is reported at once', async () => {
  const gone = await startLocalOrg();
  const alone = mkdtempSync(path.join(os.tmpdir(), 'waterfall-gone-'));
  await logIn(alone, 'gone', gone.url, gone.token);
  await gone.close();
  const started = performance.now();
  const { code, stderr } = await runWaterfall(['plan', '-o', 'gone'], alone);
  assert.equal(code, 1);
  assert.match(stderr, /ORG_UNREACHABLE/);
  assert.ok(performance.now() - started < 10_000);
});
