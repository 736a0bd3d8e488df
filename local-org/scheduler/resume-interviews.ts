import { PlatformError } from '../platform-error.ts';
import type { FlowRun } from '../automation/flow/launchable-flows.ts';
import type { LocalOrg } from '../types.ts';
import type { WorkDone } from './work-done.ts';
import type { QueuedInterview, StoredQueue } from './work-queue.ts';

/** A fault undoes what the interview did after its wait. */
class InterviewFailed extends Error {
  override readonly name = 'InterviewFailed';
}

/**
 * Goes on with interviews whose time has come, each in a transaction of its own and on behalf of the user who started it;
 * when that user is inactive by then, it fails. What fails is not tried again.
 */
export const resumeInterviews = (
  org: LocalOrg,
  queue: StoredQueue,
  due: readonly QueuedInterview[],
): readonly WorkDone[] => due.map((paused) => resume(org, queue, paused));

function resume(org: LocalOrg, queue: StoredQueue, paused: QueuedInterview): WorkDone {
  const report = (outcome: WorkDone['outcome'], error: string | null): WorkDone => ({
    kind: 'paused interview',
    flow: paused.flow,
    path: paused.element,
    recordId: null,
    due: paused.due,
    outcome,
    error,
  });
  try {
    const run = org.transact(
      org.user(paused.userId),
      (tx): FlowRun | null => {
        queue.takeInterview(paused.id);
        const resumed = org.automation.flows?.resume(tx, paused) ?? null;
        if (resumed !== null && resumed.fault !== null) throw new InterviewFailed(resumed.fault);
        return resumed;
      },
      { mode: org.automation.flows?.runsAsUser(paused.flow) === true ? 'user' : 'system' },
    );
    return run === null ? report('flow no longer active', null) : report('ran', null);
  } catch (error) {
    if (!(error instanceof PlatformError || error instanceof InterviewFailed)) throw error;
    queue.takeInterview(paused.id);
    return report('failed', error instanceof PlatformError ? `${error.code}: ${error.message}` : error.message);
  }
}
