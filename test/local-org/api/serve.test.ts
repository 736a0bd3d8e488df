import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';

const SERVE = join(import.meta.dirname, '../../../local-org/serve.ts');

interface Served {
  readonly child: ChildProcess;
  /** Everything so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** The line printed when it is ready. */
  ready(): Promise<{ url: string; token: string; orgId: string; username: string; pid: number }>;
  exit(): Promise<number | null>;
}

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'waterfall-serve-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

function serve(t: TestContext, ...args: string[]): Served {
  const child = spawn(process.execPath, [SERVE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  return {
    child,
    output: () => ({ stdout, stderr }),
    async ready() {
      while (!stdout.includes('\n')) {
        const ended = await Promise.race([once(child.stdout, 'data').then(() => false), exited.then(() => true)]);
        if (ended) throw new Error(`it ended: ${stderr}`);
      }
      return JSON.parse(stdout) as never;
    },
    exit: () => exited,
  };
}

/** One message, no stack, exit code 1. */
async function refusal(served: Served): Promise<string> {
  assert.equal(await served.exit(), 1);
  const { stdout, stderr } = served.output();
  assert.equal(stdout, '');
  assert.doesNotMatch(stderr, /\n\s+at /);
  assert.equal(stderr.trim().split('\n').length, 1, stderr);
  return stderr;
}

test('one line says where it is, records survive a restart, SIGTERM ends it', async (t) => {
  const file = join(folder(t), 'deeper', 'org.sqlite');
  const first = serve(t, '--file', file, '--port', '0');
  const { url, token, pid, username, orgId } = await first.ready();
  assert.equal(pid, first.child.pid);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal(token.slice(0, 15), orgId.slice(0, 15));
  assert.ok(username.includes('@'));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const created = await fetch(`${url}/services/data/v67.0/sobjects/Account`, {
    method: 'POST',
    headers,
    body: '{"Name":"Acme"}',
  });
  assert.equal(created.status, 201);
  await fetch(`${url}/services/data/v67.0/tabs`, { headers });
  first.child.kill('SIGTERM');
  assert.equal(await first.exit(), 0);
  assert.match(first.output().stderr, /Not in the local org: GET \/services\/data\/v67\.0\/tabs/);
  assert.equal(first.output().stdout.trim().split('\n').length, 1);

  const second = serve(t, '--file', file, '--port', '0');
  const again = await second.ready();
  assert.notEqual(again.token, token);
  const query = (session: string) =>
    fetch(`${again.url}/services/data/v67.0/query?q=SELECT+Name+FROM+Account`, {
      headers: { authorization: `Bearer ${session}` },
    });
  assert.equal((await query(token)).status, 401);
  assert.equal(((await (await query(again.token)).json()) as { totalSize: number }).totalSize, 1);
  second.child.kill('SIGINT');
  assert.equal(await second.exit(), 0);
});

test('a port in use', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1');
  t.after(() => taken.close());
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  const message = await refusal(serve(t, '--file', join(folder(t), 'org.sqlite'), '--port', String(port)));
  assert.match(message, new RegExp(`Port ${String(port)} is in use`));
});

test('a file that another process has open, that is damaged, or that is something else', async (t) => {
  const path = folder(t);
  const file = join(path, 'org.sqlite');
  const running = serve(t, '--file', file, '--port', '0');
  await running.ready();
  assert.match(await refusal(serve(t, '--file', file, '--port', '0')), /another process has it open/);
  running.child.kill('SIGTERM');
  await running.exit();
  const damaged = join(path, 'damaged.sqlite');
  writeFileSync(damaged, 'this is no database, but it is long enough to be looked at as one'.repeat(100));
  assert.match(await refusal(serve(t, '--file', damaged, '--port', '0')), /not a local org's file|damaged/);
  const inTheWay = join(path, 'damaged.sqlite', 'org.sqlite');
  assert.match(await refusal(serve(t, '--file', inTheWay, '--port', '0')), /cannot be made|cannot be opened/);
});

test('options that make no sense', async (t) => {
  assert.match(await refusal(serve(t, '--port', '99999')), /--port 99999 is no port/);
  assert.match(await refusal(serve(t, '--prot', '1')), /--prot/);
  const key = join(folder(t), 'missing.pem');
  assert.match(await refusal(serve(t, '--jwt-public-key', key)), /cannot be read as a PEM public key/);
  assert.equal(existsSync('.local-org/org.sqlite.new'), false);
});
