/**
 * Which Apex tests a deployment runs. Production runs tests whenever a package holds Apex; left alone it runs all of the org's own ("Running
 * Tests in a Deployment", Metadata API Developer Guide), some of which may have failed for years. RunSpecifiedTests runs ours alone, and
 * asks that they cover 75 % of each class that is deployed. Everywhere else no tests run.
 */
import { LEAD_CONVERSION_TEST_CLASS } from '../compile/names.ts';
import type { Finding } from '../finding.ts';
import type { Change, Plan, Step } from './types.ts';

const APEX = 'ApexClass';

/** Names for `runTests`; empty where none have to run. */
export const testsToRun = (orgKind: Plan['orgKind'], changes: readonly Change[]): readonly string[] =>
  orgKind === 'production' && changes.some((change) => change.kind === 'deploy' && change.component.type === APEX)
    ? [LEAD_CONVERSION_TEST_CLASS]
    : [];

/** Says in the plan what will run. */
export const apexTestFindings = (orgKind: Plan['orgKind'], steps: readonly Step[]): readonly Finding[] => {
  const tests = testsToRun(
    orgKind,
    steps.map((step) => step.do.change),
  );
  if (tests.length === 0) return [];
  return [
    {
      severity: 'info',
      code: 'PLAN_APEX_TESTS',
      message: `The deployment holds Apex, so production runs tests with it: ${tests.join(', ')} alone (RunSpecifiedTests).`,
      place: `${APEX} ${tests.join(', ')}`,
      action:
        'Nothing. The test makes an account, a contact and leads, which are taken back; where rules of the org refuse such records, deploy to a sandbox first and say so there.',
    },
  ];
};
