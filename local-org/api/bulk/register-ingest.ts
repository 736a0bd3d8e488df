import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { createIngestJob, invalidInput } from './create-ingest-job.ts';
import { writeCsv } from './csv.ts';
import { ENDED, ingestJobInfo, type IngestJob } from './ingest-job.ts';
import { processIngest } from './process-ingest.ts';

interface JobPath {
  Params: { version: string; id: string };
}

/** Jobs whose results are kept; the oldest ended one goes when there are more. */
const MOST_JOBS = 200;

/** Bulk API 2.0 ingest: `/jobs/ingest`. */
export function registerIngest(server: FastifyInstance, context: ApiContext, nextId: () => string): void {
  const jobs = new Map<string, IngestJob>();
  let closing = false;
  const running = new Set<Promise<void>>();
  server.addHook('onClose', async () => {
    closing = true;
    await Promise.all(running);
  });
  const base = '/services/data/:version/jobs/ingest';

  const jobOf = (id: string): IngestJob => {
    const job = jobs.get(id);
    if (job) return job;
    throw new PlatformError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
  };

  const forgetOldest = (): void => {
    if (jobs.size < MOST_JOBS) return;
    for (const [id, { state }] of jobs) if (ENDED.has(state)) return void jobs.delete(id);
  };

  server.post<{ Params: { version: string } }>(base, (request) => {
    const version = parseVersion(request.params.version);
    const job = createIngestJob(context.org, callerOf(request), version, nextId(), request.body);
    forgetOldest();
    jobs.set(job.id, job);
    return ingestJobInfo(job);
  });

  server.get(base, () => ({ done: true, records: [...jobs.values()].map(ingestJobInfo), nextRecordsUrl: null }));

  server.get<JobPath>(`${base}/:id`, (request) => ingestJobInfo(jobOf(request.params.id)));

  server.put<JobPath>(`${base}/:id/batches`, (request, reply) => {
    const job = jobOf(request.params.id);
    if (job.state !== 'Open') throw invalidInput('INVALIDJOBSTATE', `Job: ${job.id} is not open: ${job.state}`);
    if (job.data !== null) {
      const message =
        `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then ` +
        "create a new Job and make sure you only do 'PUT' once on a given Job.";
      throw invalidInput('CLIENTINPUTERROR', message);
    }
    const { body } = request;
    job.data = typeof body === 'string' ? body : Buffer.isBuffer(body) ? body.toString('utf8') : '';
    return reply.code(201).send();
  });

  server.patch<JobPath>(`${base}/:id`, (request) => {
    const job = jobOf(request.params.id);
    const { state } = recordBody(request.body);
    if (state === 'Aborted' && !ENDED.has(job.state)) job.state = 'Aborted';
    else if (state === 'UploadComplete' && job.state === 'Open') {
      job.state = 'UploadComplete';
      const run = new Promise<void>((done) => setImmediate(done))
        .then(() => (job.state === 'UploadComplete' ? processIngest(context, job, () => closing) : undefined))
        .finally(() => running.delete(run));
      running.add(run);
    } else {
      throw invalidInput('INVALIDJOBSTATE', `Invalid job state transition from ${job.state} to ${String(state)}`);
    }
    return ingestJobInfo(job);
  });

  server.delete<JobPath>(`${base}/:id`, (request, reply) => {
    const job = jobOf(request.params.id);
    if (!ENDED.has(job.state) && job.state !== 'UploadComplete') {
      throw invalidInput('INVALIDJOBSTATE', `Job: ${job.id} cannot be deleted while it is ${job.state}`);
    }
    if (job.state === 'UploadComplete') job.state = 'Aborted';
    jobs.delete(job.id);
    return reply.code(204).send();
  });

  const result = (
    path: string,
    columns: readonly string[],
    rows: (job: IngestJob) => Iterable<readonly string[]>,
  ): void => {
    server.get<JobPath>(`${base}/:id/${path}`, (request, reply) => {
      const job = jobOf(request.params.id);
      return reply.type('text/csv').send(writeCsv([[...columns, ...job.header], ...rows(job)], job.format));
    });
  };
  const saved = (job: IngestJob) => job.results.filter(({ error }) => error === null);
  const refused = (job: IngestJob) => job.results.filter(({ error }) => error !== null);
  result('successfulResults', ['sf__Id', 'sf__Created'], (job) =>
    saved(job).map(({ id, created, row }) => [id, String(created), ...row]),
  );
  result('failedResults', ['sf__Id', 'sf__Error'], (job) =>
    refused(job).map(({ id, error, row }) => [id, error ?? '', ...row]),
  );
  for (const path of ['unprocessedrecords', 'unprocessedRecords']) result(path, [], (job) => job.unprocessed);
}
