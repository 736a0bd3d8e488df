import { HANDSHAKE } from '../compile/names.ts';
import { compileWaterfall } from '../compile/compile-waterfall.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { namesOfType, runCheck } from './checks/check.ts';
import type { CheckContext, VerifiedOrg } from './checks/check.ts';
import { CHECKS } from './checks/index.ts';
import { userSeesFields } from './checks/running-user.ts';
import { cleanUp, cleanUpAnyway } from './clean-up.ts';
import { prepareGround } from './ground.ts';
import { processesOf } from './processes/index.ts';
import { limitRows } from './limits-used.ts';
import { openLab } from './processes/lab.ts';
import { runProcesses } from './processes/run-processes.ts';
import { runScenarios } from './run-scenarios.ts';
import { scenarioRow } from './scenario-row.ts';
import { scenariosOf } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { VerifyError } from './types.ts';
import type { CheckRow, ScenarioRow, Status, VerifyOptions, VerifyProgress, VerifyReport } from './types.ts';
import { verifyFields } from './verify-fields.ts';

/** Records of one sObject collections call, and of one transaction. */
const AT_ONCE = 200;

/**
 * Proves in the org itself that the waterfall works: looks up what an admin would look up, then takes marked test records through
 * scenarios that are generated from the model, and deletes them again, whatever happens in between; what earlier runs left behind is
 * deleted first. Two runs at the same time would delete each other's records.
 *
 * Throws VerifyError for a production org without `allowProduction` and when it is stopped, OrgError when the org can no longer be asked (after cleaning up as
 * far as it can).
 */
export const verifyOrg = async (
  org: VerifiedOrg,
  waterfall: Waterfall,
  options: VerifyOptions = {},
): Promise<VerifyReport> => {
  if (org.identity.kind === 'production' && !options.allowProduction) {
    throw new VerifyError(
      'VERIFY_PRODUCTION',
      `${org.identity.name} is a production org: verifying would create test opportunities and a test account in it for a moment.`,
      'Verify in a sandbox or scratch org, or add --allow-production if this is what you want.',
    );
  }
  const run = options.run ?? newRun();
  const progress = options.progress ?? (() => undefined);
  const started = performance.now();
  const context: CheckContext = {
    org,
    waterfall,
    components: compileWaterfall(waterfall),
    layoutByHand: options.layoutByHand ?? false,
    opportunity: await org.describe('Opportunity'),
  };
  const checks = await runChecks(context, progress);
  const checked = performance.now();

  const scenarios = scenariosOf(waterfall, options.atOnce ?? AT_ONCE);
  const canTry = checks.every(({ check, status }) => check !== userSeesFields.title || status === 'passed');
  const outcome = canTry
    ? await tryScenarios(context, scenarios, run, options, progress)
    : { rows: notTried(scenarios), leftovers: 0, cleanUp: { removed: 0, left: [] }, cleanUpMs: 0 };

  const allChecks = [...checks, ...limitRows((await options.limitsUsed?.()) ?? [])];
  const counts = count([...allChecks, ...outcome.rows]);
  const { orgId, name, username, kind } = org.identity;
  return {
    run,
    org: { orgId, name, username, kind },
    checks: allChecks,
    rows: outcome.rows,
    counts,
    cleanUp: { ...outcome.cleanUp, leftovers: outcome.leftovers },
    durations: {
      checks: Math.round(checked - started),
      scenarios: Math.round(performance.now() - checked - outcome.cleanUpMs),
      cleanUp: Math.round(outcome.cleanUpMs),
    },
    ok: counts.failed + counts.refused + counts.skipped === 0 && outcome.cleanUp.left.length === 0,
  };
};

/** `20260131-142501`: tells runs apart, in order. */
const newRun = (): string => new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');

const runChecks = async (context: CheckContext, progress: VerifyProgress): Promise<readonly CheckRow[]> => {
  const rows: CheckRow[] = [];
  for (const [index, check] of CHECKS.entries()) {
    rows.push(...(await runCheck(check, context)));
    progress({ phase: 'checks', done: index + 1, total: CHECKS.length, text: check.title });
  }
  return rows;
};

const tryScenarios = async (
  { org, waterfall, components, opportunity }: CheckContext,
  scenarios: readonly Scenario[],
  run: string,
  options: VerifyOptions,
  progress: VerifyProgress,
) => {
  const total = scenarios.reduce((sum, { steps }) => sum + steps.length, 0);
  const before = performance.now();
  const leftovers = (await cleanUp(org)).removed;
  let cleanUpMs = performance.now() - before;
  const tidy = async () => {
    const from = performance.now();
    const result = await cleanUpAnyway(org);
    cleanUpMs += performance.now() - from;
    progress({ phase: 'clean-up', done: 1, total: 1, text: `${String(result.removed)} test records deleted` });
    return result;
  };
  let rows: readonly ScenarioRow[];
  try {
    const ground = await prepareGround(org, waterfall, opportunity, run, options.values ?? {}, scenarios.length);
    const tell = (done: number): void =>
      progress({ phase: 'scenarios', done, total, text: `${String(done)} of ${String(total)} steps` });
    const reading = {
      fields: verifyFields(waterfall, components),
      handsOver: namesOfType(components, 'CustomObject').includes(HANDSHAKE),
    };
    const ofScenarios = await runScenarios(org, scenarios, ground, reading, tell, options.signal);
    const lab = openLab(org, ground, options);
    const tellProcess = (done: number, all: number, title: string): void =>
      progress({ phase: 'processes', done, total: all, text: title });
    rows = [
      ...ofScenarios,
      ...(await runProcesses(processesOf(waterfall, components), lab, tellProcess, options.signal)),
    ];
  } catch (problem) {
    await tidy();
    throw problem;
  }
  return { rows, leftovers, cleanUp: await tidy(), cleanUpMs };
};

const notTried = (scenarios: readonly Scenario[]): readonly ScenarioRow[] =>
  scenarios.flatMap((scenario) =>
    scenario.steps.map((step) => ({
      ...scenarioRow(scenario, step, 'skipped'),
      actual: 'not tried: you do not see the fields of the waterfall',
      action: 'See the check above that failed.',
    })),
  );

const count = (rows: readonly { readonly status: Status }[]): Readonly<Record<Status, number>> => {
  const counts: Record<Status, number> = { passed: 0, failed: 0, refused: 0, skipped: 0, unknown: 0 };
  for (const { status } of rows) counts[status] += 1;
  return counts;
};
