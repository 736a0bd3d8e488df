import type { LaunchableFlows, ScheduledFlow } from '../automation/flow/launchable-flows.ts';
import { lastStart } from '../automation/flow/flow-schedule.ts';
import { orgTimeZone } from '../automation/records/org-globals.ts';
import { PlatformError } from '../platform-error.ts';
import type { UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';
import { openClockStarts } from './clock-starts.ts';
import type { WorkDone } from './work-done.ts';
import { defaultUser } from './running-user.ts';

/** Starts the schedule-triggered flows whose time has come since they last ran, each at most once. */
export function runClockFlows(org: LocalOrg): readonly WorkDone[] {
  const { flows } = org.automation;
  if (!flows || flows.scheduled.length === 0) return [];
  const starts = openClockStarts(org.database);
  const user = defaultUser(org);
  const timeZone = org.transact(user, orgTimeZone);
  return flows.scheduled.flatMap((flow) => {
    const start = lastStart(flow.schedule, org.clock.now(), timeZone)?.toISOString();
    const since = starts.last(flow.name) ?? flow.activated;
    if (start === undefined || start <= since) return [];
    org.transact(user, () => starts.started(flow.name, start));
    return runFlow(org, flows, user, flow, start);
  });
}

function runFlow(
  org: LocalOrg,
  flows: LaunchableFlows,
  user: UserContext,
  flow: ScheduledFlow,
  due: string,
): readonly WorkDone[] {
  const found = org.transact(user, (tx) => flow.recordIds(tx));
  const batches = found === null ? [null] : inBatches(found, flow.batchSize);
  return batches.flatMap((recordIds): readonly WorkDone[] => {
    const done = (recordId: string | null, error: string | null): WorkDone => ({
      kind: 'schedule-triggered flow',
      flow: flow.name,
      path: null,
      recordId,
      due,
      outcome: error === null ? 'ran' : 'failed',
      error,
    });
    const turns = recordIds ?? [null];
    try {
      const runs = org.transact(user, (tx) => flows.runScheduled(tx, flow.name, recordIds));
      return turns.map((recordId, index) => done(recordId, runs[index]?.fault ?? null));
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      return turns.map((recordId) => done(recordId, `${error.code}: ${error.message}`));
    }
  });
}

const inBatches = (ids: readonly string[], size: number): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / size) }, (_, batch) => ids.slice(batch * size, (batch + 1) * size));
