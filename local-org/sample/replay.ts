import type { FieldValue, SaveOperation, UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';

export type SampleRecord = Readonly<Record<string, FieldValue>>;

/** One record to save at one moment of the sample's past. `made` gets the new record's id. */
export interface Save {
  readonly at: Date;
  readonly operation: Extract<SaveOperation, 'insert' | 'update'>;
  readonly object: string;
  /** Read when its turn has come, so that it may use ids of what was saved before. */
  readonly record: () => SampleRecord;
  readonly made?: (id: string) => void;
}

const HOUR_MS = 3_600_000;
const CHUNK = 200;

/**
 * Lives through the saves in time order, with the org's clock at each moment, through the org's own save procedure: history,
 * audit fields and automation come out as they would have in an org that people worked in. What falls into one hour and is of one
 * kind is saved together. A refused record is a defect of the sample and throws.
 */
export const replay = (
  org: LocalOrg,
  user: UserContext,
  saves: readonly Save[],
  progress: (done: number, of: number) => void,
): void => {
  const ordered = [...saves].sort((a, b) => a.at.getTime() - b.at.getTime());
  let start = 0;
  while (start < ordered.length) {
    const end = endOfBatch(ordered, start);
    saveBatch(org, user, ordered.slice(start, end));
    start = end;
    progress(start, ordered.length);
  }
};

const endOfBatch = (saves: readonly Save[], start: number): number => {
  const first = saves[start];
  const ids = new Set<FieldValue | undefined>();
  let end = start;
  for (; end < saves.length && end - start < CHUNK; end++) {
    const next = saves[end];
    if (!first || next?.object !== first.object || next.operation !== first.operation) break;
    if (Math.floor(next.at.getTime() / HOUR_MS) !== Math.floor(first.at.getTime() / HOUR_MS)) break;
    if (next.operation === 'update') {
      const { Id } = next.record();
      if (ids.has(Id)) break;
      ids.add(Id);
    }
  }
  return end;
};

const saveBatch = (org: LocalOrg, user: UserContext, batch: readonly Save[]): void => {
  const [first] = batch;
  if (!first) return;
  org.clock.moveTo(first.at);
  const records = batch.map((save) => save.record());
  const results = org.transact(user, (tx) =>
    tx.save({ operation: first.operation, object: first.object, records, allOrNone: true }),
  );
  results.forEach((result, index) => {
    if (!result.success || result.id === null) {
      const reasons = result.errors.map((error) => `${error.statusCode} ${error.message}`).join('; ');
      throw new Error(
        `The sample's ${first.object} ${JSON.stringify(records[index])} was refused at ${first.at.toISOString()}: ${reasons}`,
      );
    }
    batch[index]?.made?.(result.id);
  });
};
