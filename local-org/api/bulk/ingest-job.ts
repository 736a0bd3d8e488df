import type { UserContext } from '../../data/types.ts';
import type { CsvFormat } from './csv.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** States in which nothing more happens to a job. */
export const ENDED: ReadonlySet<JobState> = new Set<JobState>(['JobComplete', 'Failed', 'Aborted']);

/** One record's way through a job. */
export interface RowResult {
  readonly id: string;
  readonly created: boolean;
  /** `CODE:message:fields --`; null when it was saved. */
  readonly error: string | null;
  readonly row: readonly string[];
}

export interface IngestJob {
  readonly id: string;
  readonly version: string;
  readonly user: UserContext;
  /** Canonical name. */
  readonly object: string;
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | null;
  readonly format: CsvFormat;
  readonly createdDate: string;
  systemModstamp: string;
  state: JobState;
  errorMessage: string | null;
  /** The upload; dropped once it has been read. */
  data: string | null;
  header: readonly string[];
  readonly results: RowResult[];
  readonly unprocessed: (readonly string[])[];
  processingTime: number;
}

/** What REST tells of a job (JobInfo, Bulk API 2.0 Developer Guide). */
export function ingestJobInfo(job: IngestJob): Record<string, unknown> {
  const started = job.state !== 'Open' && job.state !== 'UploadComplete';
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.user.id,
    createdDate: job.createdDate.replace(/Z$/, '+0000'),
    systemModstamp: job.systemModstamp.replace(/Z$/, '+0000'),
    state: job.state,
    ...(job.externalIdFieldName === null ? {} : { externalIdFieldName: job.externalIdFieldName }),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.version),
    ...(job.state === 'Open' ? { contentUrl: `services/data/v${job.version}/jobs/ingest/${job.id}/batches` } : {}),
    jobType: 'V2Ingest',
    lineEnding: job.format.lineEnding,
    columnDelimiter: job.format.columnDelimiter,
    ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage }),
    ...(started
      ? {
          retries: 0,
          totalProcessingTime: job.processingTime,
          apiActiveProcessingTime: job.processingTime,
          apexProcessingTime: 0,
          numberRecordsProcessed: job.results.length,
          numberRecordsFailed: job.results.filter(({ error }) => error !== null).length,
        }
      : {}),
  };
}
