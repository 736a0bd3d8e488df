import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion, resourceNotFound } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { runSoql } from '../../data/transaction.ts';
import { invalidInput } from './create-ingest-job.ts';
import { isCsvFormat, writeCsv } from './csv.ts';
import { flatten, queryJobInfo, type QueryJob } from './query-job.ts';

interface JobPath {
  Params: { version: string; id: string };
  Querystring: { locator?: string; maxRecords?: string };
}

/** Jobs whose results are kept. */
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

/** Bulk API 2.0 query: `/jobs/query`. The query runs when the job is made, and clients then find it complete. */
export function registerQueryJobs(server: FastifyInstance, context: ApiContext, nextId: () => string): void {
  const jobs = new Map<string, QueryJob>();
  const base = '/services/data/:version/jobs/query';

  const jobOf = (id: string): QueryJob => {
    const job = jobs.get(id);
    if (!job) throw resourceNotFound();
    return job;
  };

  server.post<{ Params: { version: string } }>(base, (request) => {
    const version = parseVersion(request.params.version);
    const user = callerOf(request);
    const { operation, query, columnDelimiter = 'COMMA', lineEnding = 'LF' } = recordBody(request.body);
    if (operation !== 'query' && operation !== 'queryAll') {
      throw invalidInput('INVALIDJOB', `Unable to parse Job: operation '${String(operation)}'`);
    }
    if (typeof query !== 'string' || query.trim() === '') throw invalidInput('INVALIDJOB', 'query is required');
    const format = { columnDelimiter: String(columnDelimiter), lineEnding: String(lineEnding) };
    if (!isCsvFormat(format)) throw invalidInput('INVALIDJOB', 'Unable to parse Job: columnDelimiter or lineEnding');
    const result = context.org.transact(user, (tx) => runSoql(tx, query, { allRows: operation === 'queryAll' }));
    const createdDate = context.org.clock.now().toISOString();
    const { object } = result;
    const job: QueryJob = {
      id: nextId(),
      version,
      user,
      operation,
      object,
      format,
      createdDate,
      ...flatten(result),
      state: 'JobComplete',
    };
    if (jobs.size >= MOST_JOBS) jobs.delete(jobs.keys().next().value ?? '');
    jobs.set(job.id, job);
    return queryJobInfo(job, true);
  });

  server.get(base, () => ({
    done: true,
    records: [...jobs.values()].map((job) => queryJobInfo(job)),
    nextRecordsUrl: null,
  }));

  server.get<JobPath>(`${base}/:id`, (request) => queryJobInfo(jobOf(request.params.id)));

  server.patch<JobPath>(`${base}/:id`, (request) => {
    const job = jobOf(request.params.id);
    const { state } = recordBody(request.body);
    throw invalidInput('INVALIDJOBSTATE', `Invalid job state transition from ${job.state} to ${String(state)}`);
  });

  server.delete<JobPath>(`${base}/:id`, (request, reply) => {
    jobs.delete(jobOf(request.params.id).id);
    return reply.code(204).send();
  });

  server.get<JobPath>(`${base}/:id/results`, (request, reply) => {
    const job = jobOf(request.params.id);
    const { locator, maxRecords } = request.query;
    const start = decodeLocator(locator, job.rows.length);
    const asked = Number(maxRecords ?? DEFAULT_RESULTS);
    const end = start + (Number.isInteger(asked) && asked > 0 ? asked : DEFAULT_RESULTS);
    const page = job.rows.slice(start, end);
    return reply
      .headers({
        'sforce-locator': end < job.rows.length ? encodeLocator(end) : 'null',
        'sforce-numberofrecords': String(page.length),
      })
      .type('text/csv')
      .send(writeCsv([job.header, ...page], job.format));
  });
}
