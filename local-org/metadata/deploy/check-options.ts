import type { DatabaseSync } from 'node:sqlite';
import { PlatformError } from '../../platform-error.ts';
import type { DeployOptions } from '../deploy-types.ts';
import type { IncomingComponent } from '../package/incoming.ts';
import type { MetadataReader } from '../types.ts';
import { decodeText } from '../xml/parse-xml.ts';

export const OPTION_PROBLEMS = {
  /** https://github.com/forcedotcom/cli/issues/309 and many others. */
  rollback: 'rollbackOnError option must be true on a production org',
  /** https://github.com/joeferraro/MavensMate-SublimeText/issues/766 */
  runTests: 'runTests can only be used with a testLevel of RunSpecifiedTests',
  /** As a deployment tool repeats the platform's INVALID_OPERATION in its source. */
  noTests: 'runTests must not be empty when a testLevel of RunSpecifiedTests is used',
  /** The local org's own words: it has no Apex runtime. */
  noApex: (tests: readonly string[]) =>
    `The local org runs no Apex and cannot run these tests: ${tests.join(', ')}. Deploy with the test level NoTestRun here, and run the tests in a scratch org or sandbox.`,
  performRetrieve: 'The local org does not support performRetrieve: retrieve when the deploy has ended.',
};

const refuse = (message: string): never => {
  throw new PlatformError('INVALID_OPERATION', message);
};

/** Production as the Metadata API means it: no sandbox or scratch org, no trial, no Developer Edition. */
function isProduction(database: DatabaseSync): boolean {
  const row = database
    .prepare(
      'SELECT "IsSandbox" AS sandbox, "TrialExpirationDate" AS trial, "OrganizationType" AS type FROM "Organization"',
    )
    .get();
  return row !== undefined && Number(row.sandbox) === 0 && row.trial === null && row.type !== 'Developer Edition';
}

/**
 * Options that a deploy() call is refused for, before its zip is looked at. Throws PlatformError INVALID_OPERATION.
 * Metadata API Developer Guide, deploy(), "DeployOptions". NoTestRun is let through although production refuses it: there is nothing
 * here that could run.
 */
export function checkDeployOptions(database: DatabaseSync, options: DeployOptions): void {
  if (options.rollbackOnError !== true && isProduction(database)) refuse(OPTION_PROBLEMS.rollback);
  const named = options.runTests ?? [];
  if (options.testLevel === 'RunSpecifiedTests') {
    if (named.length === 0) refuse(OPTION_PROBLEMS.noTests);
    refuse(OPTION_PROBLEMS.noApex(named));
  }
  if (named.length > 0) refuse(OPTION_PROBLEMS.runTests);
  if (options.performRetrieve === true) refuse(OPTION_PROBLEMS.performRetrieve);
}

const IS_TEST = /@istest\b|\btestmethod\b/i;

/**
 * Test levels that would run tests of the org or of the package: refused when there are any, as passing them unrun would claim what
 * nobody has seen. Throws PlatformError INVALID_OPERATION.
 */
export function refuseApexTests(
  metadata: MetadataReader,
  incoming: readonly IncomingComponent[],
  options: DeployOptions,
): void {
  if (options.testLevel === undefined || options.testLevel === 'NoTestRun') return;
  const tests = new Set<string>();
  for (const { fullName, files } of [
    ...metadata.ofType('ApexClass'),
    ...incoming.filter((one) => one.type === 'ApexClass'),
  ]) {
    if ([...files].some(([path, content]) => path.endsWith('.cls') && IS_TEST.test(decodeText(content))))
      tests.add(fullName);
  }
  if (tests.size > 0) refuse(OPTION_PROBLEMS.noApex([...tests].sort()));
}
