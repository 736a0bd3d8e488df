import { setImmediate as nextTurn } from 'node:timers/promises';
import { normalizeId } from '../../data/ids.ts';
import type { SaveError, SaveResult, Transaction } from '../../data/types.ts';
import { isDiskFull } from '../../disk-full.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { ApiContext } from '../context.ts';
import { diskFull } from '../error-reply.ts';
import { saveRecords } from '../values/save-records.ts';
import type { ClientRecord } from '../values/read-record.ts';
import { CsvUnreadable, readCsv } from './csv.ts';
import type { IngestJob, RowResult } from './ingest-job.ts';
import { rowReader, unknownColumn } from './row-records.ts';

/**
 * "When DML is run with the Bulk API, each chunk of 200 records is processed as a separate transaction"
 * (https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/asynch_api_concepts_limits.htm).
 * The batches of 10,000 into which the platform divides a job only spread the work; no rule hangs on them.
 */
const CHUNK = 200;

/** The job as a whole cannot be done; the message goes into its `errorMessage`. */
class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`, as in the platform's failed results. */
const errorText = (errors: readonly SaveError[]): string =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(',')} --`).join('');

const normalized = (record: ClientRecord): ClientRecord => {
  const name = Object.keys(record).find((one) => one.toLowerCase() === 'id');
  const id = name === undefined ? undefined : record[name];
  return name !== undefined && typeof id === 'string' ? { ...record, [name]: normalizeId(id) ?? id } : record;
};

function saveChunk(
  tx: Transaction,
  job: IngestJob,
  object: ObjectDef,
  given: readonly ClientRecord[],
): readonly SaveResult[] {
  const records = given.map(normalized);
  if (job.operation !== 'delete') {
    const externalIdField = job.externalIdFieldName ?? undefined;
    return saveRecords(tx, { operation: job.operation, object, records, allOrNone: false, externalIdField });
  }
  const ids = records.map((record) => ({ Id: Object.values(record).find((value) => typeof value === 'string') ?? '' }));
  return tx.save({ operation: 'delete', object: object.name, records: ids, allOrNone: false });
}

/** A chunk that a governor limit stopped fails as a whole; the others are transactions of their own. */
function processChunk(
  context: ApiContext,
  job: IngestJob,
  object: ObjectDef,
  rows: readonly (readonly string[])[],
): RowResult[] {
  const read = rowReader(job.header);
  let results: readonly SaveResult[];
  try {
    results = context.org.transact(job.user, (tx) => saveChunk(tx, job, object, rows.map(read)));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const errors = [{ statusCode: error.code, message: error.message, fields: error.fields }];
    results = rows.map(() => ({ id: null, success: false, created: false, errors }));
  }
  return rows.map((row, index) => {
    const result = results[index];
    if (!result) throw new Error('save answered fewer results than records');
    const { id, success, created, errors } = result;
    return { id: id ?? '', created, error: success ? null : errorText(errors), row };
  });
}

function checkHeader(job: IngestJob, object: ObjectDef): void {
  const unknown = unknownColumn(object, job.header);
  if (unknown !== null) throw new JobFailed(`InvalidBatch : Field name not found : ${unknown}`);
  const names = job.header.map((name) => name.trim().toLowerCase());
  if (job.operation === 'delete' && (names.length !== 1 || names[0] !== 'id')) {
    throw new JobFailed(
      "InvalidBatch : Invalid number of fields for delete operation. Only the 'id' field is permitted.",
    );
  }
  if (job.operation === 'update' && !names.includes('id')) {
    throw new JobFailed('InvalidBatch : Field name not found : Id');
  }
}

/** Text with which the platform refuses an upload whose lines do not end as the job says. */
function checkLineEnding(data: string, lineEnding: string): void {
  const firstEnd = data.indexOf('\n');
  const found = firstEnd > 0 && data[firstEnd - 1] === '\r' ? 'CRLF' : 'LF';
  if (firstEnd >= 0 && found !== lineEnding) {
    const message = `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
    throw new JobFailed(message);
  }
}

async function work(context: ApiContext, job: IngestJob, data: string, stopped: () => boolean): Promise<void> {
  const object = context.org.schema.object(job.object);
  if (!object) throw new JobFailed(`InvalidEntity : ${job.object} is no longer an object of this org`);
  checkLineEnding(data, job.format.lineEnding);
  let chunk: (readonly string[])[] = [];
  let failure: { readonly error: unknown } | null = null;
  const flush = async (): Promise<void> => {
    if (failure || stopped()) job.unprocessed.push(...chunk);
    else if (chunk.length > 0) {
      try {
        job.results.push(...processChunk(context, job, object, chunk));
      } catch (error) {
        // The rest is read to its end all the same: unprocessedrecords lists what was not tried.
        failure = { error };
        job.unprocessed.push(...chunk);
      }
    }
    chunk = [];
    await nextTurn();
  };
  let headerRead = false;
  for await (const row of readCsv(data, job.format)) {
    if (!headerRead) {
      headerRead = true;
      job.header = row;
      checkHeader(job, object);
    } else if (chunk.push(row) === CHUNK) await flush();
  }
  await flush();
  const failed = failure as { readonly error: unknown } | null;
  if (failed) throw failed.error;
}

/**
 * Runs an uploaded job to its end. Never throws: what goes wrong is the job's state. `stopped` ends it between two
 * chunks.
 */
export async function processIngest(context: ApiContext, job: IngestJob, stopped: () => boolean): Promise<void> {
  const start = performance.now();
  const data = job.data ?? '';
  job.data = null;
  job.state = 'InProgress';
  const aborted = (): boolean => job.state === 'Aborted' || stopped();
  try {
    await work(context, job, data, aborted);
    if (!aborted()) job.state = 'JobComplete';
  } catch (error) {
    job.state = 'Failed';
    if (error instanceof JobFailed) job.errorMessage = error.message;
    else if (isDiskFull(error)) job.errorMessage = `STORAGE_LIMIT_EXCEEDED : ${diskFull().message}`;
    else if (error instanceof CsvUnreadable) job.errorMessage = `InvalidBatch : Failed to parse CSV. ${error.message}`;
    else job.errorMessage = `UNKNOWN_EXCEPTION : ErrorId ${context.defects.record(`bulk job ${job.id}`, error)}`;
  }
  job.processingTime = Math.round(performance.now() - start);
  job.systemModstamp = context.org.clock.now().toISOString();
}
