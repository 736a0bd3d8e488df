import type { SaveBatch } from '../../data/types.ts';
import type { DeployProblem, StoredComponent } from '../../metadata/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { activeFlows } from './active-flows.ts';
import { compileFlow, type FlowCompilation } from './compile-flow.ts';
import { compileEntryConditions } from './entry-conditions.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowSources } from './flow-scope.ts';
import type { LaunchableFlows } from './launchable-flows.ts';
import { launchable, type Launchable } from './launch.ts';
import { elementProblem, NOTHING_CONNECTED, notRun } from './messages.ts';
import type { StoredFlow } from './metadata.ts';
import { compileClockFlow } from './clock-flow.ts';
import { compileTimedPaths } from './timed-paths.ts';
import { inRunOrder, orderOf, type Moment, type TriggeredFlow } from './triggered-flow.ts';

interface CompiledFlows {
  /** The flows of an object at a moment, in run order. */
  readonly at: (object: string, moment: Moment) => readonly TriggeredFlow[];
  readonly launchable: LaunchableFlows;
  readonly problems: readonly DeployProblem[];
}

const MOMENTS: ReadonlySet<string> = new Set<Moment>(['RecordBeforeSave', 'RecordAfterSave', 'RecordBeforeDelete']);

/** Flows are bound to saves by recordTriggerType (Metadata API Developer Guide, FlowStart). */
const OPERATIONS: Readonly<Record<string, readonly SaveBatch['operation'][]>> = {
  Create: ['insert'],
  Update: ['update'],
  CreateAndUpdate: ['insert', 'update'],
  Delete: ['delete'],
};

/** Compiles all active flows of an org. Flows that people start from a screen are stored and not run. */
export function compileFlows(sources: FlowSources): CompiledFlows {
  const active = activeFlows(sources);
  const problems: DeployProblem[] = [];
  const compilationOf = compileOnce(active, sources);
  const triggered: TriggeredFlow[] = [];
  const others: Launchable = { autolaunched: new Map(), clock: new Map(), triggered: new Map() };

  for (const [name, component] of active) {
    const report = (problem: string, problemType: DeployProblem['problemType'] = 'Error'): void => {
      const { fullName, fileName } = component;
      problems.push({ type: 'Flow', fullName, fileName, problem, problemType });
    };
    const flow = component.metadata as StoredFlow;
    const unsupported = unsupportedKind(flow);
    if (unsupported) {
      report(unsupported.problem, unsupported.problemType);
      continue;
    }
    try {
      const compilation = compilationOf(name, component);
      compilation.problems.forEach((problem) => report(problem));
      if (triggerType(flow) === 'None') others.autolaunched.set(name, compilation.flow);
      else if (triggerType(flow) === 'Scheduled')
        others.clock.set(name, compileClockFlow(compilation, flow, component.lastModifiedDate));
      else triggered.push(compileTriggered(compilation, flow, component.lastModifiedDate));
      if (nothingConnected(flow)) report(NOTHING_CONNECTED);
    } catch (error) {
      if (!(error instanceof FlowProblem || error instanceof FormulaError)) throw error;
      report(elementProblem('Start', 'Start', error.message));
    }
  }
  for (const flow of triggered) others.triggered.set(flow.flow.name, flow);
  const byMoment = Map.groupBy(inRunOrder(triggered), ({ object, moment }) => `${object}/${moment}`);
  return {
    at: (object, moment) => byMoment.get(`${object}/${moment}`) ?? [],
    launchable: launchable(others, sources),
    problems,
  };
}

/** Compiles each flow once, its subflows first. */
function compileOnce(active: ReadonlyMap<string, StoredComponent>, sources: FlowSources) {
  const compilations = new Map<string, FlowCompilation>();
  const underWay: string[] = [];
  const compilationOf = (name: string, component: StoredComponent): FlowCompilation => {
    let compilation = compilations.get(name);
    if (compilation) return compilation;
    if (underWay.includes(name))
      throw new FlowProblem(`The flows ${[...underWay, name].join(' -> ')} call each other.`);
    underWay.push(name);
    try {
      compilation = compileFlow({ name, flow: component.metadata, sources, subflow });
      compilations.set(name, compilation);
      return compilation;
    } finally {
      underWay.pop();
    }
  };
  const subflow = (name: string) => {
    const component = active.get(name);
    const flow = component?.metadata as StoredFlow | undefined;
    if (!component || flow?.processType !== 'AutoLaunchedFlow' || triggerType(flow) !== 'None') return null;
    return compilationOf(name, component).flow;
  };
  return compilationOf;
}

/** Throws a FlowProblem or FormulaError about the Start element. */
function compileTriggered({ flow, names }: FlowCompilation, stored: StoredFlow, activated: string): TriggeredFlow {
  const start = stored.start ?? {};
  const { object } = names;
  if (!object) throw new FlowProblem(`The object ${start.object} doesn't exist.`);
  const on = OPERATIONS[start.recordTriggerType ?? ''];
  if (!on) throw new FlowProblem(`The value ${start.recordTriggerType} isn't valid for recordTriggerType.`);
  return {
    flow,
    object: object.name,
    moment: start.triggerType as Moment,
    on: new Set(on),
    entry: compileEntryConditions(names, start),
    order: orderOf(stored.triggerOrder),
    activated,
    paths: compileTimedPaths(start, object),
  };
}

const triggerType = (flow: StoredFlow): string => flow.start?.triggerType ?? 'None';

const nothingConnected = ({ start, startElementReference }: StoredFlow): boolean =>
  start !== undefined &&
  startElementReference === undefined &&
  (start.triggerType ?? 'None') !== 'None' &&
  start.connector?.targetReference === undefined &&
  (start.scheduledPaths ?? []).length === 0;

/** Kinds of flow that the local org does not run. Screen flows wait for a person, so they only get a warning. */
function unsupportedKind(
  flow: StoredFlow,
): { readonly problem: string; readonly problemType: DeployProblem['problemType'] } | null {
  if (flow.processType !== 'AutoLaunchedFlow') {
    const problemType = flow.processType === 'Flow' ? 'Warning' : 'Error';
    return { problem: notRun(`flows of the type ${flow.processType}`), problemType };
  }
  const trigger = triggerType(flow);
  return trigger === 'None' || trigger === 'Scheduled' || MOMENTS.has(trigger)
    ? null
    : { problem: notRun(`flows with the trigger ${trigger}`), problemType: 'Error' };
}
