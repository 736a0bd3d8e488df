import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, writeSync } from 'node:fs';
import path from 'node:path';
import { OrgError } from '../org/types.ts';

export const MATCH_FOLDER = path.join('.waterfall', 'match');
const RUNS = path.join(MATCH_FOLDER, 'runs');
const JOURNAL = 'journal.ndjson';

/** What became of a lead. `already` was converted before this run; `refused` stays a lead, with the org's reason. */
export interface LeadOutcome {
  readonly leadId: string;
  readonly accountId: string;
  readonly name: string;
  readonly account: string;
  readonly outcome: 'converted' | 'already converted' | 'refused';
  readonly contactId: string | null;
  readonly contact: 'created' | 'reused' | null;
  readonly reason: string;
}

/** What happened in a run, a line each, on the disk before anything else happens. */
export type MatchEntry =
  | { readonly event: 'started'; readonly orgId: string; readonly leads: number }
  | { readonly event: 'sending'; readonly leads: readonly string[] }
  | ({ readonly event: 'done' } & LeadOutcome)
  | { readonly event: 'resumed' }
  | { readonly event: 'finished' };

export interface MatchRun {
  readonly id: string;
  readonly folder: string;
  /** The decisions it carries out: a review file. */
  readonly decisions: string;
  readonly results: string;
  write(entries: readonly MatchEntry[]): void;
}

const runAt = (root: string, id: string): MatchRun => {
  const folder = path.join(root, RUNS, id);
  return {
    id,
    folder,
    decisions: path.join(folder, 'decisions.csv'),
    results: path.join(folder, 'results.csv'),
    write: (entries) => {
      try {
        append(path.join(folder, JOURNAL), entries.map(lineOf).join(''));
      } catch (cause) {
        throw new OrgError(
          'RUN_JOURNAL',
          `The journal of run ${id} can no longer be written: ${(cause as Error).message}.`,
          `Free some disk space, then go on with: waterfall match --apply --resume ${id}.`,
          { cause },
        );
      }
    },
  };
};

/** A line that a kill has cut off must not swallow the next one. */
const lineOf = (entry: MatchEntry): string => `${entry.event === 'resumed' ? '\n' : ''}${JSON.stringify(entry)}\n`;

/** On the disk when it returns. */
export function append(file: string, text: string): void {
  const handle = openSync(file, 'a');
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A new run's folder: `20260105-093012-match`. */
export function newRun(root: string, at: Date): MatchRun {
  const stamp = `${at.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-match`;
  let id = stamp;
  for (let copy = 2; existsSync(path.join(root, RUNS, id)); copy += 1) id = `${stamp}-${copy}`;
  const run = runAt(root, id);
  mkdirSync(run.folder, { recursive: true });
  return run;
}

export interface RecordedMatchRun {
  readonly run: MatchRun;
  readonly orgId: string;
  readonly leads: number;
  readonly done: readonly LeadOutcome[];
  /** Leads that were sent and whose end is not known here. */
  readonly uncertain: ReadonlySet<string>;
  readonly finished: boolean;
}

/** Throws OrgError when there is no such run. A last line that was cut off while it was written is left out. */
export function readRun(root: string, id: string): RecordedMatchRun {
  const run = runAt(root, id);
  const file = path.join(run.folder, JOURNAL);
  if (!/^[\w-]+$/.test(id) || !existsSync(file)) {
    const known = listRuns(root);
    throw new OrgError(
      'RUN_UNKNOWN',
      `There is no run ${id} under ${RUNS}.`,
      known.length === 0 ? 'Start one with: waterfall match --apply.' : `There are: ${known.join(', ')}.`,
    );
  }
  const entries = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line): MatchEntry[] => {
      try {
        return [JSON.parse(line) as MatchEntry];
      } catch {
        return []; // the empty end, or a line cut off by a kill
      }
    });
  const started = entries.find(({ event }) => event === 'started') as
    Extract<MatchEntry, { event: 'started' }> | undefined;
  const done = entries.flatMap((entry) => (entry.event === 'done' ? [entry] : []));
  const ended = new Set(done.map(({ leadId }) => leadId));
  return {
    run,
    orgId: started?.orgId ?? '',
    leads: started?.leads ?? 0,
    done,
    uncertain: new Set(
      entries.flatMap((entry) => (entry.event === 'sending' ? entry.leads : [])).filter((lead) => !ended.has(lead)),
    ),
    finished: entries.at(-1)?.event === 'finished',
  };
}

/** Ids, oldest first. */
export const listRuns = (root: string): readonly string[] => {
  const folder = path.join(root, RUNS);
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((id) => existsSync(path.join(folder, id, JOURNAL)))
        .sort()
    : [];
};
