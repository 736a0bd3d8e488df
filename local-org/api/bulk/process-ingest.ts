import { setImmediate as nextTurn } from 'node:timers/promises';
import type { UserContext } from '../../data/types.ts';
import { isDiskFull } from '../../disk-full.ts';
import type { ApiContext } from '../context.ts';
import { diskFull } from '../error-reply.ts';
import type { BulkStore } from './bulk-store.ts';
import { CsvUnreadable, readCsv } from './csv.ts';
import type { IngestJob } from './ingest-job.ts';
import { checkHeader, checkLineEnding, JobFailed } from './job-checks.ts';
import { processChunk } from './process-chunk.ts';

/**
 * "When DML is run with the Bulk API, each chunk of 200 records is processed as a separate transaction"
 * (https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/asynch_api_concepts_limits.htm).
 * The batches of 10,000 into which the platform divides a job only spread the work; no rule hangs on them.
 */
const CHUNK = 200;

async function work(
  context: ApiContext,
  store: BulkStore<IngestJob>,
  job: IngestJob,
  user: UserContext,
  stopped: () => boolean,
): Promise<void> {
  const object = context.org.schema.object(job.object);
  if (!object) throw new JobFailed(`InvalidEntity : ${job.object} is no longer an object of this org`);
  checkLineEnding(store.upload(job), job.format.lineEnding);
  let row = 0;
  let chunk: (readonly string[])[] = [];
  const flush = async (): Promise<void> => {
    if (chunk.length > 0) processChunk(context, store, job, user, chunk);
    chunk = [];
    // Other requests get their turn between two chunks.
    await nextTurn();
  };
  let headerRead = false;
  for await (const values of readCsv(store.upload(job), job.format)) {
    if (!headerRead) {
      headerRead = true;
      job.header = values;
      checkHeader(job, object);
      continue;
    }
    // A job that a restart interrupted goes on behind its last committed chunk.
    if (++row <= job.processed) continue;
    if (chunk.push(values) === CHUNK) await flush();
    if (stopped()) return;
  }
  if (!headerRead) throw new JobFailed('InvalidBatch : The CSV has no header row');
  if (!stopped()) await flush();
}

const failureText = (context: ApiContext, job: IngestJob, error: unknown): string => {
  if (error instanceof JobFailed) return error.message;
  if (isDiskFull(error)) return `STORAGE_LIMIT_EXCEEDED : ${diskFull().message}`;
  if (error instanceof CsvUnreadable) return `InvalidBatch : Failed to parse CSV. ${error.message}`;
  return `UNKNOWN_EXCEPTION : ErrorId ${context.defects.record(`bulk job ${job.id}`, error)}`;
};

/**
 * Runs an uploaded job to its end, or on from where a restart interrupted it. Never throws: what goes wrong is the job's
 * state. `closing` ends it between two chunks, to go on at the next start.
 */
export async function processIngest(
  context: ApiContext,
  store: BulkStore<IngestJob>,
  job: IngestJob,
  closing: () => boolean,
): Promise<void> {
  const start = performance.now() - job.processingTime;
  const spent = (): number => Math.round(performance.now() - start);
  const aborted = (): boolean => (store.get(job.id)?.state ?? 'Aborted') === 'Aborted';
  const stopped = (): boolean => closing() || aborted();
  try {
    job.state = 'InProgress';
    store.save(job);
    await work(context, store, job, context.org.user(job.userId), stopped);
    if (stopped()) return;
    job.state = 'JobComplete';
  } catch (error) {
    job.state = 'Failed';
    job.errorMessage = failureText(context, job, error);
  }
  job.processingTime = spent();
  job.systemModstamp = context.org.clock.now().toISOString();
  try {
    store.save(job);
    // Results have the rows; what was not tried is read from the upload.
    if (job.state === 'JobComplete') store.dropUpload(job);
  } catch (error) {
    context.defects.record(`bulk job ${job.id} could not be kept`, error);
  }
}
