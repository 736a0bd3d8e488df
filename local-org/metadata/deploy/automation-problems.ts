import { compileAutomation } from '../../automation/compile-automation.ts';
import type { LocalOrg } from '../../types.ts';
import type { DeployProblem } from '../types.ts';

const known = new WeakMap<object, readonly DeployProblem[]>();

/**
 * What of the org's automation does not compile: formulas and flows that name what is not there, or that are not supported.
 * Kept per schema, which is a new value after every reload.
 */
export function automationProblems(org: LocalOrg): readonly DeployProblem[] {
  const cached = known.get(org.schema);
  if (cached) return cached;
  const { problems } = compileAutomation(org.metadata, org.schema);
  known.set(org.schema, problems);
  return problems;
}

const same = (one: DeployProblem, other: DeployProblem): boolean =>
  one.type === other.type &&
  one.fullName.toLowerCase() === other.fullName.toLowerCase() &&
  one.problem === other.problem;

/** Problems of now that are not among those of before: what a deploy has brought about, in its own components or in others. */
export function newProblems(
  before: readonly DeployProblem[],
  now: readonly DeployProblem[],
  isDeployed: (type: string, fullName: string) => boolean,
): readonly DeployProblem[] {
  return now.filter(
    (problem) => isDeployed(problem.type, problem.fullName) || !before.some((one) => same(one, problem)),
  );
}
