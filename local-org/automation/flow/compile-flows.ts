import type { DeployProblem, StoredComponent } from '../../metadata/types.ts';
import type { SaveBatch } from '../../data/types.ts';
import { FormulaError } from '../formula/formula-error.ts';
import { compileFlow, type FlowCompilation } from './compile-flow.ts';
import { compileEntryConditions } from './entry-conditions.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowSources } from './flow-scope.ts';
import { elementProblem, NOTHING_CONNECTED, notRun } from './messages.ts';
import type { StoredFlow } from './metadata.ts';
import { inRunOrder, orderOf, type Moment, type TriggeredFlow } from './triggered-flow.ts';

interface CompiledFlows {
  /** The flows of an object at a moment, in run order. */
  readonly at: (object: string, moment: Moment) => readonly TriggeredFlow[];
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

  const triggered: TriggeredFlow[] = [];
  for (const [name, component] of active) {
    const report = (problem: string, problemType: DeployProblem['problemType'] = 'Error'): void =>
      void problems.push({
        type: 'Flow',
        fullName: component.fullName,
        fileName: component.fileName,
        problem,
        problemType,
      });
    const flow = component.metadata as StoredFlow;
    const unsupported = unsupportedKind(flow);
    if (unsupported) {
      report(unsupported.problem, unsupported.problemType);
      continue;
    }
    const compilation = compilationOf(name, component);
    compilation.problems.forEach((problem) => report(problem));
    if (triggerType(flow) === 'None') continue;
    const start = flow.start ?? {};
    const { object } = compilation.names;
    if (!object) report(elementProblem('Start', 'Start', `The object ${start.object} doesn't exist.`));
    if ((start.scheduledPaths ?? []).length > 0)
      report(elementProblem('Start', 'Start', notRun('scheduled and asynchronous paths')));
    if (compilation.flow.first === null && (start.scheduledPaths ?? []).length === 0) report(NOTHING_CONNECTED);
    const on = OPERATIONS[start.recordTriggerType ?? ''];
    if (!on)
      report(
        elementProblem('Start', 'Start', `The value ${start.recordTriggerType} isn't valid for recordTriggerType.`),
      );
    if (!object || !on) continue;
    try {
      triggered.push({
        flow: compilation.flow,
        object: object.name,
        moment: start.triggerType as Moment,
        on: new Set(on),
        isMet: compileEntryConditions(compilation.names, start),
        order: orderOf(flow.triggerOrder),
      });
    } catch (error) {
      if (!(error instanceof FlowProblem || error instanceof FormulaError)) throw error;
      report(elementProblem('Start', 'Start', error.message));
    }
  }

  const byMoment = Map.groupBy(inRunOrder(triggered), ({ object, moment }) => `${object}/${moment}`);
  return { at: (object, moment) => byMoment.get(`${object}/${moment}`) ?? [], problems };
}

const triggerType = (flow: StoredFlow): string => flow.start?.triggerType ?? 'None';

/** Kinds of flow that the local org does not run. Screen flows wait for a person, so they only get a warning. */
function unsupportedKind(
  flow: StoredFlow,
): { readonly problem: string; readonly problemType: DeployProblem['problemType'] } | null {
  if (flow.processType !== 'AutoLaunchedFlow') {
    const problemType = flow.processType === 'Flow' ? 'Warning' : 'Error';
    return { problem: notRun(`flows of the type ${flow.processType}`), problemType };
  }
  const trigger = triggerType(flow);
  return trigger === 'None' || MOMENTS.has(trigger)
    ? null
    : { problem: notRun(`flows with the trigger ${trigger}`), problemType: 'Error' };
}

/**
 * The version of each flow that runs: the latest active one. Versions may be stored as `Name-3`; a FlowDefinition with
 * activeVersionNumber 0 switches the flow off.
 */
function activeFlows(sources: FlowSources): ReadonlyMap<string, StoredComponent> {
  const latest = new Map<string, { readonly version: number; readonly component: StoredComponent }>();
  for (const component of sources.metadata.ofType('Flow')) {
    if (component.metadata.status !== 'Active') continue;
    const [, name, version] = /^(.*?)(?:-(\d+))?$/.exec(component.fullName)!;
    const known = latest.get(name!);
    if (known && known.version > Number(version ?? 0)) continue;
    if (sources.metadata.get('FlowDefinition', name!)?.metadata.activeVersionNumber === 0) continue;
    latest.set(name!, { version: Number(version ?? 0), component });
  }
  return new Map([...latest].map(([name, { component }]) => [name, component]));
}
