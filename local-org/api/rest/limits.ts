import type { DatabaseSync } from 'node:sqlite';
import type { FastifyInstance } from 'fastify';
import { quote } from '../../data/layout.ts';
import type { Schema } from '../../schema/types.ts';
import { parseVersion } from '../api-versions.ts';
import type { ApiContext } from '../context.ts';

/**
 * What `GET /services/data/vXX.0/limits` tells. Maxima are those of an Enterprise Edition org with one Sales Cloud
 * licence (Salesforce Developer Limits and Allocations Quick Reference).
 */
const MAXIMA = {
  DailyApiRequests: 100_000 + 1_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyWorkflowEmails: 1_000,
  DataStorageMB: 10 * 1024,
  FileStorageMB: 10 * 1024,
  MassEmail: 5_000,
  SingleEmail: 5_000,
} as const;

type LimitName = keyof typeof MAXIMA;

/** "Most records use 2 KB" (Salesforce Help, "Data and File Storage Allocations"). */
const RECORD_KB = 2;
/** Records that a batch of a bulk job holds (Bulk API 2.0 Developer Guide, "How Requests Are Processed"). */
const BULK_BATCH = 10_000;
const DAY_MS = 86_400_000;

/** Records that count as data: not those of the set-up, which nobody can create. */
function dataStorage(database: DatabaseSync, schema: Schema): number {
  let records = 0;
  for (const object of schema.objects.values()) {
    if (!object.createable) continue;
    records += Number(database.prepare(`SELECT COUNT(*) AS count FROM ${quote(object.name)}`).get()?.['count']);
  }
  return (records * RECORD_KB) / 1024;
}

/** Jobs of the last 24 hours. */
function bulkJobs(database: DatabaseSync, now: Date) {
  const since = new Date(now.getTime() - DAY_MS).toISOString();
  const rows = database
    .prepare(
      `SELECT kind, COUNT(*) AS jobs, SUM((COALESCE(json_extract(job, '$.processed'), 0) + ${String(BULK_BATCH - 1)}) / ${String(BULK_BATCH)}) AS batches
       FROM _bulk_job WHERE json_extract(job, '$.createdDate') > ? GROUP BY kind`,
    )
    .all(since);
  const of = (kind: string, figure: string): number => Number(rows.find((row) => row['kind'] === kind)?.[figure] ?? 0);
  return { batches: of('ingest', 'batches'), queries: of('query', 'jobs') };
}

/**
 * Limits with what is left of them: requests since this server started, but no longer than a day ago; bulk jobs, and
 * storage, from the database. What the local org does not do (mail, files, asynchronous Apex) is all left.
 */
export function registerLimits(server: FastifyInstance, { org, requests }: ApiContext): void {
  server.get<{ Params: { version: string } }>('/services/data/:version/limits', (request) => {
    parseVersion(request.params.version);
    const { batches, queries } = bulkJobs(org.database, org.clock.now());
    const used: Partial<Record<LimitName, number>> = {
      DailyApiRequests: requests.lastDay(),
      DailyBulkApiBatches: batches,
      DailyBulkV2QueryJobs: queries,
      DataStorageMB: Math.ceil(dataStorage(org.database, org.schema)),
    };
    return Object.fromEntries(
      Object.entries(MAXIMA).map(([name, Max]) => [
        name,
        { Max, Remaining: Math.max(0, Max - (used[name as LimitName] ?? 0)) },
      ]),
    );
  });
}
