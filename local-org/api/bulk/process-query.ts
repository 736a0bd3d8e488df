import { setImmediate as nextTurn } from 'node:timers/promises';
import { soqlPage } from '../../data/transaction.ts';
import type { UserContext } from '../../data/types.ts';
import { isDiskFull } from '../../disk-full.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { diskFull } from '../error-reply.ts';
import type { BulkStore } from './bulk-store.ts';
import { idsOf } from './create-query-job.ts';
import { csvLine } from './csv.ts';
import { isWaiting } from './job-state.ts';
import type { QueryJob } from './query-job.ts';
import { rowsOf } from './query-rows.ts';

/** Makes the rows of one portion; they are committed with the job's figures. */
function makeRows(
  context: ApiContext,
  store: BulkStore<QueryJob>,
  job: QueryJob,
  user: UserContext,
  ids: readonly string[],
): void {
  context.org.transact(
    user,
    (tx) => {
      const lines = rowsOf(soqlPage(tx, job.query, ids)).map((values, n) => ({
        row: job.rowCount + n + 1,
        saved: true,
        line: csvLine(values, job.format),
      }));
      store.addResults(job, lines);
      store.save({ ...job, portions: job.portions + 1, rowCount: job.rowCount + lines.length });
      return lines.length;
    },
    { mode: 'user' },
  );
}

/** `InvalidBatch : Failed to process query: …` is how the platform begins (Bulk API Developer Guide, "Batch states"). */
const failureText = (context: ApiContext, id: string, error: unknown): string => {
  if (isDiskFull(error)) return `STORAGE_LIMIT_EXCEEDED : ${diskFull().message}`;
  if (error instanceof PlatformError) return `InvalidBatch : Failed to process query: ${error.code}: ${error.message}`;
  return `UNKNOWN_EXCEPTION : ErrorId ${context.defects.record(`bulk query job ${id}`, error)}`;
};

/** Goes on to the last portion; false when the job was aborted or the server closes. */
async function makeAllRows(
  context: ApiContext,
  store: BulkStore<QueryJob>,
  id: string,
  closing: () => boolean,
): Promise<boolean> {
  for (;;) {
    // Other requests get their turn between two portions; one of them may abort the job.
    await nextTurn();
    const job = store.get(id);
    if (job?.state !== 'InProgress' || closing()) return false;
    const ids = idsOf(store, job, job.portions);
    if (!ids) return true;
    makeRows(context, store, job, context.org.user(job.userId), ids);
  }
}

/**
 * Makes a query job's rows, or those that a restart left to make. Never throws: what goes wrong is the job's state. `closing` ends
 * it between two portions, to go on at the next start.
 */
export async function processQuery(
  context: ApiContext,
  store: BulkStore<QueryJob>,
  id: string,
  closing: () => boolean,
): Promise<void> {
  const start = performance.now();
  const end = (state: 'JobComplete' | 'Failed', errorMessage: string | null): void => {
    const job = store.get(id);
    if (!job) return;
    const processingTime = job.processingTime + Math.round(performance.now() - start);
    const systemModstamp = context.org.clock.now().toISOString();
    store.save({ ...job, state, errorMessage, processingTime, systemModstamp });
    store.dropUpload(job);
  };
  try {
    const job = store.get(id);
    if (!job || !isWaiting(job.state)) return;
    store.save({ ...job, state: 'InProgress' });
    if (await makeAllRows(context, store, id, closing)) end('JobComplete', null);
  } catch (error) {
    try {
      end('Failed', failureText(context, id, error));
    } catch (again) {
      context.defects.record(`bulk query job ${id} could not be kept`, again);
    }
  }
}
