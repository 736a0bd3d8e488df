import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion, resourceNotFound } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { createBackground } from './background.ts';
import type { BulkStore } from './bulk-store.ts';
import { invalidInput } from './create-ingest-job.ts';
import { createQueryJob } from './create-query-job.ts';
import { csvLine } from './csv.ts';
import { jobPage } from './job-page.ts';
import { ENDED, isWaiting } from './job-state.ts';
import { processQuery } from './process-query.ts';
import { queryJobInfo, type QueryJob } from './query-job.ts';
import { resultStream } from './result-stream.ts';
import { clientText } from '../values/client-text.ts';

interface JobPath {
  Params: { version: string; id: string };
  Querystring: { locator?: string; maxRecords?: string };
}

/** Records in one answer when the client does not say how many. */
const DEFAULT_RESULTS = 50_000;

const encodeLocator = (start: number): string => Buffer.from(String(start)).toString('base64url');

function decodeLocator(locator: string | undefined, size: number): number {
  if (locator === undefined) return 0;
  const start = Number(Buffer.from(locator, 'base64url').toString());
  if (Number.isInteger(start) && start > 0 && start < size) return start;
  throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
}

/** Takes a request to abort. Throws INVALIDJOBSTATE for any other change, and for a job that has ended. */
function abort(store: BulkStore<QueryJob>, job: QueryJob, state: unknown, now: Date): QueryJob {
  if (state !== 'Aborted')
    throw invalidInput('INVALIDJOBSTATE', `Invalid job state transition from ${job.state} to ${clientText(state)}`);
  // DOC api-asynch/abort-a-query-job, "Response Body - For an Unsuccessful Request".
  if (ENDED.has(job.state)) throw invalidInput('INVALIDJOBSTATE', 'Aborting already Completed Job not allowed');
  const aborted: QueryJob = { ...job, state: 'Aborted', systemModstamp: now.toISOString() };
  store.save(aborted);
  store.dropUpload(aborted);
  return aborted;
}

/**
 * Bulk API 2.0 query: `/jobs/query`. Rows are made in the background; jobs that a stop interrupted go on when the server is ready.
 */
export function registerQueryJobs(server: FastifyInstance, context: ApiContext, store: BulkStore<QueryJob>): void {
  const base = '/services/data/:version/jobs/query';
  const jobOf = (id: string): QueryJob => {
    const job = store.get(id);
    if (!job) throw resourceNotFound();
    return job;
  };
  const background = createBackground((id, closing) => processQuery(context, store, id, closing));
  server.addHook('onReady', (done) => {
    for (const { id, state } of store.all()) if (isWaiting(state)) background.run(id);
    done();
  });
  server.addHook('onClose', () => background.close());

  server.post<{ Params: { version: string } }>(base, (request) => {
    const version = parseVersion(request.params.version);
    const job = createQueryJob(context, store, callerOf(request), version, request.body);
    background.run(job.id);
    return queryJobInfo(job);
  });

  server.get<{ Querystring: { queryLocator?: string } }>(base, (request) =>
    jobPage(store.all().map(queryJobInfo), request.query.queryLocator, request.url),
  );

  server.get<JobPath>(`${base}/:id`, (request) => queryJobInfo(jobOf(request.params.id)));

  server.patch<JobPath>(`${base}/:id`, (request) => {
    const { state } = recordBody(request.body);
    return queryJobInfo(abort(store, jobOf(request.params.id), state, context.org.clock.now()));
  });

  server.delete<JobPath>(`${base}/:id`, (request, reply) => {
    const job = jobOf(request.params.id);
    // DOC api-asynch/delete-a-query-job, "Response Body - For an Unsuccessful Request".
    const message = 'Error encountered when deleting the job because the job is not terminated';
    if (!ENDED.has(job.state)) throw invalidInput('API_ERROR', message);
    store.remove(job);
    return reply.code(204).send();
  });

  server.get<JobPath>(`${base}/:id/results`, (request, reply) => {
    const job = jobOf(request.params.id);
    // DOC api-asynch/get-results-for-a-query-job: "The job must have the state JobComplete." No public source shows the answer.
    if (job.state !== 'JobComplete')
      throw invalidInput('INVALIDJOBSTATE', `Job: ${job.id} has no results while it is ${job.state}`);
    const { locator, maxRecords } = request.query;
    const start = decodeLocator(locator, job.rowCount);
    const asked = Number(maxRecords ?? DEFAULT_RESULTS);
    const most = Number.isInteger(asked) && asked > 0 ? asked : DEFAULT_RESULTS;
    const end = Math.min(start + most, job.rowCount);
    return reply
      .headers({
        'sforce-locator': end < job.rowCount ? encodeLocator(end) : 'null',
        'sforce-numberofrecords': String(end - start),
      })
      .type('text/csv')
      .send(resultStream(store, job, csvLine(job.header, job.format), { after: start, most }));
  });

  // "Get Parallel Results for a Query Job" hands out several locators at once.
  server.get<JobPath>(`${base}/:id/resultPages`, () => {
    throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', 'The local org does not support parallel query results.', {
      httpStatus: 403,
    });
  });
}
