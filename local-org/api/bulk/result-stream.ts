import { Readable } from 'node:stream';
import type { BulkStore, StoredJob } from './bulk-store.ts';
import { csvLine, readCsv, type CsvFormat } from './csv.ts';
import type { IngestJob } from './ingest-job.ts';

/** Lines read from the database at a time. */
const PAGE = 100;

/** A CSV of result lines, read as fast as the client takes it. At most `most` lines after row `after`. */
export function resultStream<Job extends StoredJob>(
  store: BulkStore<Job>,
  job: Job,
  header: string,
  { saved = null, after = 0, most = Infinity }: { saved?: boolean | null; after?: number; most?: number } = {},
): Readable {
  function* lines(): Generator<string> {
    yield header;
    let last = after;
    for (let left = most; left > 0;) {
      const page = store.results(job, saved, last, Math.min(PAGE, left));
      if (page.length === 0) return;
      yield page.map(({ line }) => line).join('');
      last = page.at(-1)?.row ?? last;
      left -= page.length;
    }
  }
  return Readable.from(lines());
}

/** The rows of an upload that were not tried, as they came in. */
export function unprocessedStream(store: BulkStore<IngestJob>, job: IngestJob, format: CsvFormat): Readable {
  async function* lines(): AsyncGenerator<string> {
    let row = -1;
    // An upload that cannot be parsed ends where the trouble is.
    try {
      for await (const values of readCsv(store.upload(job), format)) {
        row++;
        if (row === 0 || row > job.processed) yield csvLine(values, format);
      }
    } catch {
      return;
    }
  }
  const isEmpty = job.state === 'JobComplete' || !job.uploaded;
  return Readable.from(isEmpty ? [job.header.length > 0 ? csvLine(job.header, format) : ''] : lines());
}
