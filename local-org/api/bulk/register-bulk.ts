import type { FastifyInstance } from 'fastify';
import type { ApiContext } from '../context.ts';
import { createJobIds } from './job-ids.ts';
import { registerIngest } from './register-ingest.ts';
import { registerQueryJobs } from './register-query-jobs.ts';

/** Bulk API 2.0. Both kinds of job take their ids from one sequence. */
export function registerBulk(server: FastifyInstance, context: ApiContext): void {
  const nextId = createJobIds();
  registerIngest(server, context, nextId);
  registerQueryJobs(server, context, nextId);
}
