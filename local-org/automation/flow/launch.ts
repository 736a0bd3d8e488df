import type { Transaction } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { Session } from '../formula/types.ts';
import { createSession } from '../records/session.ts';
import type { ClockFlow } from './clock-flow.ts';
import type { WorkQueue } from '../types.ts';
import type { FlowSources } from './flow-scope.ts';
import { recordLabel, rowWithoutSave, startInterview, type CompiledFlow, type Interview } from './interview.ts';
import type { FlowRun, LaunchableFlows, PathRun, PathTurn, PlainValues } from './launchable-flows.ts';
import { generalFault } from './messages.ts';
import { keepInterview, wakeInterview } from './paused-interview.ts';
import { fromPlain, toPlain } from './plain-values.ts';
import { runInterviews } from './run-flow.ts';
import type { TriggeredFlow } from './triggered-flow.ts';
import { foundRecord, typeLabel } from './values.ts';

/** Flows by API name, as far as something other than a save starts them. */
export interface Launchable {
  readonly autolaunched: Map<string, CompiledFlow>;
  readonly clock: Map<string, ClockFlow>;
  readonly triggered: Map<string, TriggeredFlow>;
}

export function launchable({ autolaunched, clock, triggered }: Launchable, sources: FlowSources): LaunchableFlows {
  const timedPath = (flow: string, path: string) => {
    const found = triggered.get(flow);
    const timed = found?.paths.find(({ name }) => name === path);
    return found && timed ? { found, timed } : null;
  };
  return {
    autolaunched: [...autolaunched.keys()],
    variables(name) {
      const flow = autolaunched.get(name);
      if (!flow) return null;
      const list = (slots: CompiledFlow['inputs']) =>
        [...slots].map(([variable, { type }]) => ({ name: variable, type: typeLabel(type) }));
      return { inputs: list(flow.inputs), outputs: list(flow.outputs) };
    },
    runsAsUser: (name) => autolaunched.get(name)?.inSystemMode === false,
    run(tx, name, inputs) {
      const flow = autolaunched.get(name);
      if (!flow)
        throw new PlatformError('NOT_FOUND', `The flow ${name} doesn't exist, isn't active, or isn't autolaunched.`, {
          httpStatus: 404,
        });
      const session = createSession(tx);
      return finished(
        tx,
        sources.queue,
        flow,
        'called',
        inputs.map((given) => called(flow, session, sources, given)),
      );
    },
    batchSize: (flow, path) => timedPath(flow, path)?.timed.batchSize ?? null,
    runPath(tx, flow, path, turns) {
      const active = timedPath(flow, path);
      if (!active) return turns.map(({ recordId }) => ({ recordId, outcome: 'path no longer active', fault: null }));
      return runPath(tx, sources.queue, active.found, active.timed, turns);
    },
    resume(tx, paused) {
      const flow = autolaunched.get(paused.flow) ?? clock.get(paused.flow)?.flow;
      const interview = flow ? wakeInterview(flow, paused, tx) : null;
      return flow && interview ? finished(tx, sources.queue, flow, 'resumed', [interview])[0]! : null;
    },
    scheduled: [...clock].map(([name, { schedule, activated, batchSize, object, filter }]) => ({
      name,
      schedule,
      activated,
      batchSize,
      recordIds: (tx) =>
        object === null ? null : tx.select({ object, filter: filter(tx) }).map((row) => row.Id as string),
    })),
    runScheduled(tx, name, recordIds) {
      const found = clock.get(name);
      if (!found)
        throw new PlatformError('NOT_FOUND', `There is no active schedule-triggered flow ${name}.`, {
          httpStatus: 404,
        });
      return runByClock(tx, sources.queue, found, recordIds);
    },
  };
}

function called(flow: CompiledFlow, session: Session, sources: FlowSources, given: PlainValues): Interview {
  const interview = startInterview(flow, { session, row: rowWithoutSave(), record: null, prior: null });
  for (const [name, value] of Object.entries(given)) {
    const input = flow.inputs.get(name);
    if (!input) throw new PlatformError('INVALID_INPUT', `The flow ${flow.name} has no input variable ${name}.`);
    interview.slots[input.slot] = fromPlain(value, input.type, sources.schema, name);
  }
  return interview;
}

