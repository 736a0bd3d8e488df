import { parseCached } from '../../data/soql/run-soql.ts';
import { eachSoqlId, soqlPage } from '../../data/transaction.ts';
import type { UserContext } from '../../data/types.ts';
import type { ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import type { BulkStore } from './bulk-store.ts';
import { invalidInput, readFormat } from './create-ingest-job.ts';
import { ENDED } from './job-state.ts';
import type { QueryJob } from './query-job.ts';
import { groupsRefused, headerOf, requireBulkQuery } from './query-rows.ts';
import { requireTexts } from './require-text.ts';
import { clientText } from '../values/client-text.ts';

/** Ended jobs whose results are kept; older ones go. */
const MOST_JOBS = 50;
/** Records whose rows are made in one go: what a job holds in memory, and how long other requests wait for it. */
const PORTION = 2000;

/**
 * A job from the body of `POST /jobs/query`. It finds the ids of the records in one consistent read and keeps them in portions in
 * the database; the rows are made of them later, a portion at a time. Throws what is wrong with the query.
 */
export function createQueryJob(
  { org }: ApiContext,
  store: BulkStore<QueryJob>,
  user: UserContext,
  version: string,
  body: unknown,
): QueryJob {
  const given = recordBody(body);
  const { operation, query } = given;
  requireTexts(given, ['operation', 'query', 'columnDelimiter', 'lineEnding', 'contentType']);
  if (operation !== 'query' && operation !== 'queryAll') {
    throw invalidInput('INVALIDJOB', `Unable to parse Job: operation '${clientText(operation)}'`);
  }
  if (typeof query !== 'string' || query.trim() === '') throw invalidInput('INVALIDJOB', 'query is required');
  const format = readFormat(given);
  requireBulkQuery(parseCached(query));
  return org.transact(
    user,
    (tx) => {
      const ids = eachSoqlId(tx, query, { allRows: operation === 'queryAll' });
      if (ids === null) throw groupsRefused();
      // Of no records, for the columns alone.
      const { columns, object } = soqlPage(tx, query, []);
      const header = headerOf(columns);
      const now = tx.now.toISOString();
      const job = store.add((key) => ({
        ...key,
        version,
        userId: user.id,
        operation,
        query,
        object,
        format,
        createdDate: now,
        systemModstamp: now,
        header,
        portions: 0,
        rowCount: 0,
        processingTime: 0,
        state: 'UploadComplete',
        errorMessage: null,
      }));
      keepIds(store, job, ids);
      const ended = store.all().filter(({ state }) => ENDED.has(state));
      for (const old of ended.slice(0, -MOST_JOBS)) store.remove(old);
      return job;
    },
    { mode: 'user' },
  );
}

function keepIds(store: BulkStore<QueryJob>, job: QueryJob, ids: Iterable<string>): void {
  let portion: string[] = [];
  let portions = 0;
  const flush = (): void => {
    if (portion.length > 0) store.addPiece(job, portions++, Buffer.from(JSON.stringify(portion)));
    portion = [];
  };
  for (const id of ids) if (portion.push(id) === PORTION) flush();
  flush();
}

/** Ids of a portion; undefined behind the last one. */
export function idsOf(store: BulkStore<QueryJob>, job: QueryJob, portion: number): readonly string[] | undefined {
  const piece = store.piece(job, portion);
  return piece && (JSON.parse(Buffer.from(piece).toString()) as readonly string[]);
}
