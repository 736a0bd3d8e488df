import type { FastifyInstance } from 'fastify';
import { callerOf, type ApiContext } from '../context.ts';
import { parseVersion } from '../api-versions.ts';

const RESOURCES = [
  'tooling',
  'metadata',
  'composite',
  'query',
  'queryAll',
  'sobjects',
  'limits',
  'jobs',
  'ui-api',
] as const;

/**
 * `GET /services/data/vXX.0/limits` tells these. The local org counts no API calls, so all of each is left; the numbers
 * are those of a Developer Edition (Salesforce Developer Limits and Allocations Quick Reference).
 */
const LIMITS: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  DailyApiRequests: 15_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyWorkflowEmails: 15,
  DataStorageMB: 5,
  FileStorageMB: 20,
  MassEmail: 10,
  SingleEmail: 15,
};

/** Index of a version and its limits. */
export function registerVersionIndex(server: FastifyInstance, context: ApiContext): void {
  server.get<{ Params: { version: string } }>('/services/data/:version', (request) => {
    const base = `/services/data/v${parseVersion(request.params.version)}`;
    const links = Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`]));
    return { ...links, identity: `${context.baseUrl()}/id/${context.org.orgId}/${callerOf(request).id}` };
  });

  server.get<{ Params: { version: string } }>('/services/data/:version/limits', (request) => {
    parseVersion(request.params.version);
    return Object.fromEntries(Object.entries(LIMITS).map(([name, Max]) => [name, { Max, Remaining: Max }]));
  });
}
