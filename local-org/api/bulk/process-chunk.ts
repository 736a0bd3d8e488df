import { normalizeId } from '../../data/ids.ts';
import type { SaveError, SaveResult, Transaction, UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { saveRecords } from '../values/save-records.ts';
import type { ClientRecord } from '../values/read-record.ts';
import type { BulkStore } from './bulk-store.ts';
import { csvLine } from './csv.ts';
import { hardDelete } from './hard-delete.ts';
import type { IngestJob } from './ingest-job.ts';
import { JobFailed } from './job-checks.ts';
import { rowReader } from './row-records.ts';
import { unreadableValue } from './unreadable-value.ts';

type Rows = readonly (readonly string[])[];

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --`, as in the platform's failed results. */
const errorText = (errors: readonly SaveError[]): string =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.join(',')} --`).join('');

const normalized = (record: ClientRecord): ClientRecord => {
  const name = Object.keys(record).find((one) => one.toLowerCase() === 'id');
  const id = name === undefined ? undefined : record[name];
  return name !== undefined && typeof id === 'string' ? { ...record, [name]: normalizeId(id) ?? id } : record;
};

function saveRows(context: ApiContext, tx: Transaction, job: IngestJob, rows: Rows): readonly SaveResult[] {
  const object = tx.schema.object(job.object);
  if (!object) throw new JobFailed(`InvalidEntity : ${job.object} is no longer an object of this org`);
  const records = rows.map(rowReader(job.header)).map(normalized);
  const { operation } = job;
  if (operation === 'delete' || operation === 'hardDelete') {
    const ids = records.map((record) => ({
      Id: Object.values(record).find((value) => typeof value === 'string') ?? '',
    }));
    const results = tx.save({ operation: 'delete', object: object.name, records: ids, allOrNone: false });
    if (operation === 'hardDelete') hardDelete(context.org.database, results);
    return results;
  }
  const externalIdField = job.externalIdFieldName ?? undefined;
  const unreadable = records.map((record) => unreadableValue(tx.schema, object, job.header, record));
  const readable = records.filter((_record, row) => unreadable[row] === null);
  const saved = saveRecords(tx, { operation, object, records: readable, allOrNone: false, externalIdField });
  let next = 0;
  return unreadable.map((error) =>
    error === null ? saved[next++]! : { id: null, success: false, created: false, errors: [error] },
  );
}

/**
 * Saves a chunk in a transaction of its own; its results and the job's figures are committed with it. A chunk that a
 * governor limit stopped fails as a whole.
 */
export function processChunk(
  context: ApiContext,
  store: BulkStore<IngestJob>,
  job: IngestJob,
  user: UserContext,
  rows: Rows,
): void {
  const { processed, failed } = job;
  const keep = (results: readonly SaveResult[]): void => {
    if (results.length !== rows.length) throw new Error('save answered fewer results than records');
    const lines = results.map(({ id, success, created, errors }, n) => ({
      row: processed + n + 1,
      saved: success,
      line: csvLine([id ?? '', success ? String(created) : errorText(errors), ...(rows[n] ?? [])], job.format),
    }));
    store.addResults(job, lines);
    job.processed = processed + rows.length;
    job.failed = failed + results.filter(({ success }) => !success).length;
    store.save(job);
  };
  try {
    context.org.transact(user, (tx) => keep(saveRows(context, tx, job, rows)), { mode: 'user' });
  } catch (error) {
    job.processed = processed;
    job.failed = failed;
    if (!(error instanceof PlatformError)) throw error;
    const errors = [{ statusCode: error.code, message: error.message, fields: error.fields }];
    const refused = rows.map(() => ({ id: null, success: false, created: false, errors }));
    context.org.transact(user, () => keep(refused));
  }
}
