import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test, { type TestContext } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

const SERVE = join(import.meta.dirname, '../../../local-org/serve.ts');
/** What clients may upload: "upload data that does not exceed 100 MB" (Bulk API 2.0, "Upload Job Data"). */
const UPLOAD_BYTES = 100_000_000;
/** A long text area at its longest makes few records of many bytes, so that saving them takes little of the time. */
const TEXT = 'x'.repeat(31_990);
/** Smaller jobs first fill what is filled once: caches, compiled code, the heap's working space. */
const WARM_UP_BYTES = 20_000_000;
/**
 * The server's heap may not grow beyond this, or it ends ("heap out of memory"): it holds neither the upload's text nor its rows,
 * each of which is larger. It also keeps the garbage small that would otherwise hide what is held.
 */
const HEAP_MB = 72;
/**
 * What the process as a whole, buffers outside its heap included, may need more for 80 MB more of data: three quarters of
 * them, which holding them in any form would exceed; 10 to 30 are measured on a quiet machine, 47 beside seven other programs.
 */
const GROWTH_MB = 60;

/** Most memory that the process has held so far. */
const mostMegabytes = (pid: number): number =>
  Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) / 1024;

async function serve(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'waterfall-upload-'));
  const args = [
    `--max-old-space-size=${String(HEAP_MB)}`,
    '--max-semi-space-size=4',
    SERVE,
    '--file',
    join(folder, 'org.sqlite'),
    '--port',
    '0',
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return JSON.parse(line) as { url: string; token: string; pid: number };
}

function* csv(bytes: number): Generator<string> {
  yield 'Name,Description\n';
  for (let size = 0, row = 0; size < bytes; row++) {
    const line = `A${String(row)},${TEXT}\n`;
    size += line.length;
    yield line;
  }
}

type Headers = Readonly<Record<string, string>>;

/** Sends the CSV piece by piece, as fast as the server takes it. */
async function upload(url: string, headers: Headers, bytes: number): Promise<number> {
  const sending = request(url, { method: 'PUT', headers: { ...headers, 'content-type': 'text/csv' } });
  const answer = once(sending, 'response') as Promise<[{ statusCode: number; resume(): void }]>;
  for (const line of csv(bytes)) if (!sending.write(line)) await once(sending, 'drain');
  sending.end();
  const [response] = await answer;
  response.resume();
  return response.statusCode;
}

/** Uploads, loads and reads the results; gives the slowest answer while it ran, in milliseconds. */
async function load(url: string, headers: Headers, bytes: number): Promise<number> {
  const jobs = `${url}/services/data/v67.0/jobs/ingest`;
  const call = async (method: string, address: string, body?: unknown) => {
    const answer = await fetch(address, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (await answer.json()) as { id: string; state: string; numberRecordsFailed?: number };
  };
  const { id } = await call('POST', jobs, { object: 'Account', operation: 'insert' });
  assert.equal(await upload(`${jobs}/${id}/batches`, headers, bytes), 201);
  await call('PATCH', `${jobs}/${id}`, { state: 'UploadComplete' });
  let job = await call('GET', `${jobs}/${id}`);
  let slowest = 0;
  while (job.state === 'UploadComplete' || job.state === 'InProgress') {
    await pause(50);
    const asked = performance.now();
    job = await call('GET', `${jobs}/${id}`);
    slowest = Math.max(slowest, performance.now() - asked);
  }
  assert.deepEqual([job.state, job.numberRecordsFailed], ['JobComplete', 0]);
  const results = await fetch(`${jobs}/${id}/successfulResults`, { headers });
  let size = 0;
  for await (const part of results.body ?? []) size += (part as Uint8Array).length;
  assert.ok(size > bytes);
  return slowest;
}

test(
  '100 MB are uploaded, loaded and read back in constant memory, and the server answers meanwhile',
  { skip: process.platform !== 'linux' && 'memory is read from /proc', timeout: 60_000 },
  async (t) => {
    const { url, token, pid } = await serve(t);
    const headers = { authorization: `Bearer ${token}` };
    for (let job = 0; job < 2; job++) await load(url, headers, WARM_UP_BYTES);
    const before = mostMegabytes(pid);
    const slowest = await load(url, headers, UPLOAD_BYTES);
    const after = mostMegabytes(pid);
    t.diagnostic(
      `at most ${before.toFixed(0)} MB for 20 MB, ${after.toFixed(0)} MB for 100 MB; slowest answer ${slowest.toFixed(0)} ms`,
    );
    assert.ok(
      after - before < GROWTH_MB,
      `${before.toFixed(0)} MB for 20 MB of data, ${after.toFixed(0)} MB for 100 MB`,
    );
  },
);
