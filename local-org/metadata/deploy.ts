import { PlatformError } from '../platform-error.ts';
import type { UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';
import { checkDeployOptions, refuseApexTests } from './deploy/check-options.ts';
import { deployedSince, findDeploy, keepDeploy } from './deploy/deploy-results.ts';
import { planDeploy, type DeployPlan, type EarlyProblem } from './deploy/deploy-plan.ts';
import { runPlan, type Applied, type PlanOutcome } from './deploy/run-plan.ts';
import type { CancelDeployResult, DeployMessage, DeployOptions, DeployResult } from './deploy-types.ts';
import { openMetadataStore } from './open-metadata-store.ts';
import { keyOf } from './package/incoming.ts';
import { packagesOfZip } from './package/read-zip.ts';

/** A validation can be quick-deployed for ten days: Metadata API Developer Guide, deployRecentValidation(). */
const QUICK_DEPLOY_DAYS = 10;
/** The API's texts for these are not public; unconfirmed. */
export const QUICK_DEPLOY_PROBLEMS = {
  unknown: (id: string) => `${id} is not a recent validation that can be deployed`,
  old: (id: string) => `The validation ${id} is older than ${QUICK_DEPLOY_DAYS} days: validate again`,
  overtaken: (id: string) =>
    `The validation ${id} no longer qualifies for quick deploy, as there was a deployment after it: validate again`,
  untested: (id: string) => `The validation ${id} ran no tests (NoTestRun) and does not qualify for quick deploy`,
};
const DAY = 86_400_000;

/**
 * Deploys a zip and keeps the result, which checkDeployStatus asks for. Synchronous: the result is final. What the platform would
 * refuse is in the result; a zip that cannot be read is a failed deploy with an errorMessage. Throws PlatformError
 * INVALID_OPERATION for options that the call itself is refused for.
 */
export function deploy(org: LocalOrg, user: UserContext, zip: Uint8Array, options: DeployOptions = {}): DeployResult {
  checkDeployOptions(org.database, options);
  const store = openMetadataStore(org.database);
  const id = store.nextId('DeployRequest');
  const started = org.clock.now();
  const result = runDeploy(org, user, zip, options, id, started);
  const validated = result.success && result.checkOnly ? { zip, options: JSON.stringify(options) } : null;
  keepDeploy(org.database, { result, validated }, org.clock.now());
  return result;
}

function runDeploy(
  org: LocalOrg,
  user: UserContext,
  zip: Uint8Array,
  options: DeployOptions,
  id: string,
  started: Date,
): DeployResult {
  let plan: DeployPlan;
  try {
    plan = planDeploy(packagesOfZip(zip, options.singlePackage === true), options);
    refuseApexTests(org.metadata, plan.components, options);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    return {
      ...emptyResult(org, user, options, id, started),
      status: 'Failed',
      errorMessage: error.message,
      errorStatusCode: error.code,
    };
  }
  const outcome = runPlan(org, openMetadataStore(org.database), user, plan, {
    checkOnly: options.checkOnly === true,
    rollbackOnError: options.rollbackOnError === true,
    ignoreWarnings: options.ignoreWarnings === true,
  });
  return resultOf(org, user, options, id, started, plan, outcome);
}

function emptyResult(
  org: LocalOrg,
  user: UserContext,
  options: DeployOptions,
  id: string,
  started: Date,
): DeployResult {
  const startDate = started.toISOString();
  const completedDate = org.clock.now().toISOString();
  return {
    id,
    checkOnly: options.checkOnly === true,
    completedDate,
    createdBy: user.id,
    createdByName: user.name,
    createdDate: startDate,
    details: {
      componentFailures: [],
      componentSuccesses: [],
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
    done: true,
    ignoreWarnings: options.ignoreWarnings === true,
    lastModifiedDate: completedDate,
    numberComponentErrors: 0,
    numberComponentsDeployed: 0,
    numberComponentsTotal: 0,
    numberTestErrors: 0,
    numberTestsCompleted: 0,
    numberTestsTotal: 0,
    rollbackOnError: options.rollbackOnError === true,
    runTestsEnabled: options.testLevel !== undefined && options.testLevel !== 'NoTestRun',
    startDate,
    status: 'Succeeded',
    success: false,
  };
}

function resultOf(
  org: LocalOrg,
  user: UserContext,
  options: DeployOptions,
  id: string,
  started: Date,
  plan: DeployPlan,
  outcome: PlanOutcome,
): DeployResult {
  const createdDate = org.clock.now().toISOString();
  const isFailure = (problem: EarlyProblem): boolean =>
    problem.problemType === 'Error' || options.ignoreWarnings !== true;
  const componentFailures = outcome.problems
    .filter(isFailure)
    .map((problem) => problemMessage(problem, createdDate, false));
  const successes = outcome.applied.map((one) =>
    successMessage(one, createdDate, plan.remarks.get(keyOf(one.type, one.fullName))),
  );
  const warnings = outcome.problems
    .filter((problem) => !isFailure(problem))
    .map((problem) => problemMessage(problem, createdDate, true));
  const manifests = plan.manifests.map((fileName) => manifestMessage(fileName, createdDate));
  const failedKeys = new Set(
    outcome.problems.filter(isFailure).map((problem) => keyOf(problem.type, problem.fullName)),
  );
  const succeeded = successes.length + warnings.filter((one) => one.componentType !== '').length;
  const failed = failedKeys.size > 0;
  const partial = failed && !options.rollbackOnError && succeeded > 0;
  return {
    ...emptyResult(org, user, options, id, started),
    details: {
      componentFailures,
      componentSuccesses: [...(failed ? [] : manifests), ...successes, ...warnings],
      runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
    },
    numberComponentErrors: failedKeys.size,
    numberComponentsDeployed: succeeded,
    numberComponentsTotal: succeeded + failedKeys.size,
    status: failed ? (partial ? 'SucceededPartial' : 'Failed') : 'Succeeded',
    success: !failed,
  };
}

function successMessage(one: Applied, createdDate: string, remark: string | undefined): DeployMessage {
  return {
    changed: one.changed,
    componentType: one.type,
    created: one.created,
    createdDate,
    deleted: one.deleted,
    fileName: one.fileName,
    fullName: one.fullName,
    id: one.id,
    success: true,
    ...(remark === undefined ? {} : { problem: remark, problemType: 'Warning' as const, warning: true }),
  };
}

function problemMessage(problem: EarlyProblem, createdDate: string, success: boolean): DeployMessage {
  return {
    changed: false,
    componentType: problem.type,
    created: false,
    createdDate,
    deleted: false,
    fileName: problem.fileName,
    fullName: problem.fullName,
    problem: problem.problem,
    problemType: problem.problemType,
    success,
    ...(problem.line === undefined ? {} : { lineNumber: problem.line, columnNumber: problem.column ?? 1 }),
    ...(problem.problemType === 'Warning' ? { warning: true } : {}),
  };
}

/** The platform reports the manifest itself as a component without a type. */
function manifestMessage(fileName: string, createdDate: string): DeployMessage {
  return {
    changed: true,
    componentType: '',
    created: false,
    createdDate,
    deleted: false,
    fileName,
    fullName: 'package.xml',
    success: true,
  };
}

/** The result that checkDeployStatus gives. Throws PlatformError INVALID_ID_FIELD when there is no such deploy. */
export function deployStatus(org: LocalOrg, id: string): DeployResult {
  const found = findDeploy(org.database, id);
  if (!found) throw new PlatformError('INVALID_ID_FIELD', `id: ${id} is not a deploy of this org`);
  return found.result;
}

/**
 * Quick deploy: deploys again what was validated without errors in the last ten days. Any deployment after it takes that right away:
 * https://salesforce.stackexchange.com/questions/187859 (quoting Help, "Quick Deployments"). Returns the new result.
 * Throws PlatformError when `validationId` is no such validation.
 */
export function deployRecentValidation(org: LocalOrg, user: UserContext, validationId: string): DeployResult {
  const refuse = (why: (id: string) => string): never => {
    throw new PlatformError('INVALID_ID_FIELD', why(validationId));
  };
  const found = findDeploy(org.database, validationId);
  if (!found?.validated) return refuse(QUICK_DEPLOY_PROBLEMS.unknown);
  const age = org.clock.now().getTime() - Date.parse(found.result.completedDate);
  if (age > QUICK_DEPLOY_DAYS * DAY) refuse(QUICK_DEPLOY_PROBLEMS.old);
  if (deployedSince(org.database, found.result.id)) refuse(QUICK_DEPLOY_PROBLEMS.overtaken);
  const options = JSON.parse(found.validated.options) as DeployOptions;
  if (options.testLevel === 'NoTestRun') refuse(QUICK_DEPLOY_PROBLEMS.untested);
  return deploy(org, user, found.validated.zip, { ...options, checkOnly: false });
}

/** Deploys finish in the call that starts them, so there is never one to stop: a finished one answers done, as on the platform. */
export function cancelDeploy(org: LocalOrg, id: string): CancelDeployResult {
  return { id: deployStatus(org, id).id, done: true };
}
