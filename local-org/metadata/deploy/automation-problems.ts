import type { LocalOrg } from '../../types.ts';
import type { DeployProblem } from '../types.ts';

/** What of the org's automation does not compile: formulas and flows that name what is not there, or that are not supported. */
export function automationProblems(_org: LocalOrg): readonly DeployProblem[] {
  return [];
}
