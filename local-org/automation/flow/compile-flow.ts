import { FormulaError } from '../formula/formula-error.ts';
import type { ParentPath } from '../formula/types.ts';
import { compileActionCall } from './elements/action-call.ts';
import { compileAssignment } from './elements/assignment.ts';
import { compileProcessor } from './elements/collection-processor.ts';
import { compileCreateRecords } from './elements/create-records.ts';
import { compileCustomError } from './elements/custom-error.ts';
import { compileDecision } from './elements/decision.ts';
import { compileGetRecords } from './elements/get-records.ts';
import { compileLoop } from './elements/loop.ts';
import { compileSubflow } from './elements/subflow.ts';
import { compileTransform } from './elements/transform.ts';
import { compileDeleteRecords, compileUpdateRecords } from './elements/update-records.ts';
import { compileWait } from './elements/wait.ts';
import { FlowProblem } from './flow-fault.ts';
import type { FlowNames, FlowSources } from './flow-scope.ts';
import type { CompiledFlow, FlowElement, FlowVariableSlot } from './interview.ts';
import { elementProblem, notRun } from './messages.ts';
import type { StoredFlow } from './metadata.ts';
import { noting, visitedSlot } from './visited.ts';
import { allocateSlots, computedResources, initialSlots } from './resources.ts';

/** Element lists of a flow that the local org refuses, with the names Flow Builder gives them. */
const NOT_RUN: readonly (readonly [keyof StoredFlow, string])[] = [
  ['apexPluginCalls', 'Apex Plugin'],
  ['collectionFilterCriteria', 'Collection Filter Criteria'],
  ['dataLookups', 'Data Lookup'],
  ['experiments', 'Experiment'],
  ['orchestratedStages', 'Stage'],
  ['screens', 'Screen'],
  ['steps', 'Step'],
];

/**
 * Before a record is saved a flow can change only that record: "Supported elements are restricted" to assignments,
 * decisions, Get
 * Records, loops, collection work and custom errors (help: Before-Save Record-Triggered Flows).
 */
const NOT_BEFORE_SAVE: readonly (readonly [keyof StoredFlow, string])[] = [
  ['recordCreates', 'Create Records'],
  ['recordUpdates', 'Update Records'],
  ['recordDeletes', 'Delete Records'],
  ['actionCalls', 'Action'],
];

/** "Executed elements at runtime per flow: 2,000 in API version 56.0 and earlier" (help: Per-Transaction Flow Limits). */
const MOST_ELEMENTS = 2_000;
const UNLIMITED_FROM = 57;

export interface FlowCompilation {
  readonly flow: CompiledFlow;
  readonly names: FlowNames;
  readonly problems: readonly string[];
}

interface CompileFlowOptions {
  readonly name: string;
  readonly flow: StoredFlow;
  readonly sources: FlowSources;
  readonly subflow: (name: string) => CompiledFlow | null;
}

/**
 * Compiles a flow's resources and elements. What cannot be compiled is a problem; the rest is compiled all the same.
 */
export function compileFlow({ name, flow, sources, subflow }: CompileFlowOptions): FlowCompilation {
  const problems: string[] = [];
  const guard = (element: string | undefined, kind: string | null, work: () => void): void => {
    try {
      work();
    } catch (error) {
      if (!(error instanceof FlowProblem || error instanceof FormulaError)) throw error;
      if (kind !== null) problems.push(elementProblem(element ?? '', kind, error.message));
    }
  };

  const subflows = new Map<string, CompiledFlow>();
  for (const element of flow.subflows ?? []) {
    guard(element.name, 'Subflow', () => {
      const compiled = subflow(element.flowName ?? '');
      if (!compiled)
        throw new FlowProblem(
          `The flow ${element.flowName} doesn't exist, isn't active, or isn't an autolaunched flow.`,
        );
      /** help.salesforce.com, Subflow Element (platform.flow_ref_elements_subflow). */
      if (compiled.waits) throw new FlowProblem("You can't call flows that contain wait elements.");
      if (compiled.savesRecords && flow.start?.triggerType === 'RecordBeforeSave') {
        throw new FlowProblem(
          `The flow ${compiled.name} saves records or calls actions, which can't be done before the record is saved.`,
        );
      }
      subflows.set(element.flowName ?? '', compiled);
    });
  }

  const object = flow.start?.object === undefined ? null : (sources.schema.object(flow.start.object) ?? null);
  const paths = new Map<string, ParentPath>();
  const slots = allocateSlots(sources, flow, subflows, guard);
  const names: FlowNames = {
    sources,
    flowName: name,
    object,
    beforeSave: flow.start?.triggerType === 'RecordBeforeSave',
    byClock: flow.start?.triggerType === 'Scheduled',
    slots,
    computed: computedResources(flow, () => names),
    elementNames: new Set(elementNames(flow)),
    paths,
  };
  /** Formulas that nothing uses are checked as well, as a deploy does. */
  for (const { name: resource } of flow.formulas ?? [])
    guard(resource, 'Formula', () => void names.computed.get(resource ?? '')?.());
  for (const { name: resource } of flow.textTemplates ?? [])
    guard(resource, 'Text Template', () => void names.computed.get(resource ?? '')?.());

  const elements = compileElements(flow, names, subflows, guard);
  for (const [list, kind] of NOT_RUN) {
    for (const element of (flow[list] ?? []) as readonly { readonly name?: string }[]) {
      problems.push(elementProblem(element.name ?? '', kind, notRun(`${kind} elements`)));
    }
  }
  /** "Available only in screen flows" (Metadata API Developer Guide, FlowRecordRollback). */
  for (const { name: element } of flow.recordRollbacks ?? [])
    problems.push(
      elementProblem(
        element ?? '',
        'Roll Back Records',
        'Roll Back Records elements can be used only in screen flows.',
      ),
    );
  if (names.beforeSave) {
    for (const [list, kind] of NOT_BEFORE_SAVE) {
      for (const element of (flow[list] ?? []) as readonly { readonly name?: string }[]) {
        problems.push(
          elementProblem(
            element.name ?? '',
            kind,
            `${kind} elements can't be used in a flow that runs before the record is saved.`,
          ),
        );
      }
    }
  }
  const savesRecords =
    NOT_BEFORE_SAVE.some(([list]) => ((flow[list] ?? []) as readonly unknown[]).length > 0) ||
    [...subflows.values()].some((called) => called.savesRecords);
  problems.push(...danglingConnectors(flow, elements));

  const variables = (wanted: 'isInput' | 'isOutput'): ReadonlyMap<string, FlowVariableSlot> =>
    new Map(
      (flow.variables ?? []).flatMap((variable) => {
        const slot = slots.get(variable.name ?? '');
        return variable[wanted] === true && slot ? [[variable.name ?? '', slot] as const] : [];
      }),
    );
  return {
    flow: {
      name,
      label: flow.label ?? name,
      elements,
      first: flow.start?.connector?.targetReference ?? flow.startElementReference ?? null,
      initialSlots: initialSlots(flow, names, guard),
      slots,
      paths: [...paths.values()],
      inputs: variables('isInput'),
      outputs: variables('isOutput'),
      savesRecords,
      waits: (flow.waits ?? []).length > 0,
      inSystemMode: (flow.runInMode ?? 'DefaultMode') !== 'DefaultMode',
      mostElements: (flow.apiVersion ?? UNLIMITED_FROM) < UNLIMITED_FROM ? MOST_ELEMENTS : Infinity,
    },
    names,
    problems,
  };
}

