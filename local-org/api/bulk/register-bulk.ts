import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { createBulkStore } from './bulk-store.ts';
import type { IngestJob } from './ingest-job.ts';
import type { QueryJob } from './query-job.ts';
import { registerIngest } from './register-ingest.ts';
import { registerQueryJobs } from './register-query-jobs.ts';

/** Bulk API 2.0. Both kinds of job take their ids from one sequence and are kept in the org's database. */
export function registerBulk(server: FastifyInstance, context: ApiContext): void {
  const { database } = context.org;
  registerIngest(server, context, createBulkStore<IngestJob>(database, 'ingest'));
  registerQueryJobs(server, context, createBulkStore<QueryJob>(database, 'query'));
}
