import type { Connection } from '@salesforce/core';
import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import type { TextRow } from './data-org.ts';
import { asking } from './org-errors.ts';
import { OrgError } from './types.ts';

/** Rows that are held at once. The platform's own default is larger: Bulk API 2.0 Developer Guide, "Get Results for a Query Job". */
const PAGE_SIZE = 20_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5000;
/** What the Sforce-Locator header says on the last page. */
const NO_MORE = 'null';

/** Waits a little longer each time, as long as the job is at work. */
export async function poll<Job extends { readonly state: string }>(look: () => Promise<Job>): Promise<Job> {
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(LONGEST_PAUSE_MS, wait * 1.5)) {
    const job = await look();
    if (job.state !== 'UploadComplete' && job.state !== 'InProgress' && job.state !== 'Open') return job;
    await pause(wait);
  }
}

/** A request whose answer is taken as text: the client library would take every `|` and `^` for a column's end. */
export async function textOf(
  connection: Connection,
  url: string,
): Promise<{ readonly text: string; readonly headers: Readonly<Record<string, string>> }> {
  const { HttpApi } = await import('@jsforce/jsforce-node/lib/http-api.js');
  const api = new HttpApi(connection, { responseType: 'text/plain' });
  let headers: Readonly<Record<string, string>> = {};
  api.on(
    'response',
    (response: { readonly headers: Readonly<Record<string, string>> }) => (headers = response.headers),
  );
  const text = await api.request<string>({ method: 'GET', url, headers: { accept: 'text/csv' } });
  return { text, headers };
}

/** Runs a query as a bulk job and hands its rows over page by page. Throws OrgError. */
export async function* bulkQuery(connection: Connection, soql: string, pageSize = PAGE_SIZE): AsyncGenerator<TextRow> {
  const doing = `the bulk query ${soql.length <= 120 ? soql : `${soql.slice(0, 117)}...`}`;
  const jobs = `${connection.instanceUrl.replace(/\/+$/, '')}/services/data/v${connection.getApiVersion()}/jobs/query`;
  const { id } = await asking(doing, () =>
    connection.request<{ readonly id: string }>({
      method: 'POST',
      url: jobs,
      body: JSON.stringify({ operation: 'query', query: soql }),
      headers: { 'content-type': 'application/json' },
    }),
  );
  const job = await asking(doing, () =>
    poll(() => connection.request<{ readonly state: string; readonly errorMessage?: string }>(`${jobs}/${id}`)),
  );
  if (job.state !== 'JobComplete')
    throw new OrgError(
      'BULK_QUERY',
      `The org ended ${doing} as ${job.state}${job.errorMessage === undefined ? '' : `: ${job.errorMessage}`}.`,
      'See Setup, Bulk Data Load Jobs for the reason, then repeat the command.',
    );
  for (let locator: string | undefined; locator !== NO_MORE;) {
    const from: string = locator === undefined ? '' : `&locator=${encodeURIComponent(locator)}`;
    const page = await asking(doing, () => textOf(connection, `${jobs}/${id}/results?maxRecords=${pageSize}${from}`));
    const rows: TextRow[] = parse(page.text, { columns: true, skip_empty_lines: true });
    yield* rows;
    locator = page.headers['sforce-locator'] ?? NO_MORE;
  }
}
