import { PlatformError } from '../../platform-error.ts';
import { MAX_BODY_BYTES } from '../body-parsers.ts';
import type { BulkStore } from './bulk-store.ts';
import type { IngestJob } from './ingest-job.ts';

/** Bytes of a piece in the database. */
const PIECE = 1024 * 1024;

const tooLarge = (): PlatformError =>
  new PlatformError('REQUEST_LIMIT_EXCEEDED', `A job's data can have at most ${String(MAX_BODY_BYTES)} bytes`, {
    httpStatus: 413,
  });

/** Writes a request's body into the database as it comes in; an upload that breaks off leaves nothing. */
export async function receiveUpload(
  store: BulkStore<IngestJob>,
  job: IngestJob,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  let total = 0;
  let piece = 0;
  const flush = (): void => {
    if (size > 0) store.addPiece(job, piece++, Buffer.concat(waiting, size));
    waiting = [];
    size = 0;
  };
  try {
    for await (const bytes of body) {
      total += bytes.length;
      if (total > MAX_BODY_BYTES) throw tooLarge();
      waiting.push(bytes);
      size += bytes.length;
      if (size >= PIECE) flush();
    }
    // An empty upload is one too.
    if (total === 0) store.addPiece(job, piece++, new Uint8Array(0));
    flush();
  } catch (error) {
    store.dropUpload(job);
    throw error;
  }
}
