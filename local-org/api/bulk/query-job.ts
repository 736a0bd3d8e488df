import type { StoredJob } from './bulk-store.ts';
import type { CsvFormat } from './csv.ts';
import type { JobState } from './job-state.ts';

/**
 * A query job as it is kept. Beside it lie the ids that it found, in portions, until it has ended, and its rows, numbered from 1
 * without gaps.
 */
export interface QueryJob extends StoredJob {
  readonly version: string;
  readonly userId: string;
  readonly operation: 'query' | 'queryAll';
  readonly query: string;
  readonly object: string;
  readonly format: CsvFormat;
  readonly createdDate: string;
  readonly header: readonly string[];
  systemModstamp: string;
  state: JobState;
  errorMessage: string | null;
  /** Portions of ids whose rows are there. */
  portions: number;
  rowCount: number;
  /** Milliseconds. */
  processingTime: number;
}

const shownDate = (stamp: string): string => stamp.replace(/Z$/, '+0000');

/** JobInfo of a query job (Bulk API 2.0 Developer Guide, "Get Information About a Query Job"). */
export function queryJobInfo(job: QueryJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
    createdDate: shownDate(job.createdDate),
    systemModstamp: shownDate(job.systemModstamp),
    state: job.state,
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    lineEnding: job.format.lineEnding,
    columnDelimiter: job.format.columnDelimiter,
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    ...(job.state === 'UploadComplete'
      ? {}
      : {
          jobType: 'V2Query',
          numberRecordsProcessed: job.rowCount,
          retries: 0,
          totalProcessingTime: job.processingTime,
          isPkChunkingSupported: false,
        }),
  };
}
