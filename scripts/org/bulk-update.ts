import type { Connection } from '@salesforce/core';
import { parse } from 'csv-parse/sync';
import { poll, textOf } from './bulk-query.ts';
import type { BulkOutcome } from './data-org.ts';
import { asking } from './org-errors.ts';
import { OrgError } from './types.ts';

/** Far below the 150 MB that a job takes: Bulk API 2.0 Developer Guide, "Upload Job Data". */
const JOB_ROWS = 100_000;

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

/** Updates records by bulk jobs. Throws OrgError when a job as a whole fails; rows that are refused are told in the outcome. */
export async function bulkUpdate(
  connection: Connection,
  object: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly string[]>,
  onProgress: (sent: number) => void = () => undefined,
): Promise<BulkOutcome> {
  const heading = columns.map(quoted).join(',');
  let [updated, sent] = [0, 0];
  const failed: BulkOutcome['failed'][number][] = [];
  let lines: string[] = [];
  const send = async (): Promise<void> => {
    if (lines.length === 0) return;
    const outcome = await runJob(connection, object, `${heading}\n${lines.join('\n')}\n`);
    updated += lines.length - outcome.length;
    sent += lines.length;
    failed.push(...outcome);
    lines = [];
    onProgress(sent);
  };
  for await (const row of rows) {
    lines.push(row.map(quoted).join(','));
    if (lines.length === JOB_ROWS) await send();
  }
  await send();
  return { updated, failed };
}

/** The rows that were refused. */
async function runJob(connection: Connection, object: string, csv: string): Promise<BulkOutcome['failed']> {
  const jobs = `${connection.instanceUrl.replace(/\/+$/, '')}/services/data/v${connection.getApiVersion()}/jobs/ingest`;
  const json = { 'content-type': 'application/json' };
  return asking(`updating ${object} records in bulk`, async () => {
    const { id } = await connection.request<{ readonly id: string }>({
      method: 'POST',
      url: jobs,
      body: JSON.stringify({ object, operation: 'update', contentType: 'CSV', lineEnding: 'LF' }),
      headers: json,
    });
    const job = `${jobs}/${id}`;
    await connection.request({
      method: 'PUT',
      url: `${job}/batches`,
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    await connection.request({
      method: 'PATCH',
      url: job,
      body: JSON.stringify({ state: 'UploadComplete' }),
      headers: json,
    });
    const done = await poll(() => connection.request<{ readonly state: string; readonly errorMessage?: string }>(job));
    if (done.state !== 'JobComplete')
      throw new OrgError(
        'BULK_UPDATE',
        `The org ended job ${id} as ${done.state}${done.errorMessage === undefined ? '' : `: ${done.errorMessage}`}.`,
        'See Setup, Bulk Data Load Jobs for the reason, then repeat the command: what is done is not done again.',
      );
    const { text } = await textOf(connection, `${job}/failedResults`);
    const rows: Record<string, string>[] = parse(text, { columns: true, skip_empty_lines: true });
    return rows.map((row) => ({ id: row['Id'] ?? row['sf__Id'] ?? '', error: row['sf__Error'] ?? '' }));
  });
}
