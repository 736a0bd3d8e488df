import type { FastifyInstance } from 'fastify';
import { runSoql } from '../../data/transaction.ts';
import type { UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion, resourceNotFound } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import type { BulkStore } from './bulk-store.ts';
import { invalidInput, readFormat } from './create-ingest-job.ts';
import { csvLine } from './csv.ts';
import { jobPage } from './job-page.ts';
import { flatten, queryJobInfo, type QueryJob } from './query-job.ts';
import { resultStream } from './result-stream.ts';

interface JobPath {
  Params: { version: string; id: string };
  Querystring: { locator?: string; maxRecords?: string };
}

/** Jobs whose results are kept; older ones go. */
const MOST_JOBS = 50;
/** Records in one answer when the client does not say how many. */
const DEFAULT_RESULTS = 50_000;

const encodeLocator = (start: number): string => Buffer.from(String(start)).toString('base64url');

function decodeLocator(locator: string | undefined, size: number): number {
  if (locator === undefined) return 0;
  const start = Number(Buffer.from(locator, 'base64url').toString());
  if (Number.isInteger(start) && start > 0 && start < size) return start;
  throw new PlatformError('INVALID_QUERY_LOCATOR', 'invalid query locator');
}

/** Runs the query and keeps its rows. Throws what is wrong with the query. */
function createQueryJob(
  context: ApiContext,
  store: BulkStore<QueryJob>,
  user: UserContext,
  version: string,
  body: unknown,
): QueryJob {
  const given = recordBody(body);
  const { operation, query } = given;
  if (operation !== 'query' && operation !== 'queryAll') {
    throw invalidInput('INVALIDJOB', `Unable to parse Job: operation '${String(operation)}'`);
  }
  if (typeof query !== 'string' || query.trim() === '') throw invalidInput('INVALIDJOB', 'query is required');
  const format = readFormat(given);
  return context.org.transact(
    user,
    (tx) => {
      const result = runSoql(tx, query, { allRows: operation === 'queryAll' });
      const { header, rows } = flatten(result);
      const job = store.add((key) => ({
        ...key,
        version,
        userId: user.id,
        operation,
        object: result.object,
        format,
        createdDate: context.org.clock.now().toISOString(),
        header,
        rowCount: result.records.length,
        state: 'JobComplete',
      }));
      let row = 0;
      for (const values of rows) store.addResults(job, [{ row: ++row, saved: true, line: csvLine(values, format) }]);
      for (const old of store.all().slice(0, -MOST_JOBS)) store.remove(old);
      return job;
    },
    { mode: 'user' },
  );
}

/** Bulk API 2.0 query: `/jobs/query`. The query runs when the job is made, and clients then find it complete. */
export function registerQueryJobs(server: FastifyInstance, context: ApiContext, store: BulkStore<QueryJob>): void {
  const base = '/services/data/:version/jobs/query';
  const jobOf = (id: string): QueryJob => {
    const job = store.get(id);
    if (!job) throw resourceNotFound();
    return job;
  };

  server.post<{ Params: { version: string } }>(base, (request) => {
    const version = parseVersion(request.params.version);
    return queryJobInfo(createQueryJob(context, store, callerOf(request), version, request.body), true);
  });

  server.get<{ Querystring: { queryLocator?: string } }>(base, (request) =>
    jobPage(
      store.all().map((job) => queryJobInfo(job)),
      request.query.queryLocator,
      request.url,
    ),
  );

  server.get<JobPath>(`${base}/:id`, (request) => queryJobInfo(jobOf(request.params.id)));

  server.patch<JobPath>(`${base}/:id`, (request) => {
    const job = jobOf(request.params.id);
    const { state } = recordBody(request.body);
    // DOC api-asynch/abort-a-query-job, "Response Body - For an Unsuccessful Request".
    const message = `Invalid job state transition from ${job.state} to ${String(state)}`;
    throw invalidInput('INVALIDJOBSTATE', state === 'Aborted' ? 'Aborting already Completed Job not allowed' : message);
  });

  server.delete<JobPath>(`${base}/:id`, (request, reply) => {
    store.remove(jobOf(request.params.id));
    return reply.code(204).send();
  });

  server.get<JobPath>(`${base}/:id/results`, (request, reply) => {
    const job = jobOf(request.params.id);
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
