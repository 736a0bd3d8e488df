import type { FlowRun, PlainValues } from '../automation/flow/launchable-flows.ts';
import { PlatformError } from '../platform-error.ts';
import type { Transaction, UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';

/** What `/actions/custom/flow/<name>` answers for one set of inputs (Actions Developer Guide, Flow Actions). */
export interface FlowActionResult {
  readonly actionName: string;
  readonly errors:
    readonly { readonly statusCode: string; readonly message: string; readonly fields: readonly string[] }[] | null;
  readonly isSuccess: boolean;
  /** Output variables by name, and `Flow__InterviewStatus`. Null after a fault. */
  readonly outputValues: PlainValues | null;
}

/** One unhandled fault ends the transaction; what the other interviews did is undone with it. */
class FlowFailed extends Error {
  override readonly name = 'FlowFailed';
}

/**
 * What every set of inputs gets when one of them fails; what happened is in the org's log
 * (sfdx-mass-action-scheduler/sfdx-mass-action-scheduler, issue 15; HTTP 400).
 */
const FAILURE = {
  statusCode: 'UNKNOWN_EXCEPTION',
  message: 'An error occurred when executing a flow interview.',
  fields: [],
} as const;

/**
 * Runs an active autolaunched flow once for each set of inputs, all in one transaction and in lockstep. Inputs are the
 * values of its input variables by name. A flow in the default run mode works with the user's access (help: How Does a
 * Flow's Context Affect Its Access). Throws a PlatformError when there is no such flow, when an input does not fit, or
 * when a governor limit ends the transaction.
 */
export function runFlow(
  org: LocalOrg,
  user: UserContext,
  name: string,
  inputs: readonly PlainValues[],
): readonly FlowActionResult[] {
  const { flows } = org.automation;
  if (!flows) throw new PlatformError('NOT_FOUND', 'This org runs no flows.', { httpStatus: 404 });
  try {
    const mode = flows.runsAsUser(name) ? 'user' : 'system';
    const work = (tx: Transaction): readonly FlowRun[] => {
      const runs = flows.run(tx, name, inputs);
      const fault = runs.find((run) => run.fault !== null)?.fault;
      if (fault) throw new FlowFailed(fault);
      return runs;
    };
    return org.transact(user, work, { mode }).map((run) => result(name, run));
  } catch (error) {
    if (!(error instanceof FlowFailed)) throw error;
    return inputs.map(() => ({ actionName: name, errors: [FAILURE], isSuccess: false, outputValues: null }));
  }
}

/** `Waiting` is the status of an interview that is paused (Apex Reference Guide, Flow.Interview; Actions Developer Guide). */
const result = (actionName: string, { outputs, waitsUntil }: FlowRun): FlowActionResult => ({
  actionName,
  errors: null,
  isSuccess: true,
  outputValues: { ...outputs, Flow__InterviewStatus: waitsUntil === null ? 'Finished' : 'Waiting' },
});
