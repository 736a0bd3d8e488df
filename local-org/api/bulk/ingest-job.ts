import type { CsvFormat } from './csv.ts';
import type { StoredJob } from './bulk-store.ts';
import type { JobState } from './job-state.ts';

export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';
/** A job as it is kept; its upload and its results lie beside it. */
export interface IngestJob extends StoredJob {
  readonly version: string;
  readonly userId: string;
  /** Canonical name. */
  readonly object: string;
  readonly operation: IngestOperation;
  readonly externalIdFieldName: string | null;
  readonly format: CsvFormat;
  readonly createdDate: string;
  systemModstamp: string;
  state: JobState;
  errorMessage: string | null;
  /** The upload has come in whole. */
  uploaded: boolean;
  header: readonly string[];
  processed: number;
  failed: number;
  /** Milliseconds. */
  processingTime: number;
}

/** What REST tells of a job (JobInfo, Bulk API 2.0 Developer Guide). */
export function ingestJobInfo(job: IngestJob): Record<string, unknown> {
  const started = job.state !== 'Open' && job.state !== 'UploadComplete';
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.userId,
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
          numberRecordsProcessed: job.processed,
          numberRecordsFailed: job.failed,
        }
      : {}),
  };
}