type Guard = (name: string | undefined, kind: string | null, work: () => void) => void;

function compileElements(
  flow: StoredFlow,
  names: FlowNames,
  subflows: ReadonlyMap<string, CompiledFlow>,
  guard: Guard,
): ReadonlyMap<string, FlowElement> {
  const elements = new Map<string, FlowElement>();
  const each = <T extends { readonly name?: string }>(
    list: readonly T[] | undefined,
    kind: string,
    compile: (element: T) => FlowElement,
  ): void => {
    for (const element of list ?? [])
      guard(element.name, kind, () => {
        const compiled = compile(element);
        const visited = names.slots.get(visitedSlot(element.name ?? ''));
        elements.set(element.name ?? '', visited ? noting(compiled, visited.slot) : compiled);
      });
  };
  each(flow.assignments, 'Assignment', (element) => compileAssignment(names, element));
  each(flow.decisions, 'Decision', (element) => compileDecision(names, element));
  each(flow.loops, 'Loop', (element) => compileLoop(names, element));
  each(flow.collectionProcessors, 'Collection Processor', (element) => compileProcessor(names, element));
  /** A Transform whose result has no known type has been reported already. */
  const transforms = (flow.transforms ?? []).filter(({ name }) => names.slots.has(name ?? ''));
  each(transforms, 'Transform', (element) => compileTransform(names, element));
  each(flow.waits, 'Wait', (element) => compileWait(names, element));
  each(flow.customErrors, 'Custom Error', (element) => compileCustomError(names, element));
  each(flow.recordLookups, 'Get Records', (element) => compileGetRecords(names, element));
  if (!names.beforeSave) {
    each(flow.recordCreates, 'Create Records', (element) => compileCreateRecords(names, element));
    each(flow.recordUpdates, 'Update Records', (element) => compileUpdateRecords(names, element));
    each(flow.recordDeletes, 'Delete Records', (element) => compileDeleteRecords(names, element));
    each(flow.actionCalls, 'Action', (element) => compileActionCall(names, element));
  }
  each(flow.subflows, 'Subflow', (element) => {
    const compiled = subflows.get(element.flowName ?? '');
    if (!compiled) throw new FlowProblem(`The flow ${element.flowName} can't be run.`);
    return compileSubflow(names, element, compiled);
  });
  return elements;
}

/** Connectors that lead nowhere, found in the stored metadata whatever the element. */
function danglingConnectors(flow: StoredFlow, elements: ReadonlyMap<string, FlowElement>): readonly string[] {
  const declared = new Set([...elements.keys(), ...elementNames(flow)]);
  const missing = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(visit);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, child] of Object.entries(value)) {
      if (key === 'targetReference' && typeof child === 'string') {
        if (!declared.has(child)) missing.add(child);
      } else visit(child);
    }
  };
  visit(flow);
  return [...missing].map(
    (target) => `field integrity exception: unknown (The element "${target}" that a connector leads to doesn't exist.)`,
  );
}

const elementNames = (flow: StoredFlow): readonly string[] =>
  Object.values(flow).flatMap((value) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown) =>
          typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string'
            ? [item.name]
            : [],
        )
      : [],
  );
