import type { ObjectDef } from '../../schema/types.ts';
import type { IngestJob } from './ingest-job.ts';
import { unknownColumn } from './row-records.ts';

/** The job as a whole cannot be done; the message goes into its `errorMessage`. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/** Refuses columns that the operation or the object does not have. */
export function checkHeader(job: IngestJob, object: ObjectDef): void {
  const unknown = unknownColumn(object, job.header);
  if (unknown !== null) throw new JobFailed(`InvalidBatch : Field name not found : ${unknown}`);
  const names = job.header.map((name) => name.trim().toLowerCase());
  const deletes = job.operation === 'delete' || job.operation === 'hardDelete';
  if (deletes && (names.length !== 1 || names[0] !== 'id')) {
    throw new JobFailed(
      `InvalidBatch : Invalid number of fields for ${job.operation} operation. Only the 'id' field is permitted.`,
    );
  }
  if (job.operation === 'update' && !names.includes('id')) {
    throw new JobFailed('InvalidBatch : Field name not found : Id');
  }
}

/** Text with which the platform refuses an upload whose lines do not end as the job says. */
export function checkLineEnding(pieces: Iterable<Uint8Array>, lineEnding: string): void {
  let last = 0;
  for (const piece of pieces) {
    const end = piece.indexOf(10);
    if (end < 0) {
      last = piece.at(-1) ?? last;
      continue;
    }
    const before = end > 0 ? piece[end - 1] : last;
    const found = before === 13 ? 'CRLF' : 'LF';
    if (found === lineEnding) return;
    const message = `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${lineEnding}`;
    throw new JobFailed(message);
  }
}
