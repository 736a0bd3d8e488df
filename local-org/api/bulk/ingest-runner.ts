import type { ApiContext } from '../context.ts';
import type { BulkStore } from './bulk-store.ts';
import { createBackground } from './background.ts';
import type { IngestJob } from './ingest-job.ts';
import { ENDED, isWaiting } from './job-state.ts';
import { processIngest } from './process-ingest.ts';

/** Results are "available for 7 days, after which the data is deleted" (Bulk API Developer Guide, "Limits"). */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Runs uploaded jobs in the background, one after the other turn about. */
export interface IngestRunner {
  /** Closes the job for uploads and runs it. */
  start(job: IngestJob): void;
  /** Goes on with what an earlier stop interrupted; forgets what is too old. */
  resume(): void;
  /** Ends between two chunks; what is not done goes on at the next start. */
  close(): Promise<void>;
}

export function createIngestRunner(context: ApiContext, store: BulkStore<IngestJob>): IngestRunner {
  const background = createBackground(async (id, closing) => {
    const job = store.get(id);
    if (job && isWaiting(job.state)) await processIngest(context, store, job, closing);
  });
  return {
    start(job) {
      job.state = 'UploadComplete';
      store.save(job);
      background.run(job.id);
    },
    resume() {
      const oldest = context.org.clock.now().getTime() - KEPT_DAYS * DAY_MS;
      for (const job of store.all()) {
        if (ENDED.has(job.state) && Date.parse(job.createdDate) < oldest) store.remove(job);
        // A stop in the middle of an upload left a part of it.
        else if (job.state === 'Open' && !job.uploaded) store.dropUpload(job);
        else if (isWaiting(job.state)) background.run(job.id);
      }
    },
    close: () => background.close(),
  };
}