function finished(
  tx: Transaction,
  queue: WorkQueue,
  flow: CompiledFlow,
  how: string,
  interviews: readonly Interview[],
): readonly FlowRun[] {
  const slots = interviews.map((interview) => interview.slots);
  runInterviews(interviews);
  return interviews.map((interview, index) => {
    const { failure, trace, record, paused } = interview;
    if (paused) queue.pause(keepInterview(flow, interview, tx));
    const label = record ? recordLabel(record.values) : flow.label;
    tx.log({
      step: `Flow ${flow.name} (${how})`,
      detail: `${label}: ${trace.length === 0 ? 'nothing to do' : trace.join('; ')}`,
    });
    const outputs =
      failure === null
        ? [...flow.outputs].map(([name, { slot }]) => [name, toPlain(slots[index]![slot] ?? null)] as const)
        : [];
    return {
      fault: failure === null ? null : generalFault(failure),
      outputs: Object.fromEntries(outputs),
      waitsUntil: paused?.due ?? null,
      trace,
    };
  });
}

/** "If the record no longer meets the entry conditions when the path is due, the path does not run", nor for a deleted one. */
function runPath(
  tx: Transaction,
  queue: WorkQueue,
  { flow, object: objectName, entry }: TriggeredFlow,
  path: TriggeredFlow['paths'][number],
  turns: readonly PathTurn[],
): readonly PathRun[] {
  const object = tx.schema.object(objectName)!;
  const rows = tx.byIds(
    objectName,
    turns.map(({ recordId }) => recordId),
  );
  const session = createSession(tx);
  session.preload([...rows.values()], flow.paths);
  const outcomes = new Map<PathTurn, Interview | PathRun['outcome']>();
  for (const turn of turns) {
    const row = rows.get(turn.recordId);
    if (!row) {
      outcomes.set(turn, 'record deleted');
      continue;
    }
    const prior = turn.prior === null ? null : foundRecord(object, { ...turn.prior });
    const interview = startInterview(flow, {
      session,
      row: rowWithoutSave(row),
      record: foundRecord(object, { ...row }),
      prior,
      at: path.first,
      asynchronous: path.asynchronous,
    });
    const goesOn = path.asynchronous || entry.meets(interview);
    outcomes.set(turn, goesOn ? interview : 'criteria no longer met');
  }
  const interviews = [...outcomes.values()].filter((outcome): outcome is Interview => typeof outcome !== 'string');
  const runs = finished(tx, queue, flow, `path ${path.name}`, interviews);
  const byInterview = new Map(interviews.map((interview, index) => [interview, runs[index]!]));
  return turns.map((turn): PathRun => {
    const outcome = outcomes.get(turn)!;
    if (typeof outcome === 'string') return { recordId: turn.recordId, outcome, fault: null };
    const { fault } = byInterview.get(outcome)!;
    return { recordId: turn.recordId, outcome: fault === null ? 'ran' : 'failed', fault };
  });
}

function runByClock(
  tx: Transaction,
  queue: WorkQueue,
  { flow, object }: ClockFlow,
  recordIds: readonly string[] | null,
): readonly FlowRun[] {
  const session = createSession(tx);
  if (object === null || recordIds === null) {
    const interview = startInterview(flow, { session, row: rowWithoutSave(), record: null, prior: null });
    return finished(tx, queue, flow, 'scheduled', [interview]);
  }
  const definition = tx.schema.object(object)!;
  const rows = [...tx.byIds(object, recordIds).values()];
  session.preload(rows, flow.paths);
  const interviews = rows.map((row) =>
    startInterview(flow, {
      session,
      row: rowWithoutSave(row),
      record: foundRecord(definition, { ...row }),
      prior: null,
    }),
  );
  return finished(tx, queue, flow, 'scheduled', interviews);
}
