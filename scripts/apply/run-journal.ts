import {
  appendFileSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  existsSync,
} from 'node:fs';
import path from 'node:path';
import { OrgError } from '../org/types.ts';
import type { Plan } from '../plan/types.ts';
import { readPlan, writePlan } from './plan-file.ts';

/** What happened in a run, one line each, written and flushed before anything else happens. */
export type JournalEntry =
  | {
      readonly event: 'started';
      readonly kind: 'deploy' | 'rollback';
      readonly run: string;
      readonly orgId: string;
      readonly steps: readonly string[];
      readonly of?: string;
    }
  | { readonly event: 'sending'; readonly steps: readonly string[] }
  | { readonly event: 'sent'; readonly deployId: string }
  /** By flow: the number of the version that the deployment made or filled. A rollback deletes these, and no other ones. */
  | { readonly event: 'flowVersions'; readonly versions: Readonly<Record<string, number>> }
  | { readonly event: 'stepDone'; readonly step: string; readonly outcome: string }
  | { readonly event: 'stepStarted'; readonly step: string }
  | { readonly event: 'failed'; readonly code: string; readonly message: string }
  | { readonly event: 'resumed' }
  | { readonly event: 'finished' };

export type DatedEntry = JournalEntry & { readonly at: string };

export const RUNS_FOLDER = path.join('.waterfall', 'runs');

export interface Run {
  readonly id: string;
  readonly folder: string;
  write(entry: JournalEntry): void;
}

const JOURNAL = 'journal.ndjson';
const PLAN = 'plan.json';

const open = (id: string, folder: string): Run => ({
  id,
  folder,
  write: (entry) => {
    try {
      append(path.join(folder, JOURNAL), `${JSON.stringify({ at: new Date().toISOString(), ...entry })}\n`);
    } catch (cause) {
      throw new OrgError(
        'RUN_JOURNAL',
        `The journal of run ${id} can no longer be written: ${(cause as Error).message}.`,
        'Free some disk space, then repeat: waterfall deploy asks the org itself what is left to do.',
        { cause },
      );
    }
  },
});

function append(place: string, text: string): void {
  const file = openSync(place, 'a');
  try {
    appendFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What ended a run. Where the journal itself is the trouble, that is what is told. */
export function recordFailure(run: Run, error: unknown): void {
  if (error instanceof OrgError && error.code === 'RUN_JOURNAL') return;
  const { code, message } = error instanceof OrgError ? error : { code: 'DEFECT', message: String(error) };
  run.write({ event: 'failed', code, message });
}

/** `20260105-093012-deploy`: sorts by time. */
export const runId = (kind: 'deploy' | 'rollback', at: Date): string =>
  `${at.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15)}-${kind}`;

/** A new run's folder with its plan; the plan holds what the org had before, and so is the backup. Throws OrgError when it cannot be written. */
export function startRun(root: string, kind: 'deploy' | 'rollback', plan: Plan, at: Date, of?: string): Run {
  let id = runId(kind, at);
  for (let copy = 2; existsSync(path.join(root, RUNS_FOLDER, id)); copy += 1) id = `${runId(kind, at)}-${copy}`;
  const folder = path.join(root, RUNS_FOLDER, id);
  try {
    mkdirSync(folder, { recursive: true });
    writePlan(path.join(folder, PLAN), plan);
    const run = open(id, folder);
    run.write({
      event: 'started',
      kind,
      run: id,
      orgId: plan.orgId,
      steps: plan.steps.map((step) => step.id),
      ...(of ? { of } : {}),
    });
    return run;
  } catch (cause) {
    throw new OrgError(
      'RUN_FOLDER',
      `The run's journal cannot be written to ${folder}: ${(cause as Error).message}.`,
      'Free some disk space or make the folder writable; nothing has been sent to the org.',
      { cause },
    );
  }
}

export interface RecordedRun {
  readonly run: Run;
  readonly plan: Plan;
  readonly entries: readonly DatedEntry[];
}

/** Throws OrgError when there is no such run. A last line that was cut off while it was written is left out. */
export function readRun(root: string, id: string): RecordedRun {
  const folder = path.join(root, RUNS_FOLDER, id);
  if (!/^[\w-]+$/.test(id) || !existsSync(path.join(folder, JOURNAL))) {
    throw new OrgError(
      'RUN_UNKNOWN',
      `There is no run ${id} under ${RUNS_FOLDER}.`,
      'See the runs with: waterfall runs.',
    );
  }
  const entries = readFileSync(path.join(folder, JOURNAL), 'utf8')
    .split('\n')
    .flatMap((line): DatedEntry[] => {
      try {
        return [JSON.parse(line) as DatedEntry];
      } catch {
        return []; // the empty end, or a line cut off by a kill
      }
    });
  return { run: open(id, folder), plan: readPlan(path.join(folder, PLAN)), entries };
}

export interface RunSummary {
  readonly id: string;
  readonly kind: 'deploy' | 'rollback';
  readonly orgId: string;
  readonly startedAt: string;
  readonly state: 'finished' | 'failed' | 'broken off';
  readonly done: number;
  readonly steps: number;
  /** Where it stopped, in words; empty when it is finished. */
  readonly stoppedAt: string;
}

export function summaryOf({ run, entries }: RecordedRun): RunSummary {
  const started = entries.find((entry) => entry.event === 'started');
  const state = stateOf(entries);
  const planned = new Set(started?.steps);
  const done = new Set(
    entries.flatMap((entry) => (entry.event === 'stepDone' && planned.has(entry.step) ? [entry.step] : [])),
  );
  return {
    id: run.id,
    kind: started?.kind ?? 'deploy',
    orgId: started?.orgId ?? '',
    startedAt: started?.at ?? '',
    state,
    done: done.size,
    steps: started?.steps.length ?? 0,
    stoppedAt: state === 'finished' ? '' : stoppedAt(entries),
  };
}

/** The last that counts: a run that failed and was then resumed to its end is finished. */
function stateOf(entries: readonly DatedEntry[]): RunSummary['state'] {
  const last = entries.findLast(({ event }) => event === 'finished' || event === 'failed' || event === 'resumed');
  return last?.event === 'finished' ? 'finished' : last?.event === 'failed' ? 'failed' : 'broken off';
}

/** Exactly how far a run got, from its journal alone. */
export function stoppedAt(entries: readonly DatedEntry[]): string {
  const last = entries.findLast(({ event }) => event !== 'failed' && event !== 'resumed' && event !== 'flowVersions');
  const why = entries.findLast((entry) => entry.event === 'failed');
  const reason = why?.event === 'failed' ? `: ${why.message}` : '';
  switch (last?.event) {
    case 'sending':
      return `while the deployment was being sent; whether the org has received it is not known here${reason}`;
    case 'sent':
      return `while the org was carrying out deployment ${last.deployId}${reason}`;
    case 'stepStarted':
      return `in step ${last.step}${reason}`;
    case 'stepDone':
      return `after step ${last.step}${reason}`;
    default:
      return `before anything was sent${reason}`;
  }
}

/** The deployment that the org was at work on when the run stopped; null when it stopped elsewhere. */
export function stoppedWhileDeploying(entries: readonly DatedEntry[]): string | null {
  const last = entries.findLast(({ event }) => event !== 'failed' && event !== 'resumed');
  return last?.event === 'sent' ? last.deployId : null;
}

/** Oldest first. */
export function listRuns(root: string): readonly RunSummary[] {
  const folder = path.join(root, RUNS_FOLDER);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((id) => existsSync(path.join(folder, id, JOURNAL)))
    .map((id) => summaryOf(readRun(root, id)))
    .sort((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
}
