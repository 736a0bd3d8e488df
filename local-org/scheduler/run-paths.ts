import type { PathRun } from '../automation/flow/launchable-flows.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import type { WorkDone } from './work-done.ts';
import { userOrDefault } from './running-user.ts';
import type { QueuedPath, StoredQueue } from './work-queue.ts';

/** Paths of one flow that can share a transaction: those of one user. Several turns of one record do not share it. */
const batchKey = ({ flow, path, userId }: QueuedPath): string => JSON.stringify([flow, path, userId]);

/** Runs queued paths, batch by batch; the batch with the earliest path goes first. */
export function runPaths(org: LocalOrg, queue: StoredQueue, due: readonly QueuedPath[]): readonly WorkDone[] {
  const groups = [...Map.groupBy(due, batchKey).values()];
  return groups.flatMap((group) => {
    const { flow, path } = group[0]!;
    const size = org.automation.flows?.batchSize(flow, path) ?? group.length;
    return batches(group, size).flatMap((batch) => runBatch(org, queue, batch));
  });
}

function* chunks(group: readonly QueuedPath[], size: number): Generator<readonly QueuedPath[]> {
  let batch: QueuedPath[] = [];
  let seen = new Set<string>();
  for (const item of group) {
    if (batch.length === size || seen.has(item.recordId)) {
      yield batch;
      batch = [];
      seen = new Set();
    }
    batch.push(item);
    seen.add(item.recordId);
  }
  if (batch.length > 0) yield batch;
}
const batches = (group: readonly QueuedPath[], size: number) => [...chunks(group, size)];

function runBatch(org: LocalOrg, queue: StoredQueue, batch: readonly QueuedPath[]): readonly WorkDone[] {
  const { flow, path, userId } = batch[0]!;
  const ids = batch.map(({ id }) => id);
  const user = userOrDefault(org, userId);
  try {
    const runs = org.transact(user, (tx) => {
      queue.take(ids);
      return org.automation.flows?.runPath(tx, flow, path, batch) ?? [];
    });
    return batch.map((item, index) => report(item, runs[index] ?? NO_LONGER_ACTIVE));
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    /** A limit has ended the batch and undone it; the platform does not try it again either. */
    org.transact(user, () => queue.take(ids));
    return batch.map((item) => report(item, { outcome: 'failed', fault: `${error.code}: ${error.message}` }));
  }
}

const NO_LONGER_ACTIVE: Pick<PathRun, 'outcome' | 'fault'> = { outcome: 'path no longer active', fault: null };

const report = (item: QueuedPath, { outcome, fault }: Pick<PathRun, 'outcome' | 'fault'>): WorkDone => ({
  kind: item.asynchronous ? 'asynchronous path' : 'scheduled path',
  flow: item.flow,
  path: item.path,
  recordId: item.recordId,
  due: item.due,
  outcome,
  error: fault,
});
