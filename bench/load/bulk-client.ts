import { setTimeout as pause } from 'node:timers/promises';

/** Where jobs are sent to. */
export interface BulkOrg {
  readonly url: string;
  readonly token: string;
}

export type Values = Readonly<Record<string, string | number | boolean>>;

const API = 'services/data/v66.0/jobs/ingest';
/** Between two looks at a job. */
const EVERY_MS = 20;

const cell = (value: string | number | boolean | undefined): string => {
  const text = String(value ?? '');
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const csvOf = (columns: readonly string[], records: readonly Values[]): string =>
  `${[columns.join(','), ...records.map((record) => columns.map((name) => cell(record[name])).join(','))].join('\n')}\n`;

/** Ids by row, from the successful results: they come in the order of the upload. */
const idsOf = (csv: string): readonly string[] =>
  csv
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => /^"?(\w{18})/.exec(line)?.[1] ?? '');

/**
 * Saves records in one job of Bulk API 2.0 and waits for its end; ids in the order of the records. Throws when a record failed, with
 * the first of the failed results.
 */
export const bulk = async (
  { url, token }: BulkOrg,
  operation: 'insert' | 'update',
  object: string,
  records: readonly Values[],
): Promise<readonly string[]> => {
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const call = async (method: string, path: string, type: string, body?: string): Promise<string> => {
    const answer = await fetch(`${url}/${API}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text;
  };
  const json = async (method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> =>
    JSON.parse(await call(method, path, 'application/json', body && JSON.stringify(body))) as Record<string, unknown>;
  const { id } = await json('POST', '', { object, operation, lineEnding: 'LF' });
  const job = `/${String(id)}`;
  await call('PUT', `${job}/batches`, 'text/csv', csvOf(columns, records));
  await json('PATCH', job, { state: 'UploadComplete' });
  for (;;) {
    const { state, numberRecordsFailed, numberRecordsProcessed } = await json('GET', job);
    if (state === 'JobComplete' && numberRecordsFailed === 0 && numberRecordsProcessed === records.length)
      return idsOf(await call('GET', `${job}/successfulResults`, 'text/csv'));
    if (state !== 'UploadComplete' && state !== 'InProgress') {
      const failed = (await call('GET', `${job}/failedResults`, 'text/csv')).split('\n');
      throw new Error(
        `${operation} of ${object} ended ${String(state)} with ${String(numberRecordsFailed)} of ${String(records.length)} failed:\n${failed.slice(0, 3).join('\n')}`,
      );
    }
    await pause(EVERY_MS);
  }
};
