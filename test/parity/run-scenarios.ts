import { randomBytes } from 'node:crypto';
import { layGround, PREFIX, removeComponents } from './components.ts';
import { removeRecords } from './made-records.ts';
import type { Difference } from './match.ts';
import { needsOf } from './needs.ts';
import { runStep, type Traces } from './run-step.ts';
import type { Scenario, ScenarioFile } from './scenario.ts';
import { API_VERSION, type Target } from './target.ts';
import { fillIn, type Values } from './values.ts';

export interface Outcome {
  readonly file: string;
  readonly family: string;
  readonly scenario: Scenario;
  /** `same`; `known`: as its knownDifference says; `differs`; `skipped`: the org lacks what it needs. */
  readonly verdict: 'same' | 'known' | 'differs' | 'skipped';
  readonly differences: readonly Difference[];
  /** Why it was skipped, or what of its known difference is no longer so. */
  readonly remark?: string;
}

export interface FileOutcome {
  readonly path: string;
  readonly outcomes: readonly Outcome[];
  /** What could not be taken away again. */
  readonly left: readonly string[];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function runSteps(
  target: Target,
  scenario: Scenario,
  values: Values,
  traces: Traces,
): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const [index, step] of scenario.steps.entries()) {
    const place = (at: string): string => `step ${index + 1} ${at}`.trim();
    try {
      const differs = await runStep(target, fillIn(step, values), values, traces);
      found.push(...differs.map((one) => ({ ...one, at: place(one.at) })));
    } catch (error) {
      // Later steps stand on this one.
      return [...found, { at: place(''), expected: 'an answer', actual: messageOf(error) }];
    }
  }
  return found;
}

/** A run's own mark and ids in an answer would make every recorded difference a new one. */
const withoutRun = (text: string, values: Values): string =>
  text.replaceAll(String(values['mark']), 'MARK').replaceAll(/\b[a-zA-Z0-9]{15}[A-Z0-5]{3}\b/g, 'ID');

/** Whether the local org differs exactly where and how it is known to. */
function judge(
  { knownDifference }: Scenario,
  found: readonly Difference[],
  local: boolean,
): Pick<Outcome, 'verdict' | 'remark'> {
  if (!knownDifference || !local) return { verdict: found.length === 0 ? 'same' : 'differs' };
  const now = Object.fromEntries(found.map(({ at, actual }) => [at, actual]));
  const places = [...new Set([...Object.keys(now), ...Object.keys(knownDifference.local)])];
  const changed = places.filter((at) => now[at] !== knownDifference.local[at]);
  if (changed.length === 0) return { verdict: 'known' };
  const told = changed.map(
    (at) => `${at}: known as ${knownDifference.local[at] ?? 'the same'}, now ${now[at] ?? 'the same'}`,
  );
  return { verdict: 'differs', remark: `the known difference has changed; ${told.join('; ')}` };
}

/**
 * Runs the scenarios of one file on an org: lays their ground, runs them one after the other, takes everything away again, also
 * after a failure.
 */
export async function runFile(
  target: Target,
  file: ScenarioFile,
  wanted: (scenario: Scenario) => boolean = () => true,
): Promise<FileOutcome> {
  const lacks = needsOf(target);
  const traces: Traces = { records: [], components: [] };
  const mark = `${PREFIX}${randomBytes(4).toString('hex')}`;
  const outcomes: Outcome[] = [];
  let left: readonly string[];
  try {
    await layGround(target, file.ground);
    for (const scenario of file.scenarios.filter(wanted)) {
      const base = { file: file.path, family: file.family, scenario };
      const lacking = await lacks(scenario.needs);
      if (lacking.length > 0) {
        outcomes.push({ ...base, verdict: 'skipped', differences: [], remark: `the org lacks: ${lacking.join(', ')}` });
        continue;
      }
      const values: Values = {
        mark: `${mark}-${outcomes.length + 1}`,
        userId: target.userId,
        orgId: target.orgId,
        data: `/services/data/v${API_VERSION}`,
        today: new Date().toISOString().slice(0, 10),
        thisYear: new Date().getUTCFullYear(),
      };
      const steps = await runSteps(target, scenario, values, traces);
      const found = steps.map((one) => ({ ...one, actual: withoutRun(one.actual, values) }));
      outcomes.push({ ...base, differences: found, ...judge(scenario, found, target.kind === 'local') });
    }
  } finally {
    left = [
      ...(await removeRecords(target, traces.records, mark)),
      ...(await removeComponents(target, traces.components, file.ground)),
    ];
  }
  return { path: file.path, outcomes, left };
}
