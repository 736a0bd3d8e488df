/**
 * What a flow costs a batch: interviews of a batch run in lockstep, so that an element counts once whatever the number of records (help:
 * How Flow Bulkification Works). Get Records is a query, and so is looking for the records that Update and Delete Records change by
 * conditions; Create, Update and Delete Records are a DML statement each (help: "Per-Transaction Flow Limits").
 */
import { FLOW } from '../names.ts';
import type { FlowMetadata } from './flow-shell.ts';

export interface FlowCost {
  readonly queries: number;
  readonly dml: number;
}

/** What a flow may cost 200 records at most; stamping costs nothing. */
export const FLOW_BUDGET: FlowCost = { queries: 6, dml: 4 };

const NOTHING: FlowCost = { queries: 0, dml: 0 };

const sum = (left: FlowCost, right: FlowCost): FlowCost => ({
  queries: left.queries + right.queries,
  dml: left.dml + right.dml,
});

const worse = (left: FlowCost, right: FlowCost): FlowCost => ({
  queries: Math.max(left.queries, right.queries),
  dml: Math.max(left.dml, right.dml),
});

interface Connected {
  readonly name?: string;
  readonly connector?: { readonly targetReference?: string };
  readonly defaultConnector?: { readonly targetReference?: string };
  readonly nextValueConnector?: { readonly targetReference?: string };
  readonly noMoreValuesConnector?: { readonly targetReference?: string };
  readonly rules?: readonly Connected[];
}

export interface Step {
  readonly own: (costOf: (flowName: string) => FlowCost) => FlowCost;
  readonly targets: readonly string[];
  /** Of a loop: the first element of its body. */
  readonly body?: string;
}

const targetsOf = (element: Connected): readonly string[] => [
  ...[element.connector, element.defaultConnector, element.nextValueConnector, element.noMoreValuesConnector].flatMap(
    (connector) => (connector?.targetReference === undefined ? [] : [connector.targetReference]),
  ),
  ...(element.rules ?? []).flatMap(targetsOf),
];

const costing =
  (cost: (element: Connected) => FlowCost) =>
  (element: Connected): readonly [string, Step] => [
    element.name ?? '',
    { own: () => cost(element), targets: targetsOf(element) },
  ];

const found = (element: object): number => ('filters' in element ? 1 : 0);

export const stepsOf = (flow: FlowMetadata): ReadonlyMap<string, Step> =>
  new Map<string, Step>([
    ...[
      ...(flow.actionCalls ?? []),
      ...(flow.assignments ?? []),
      ...(flow.collectionProcessors ?? []),
      ...(flow.customErrors ?? []),
      ...(flow.decisions ?? []),
    ].map((element) => costing(() => NOTHING)(element as Connected)),
    ...(flow.loops ?? []).map((element): [string, Step] => [
      element.name ?? '',
      {
        own: () => NOTHING,
        targets: targetsOf({ ...(element as Connected), nextValueConnector: undefined }),
        body: element.nextValueConnector?.targetReference ?? '',
      },
    ]),
    ...(flow.recordLookups ?? []).map((element) => costing(() => ({ queries: 1, dml: 0 }))(element as Connected)),
    ...(flow.recordCreates ?? []).map((element) => costing(() => ({ queries: 0, dml: 1 }))(element as Connected)),
    ...[...(flow.recordUpdates ?? []), ...(flow.recordDeletes ?? [])].map((element) =>
      costing((each) => ({ queries: found(each), dml: 1 }))(element as Connected),
    ),
    ...(flow.subflows ?? []).map((element): [string, Step] => [
      element.name ?? '',
      { own: (costOf) => costOf(element.flowName ?? ''), targets: targetsOf(element as Connected) },
    ]),
  ]);

/** Everything that can be reached from an element, without going through `not`. */
const reachable = (steps: ReadonlyMap<string, Step>, from: string, not: string): ReadonlySet<string> => {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const step = steps.get(name);
    if (!step || name === not || seen.has(name)) continue;
    seen.add(name);
    open.push(...step.targets, ...(step.body === undefined ? [] : [step.body]));
  }
  return seen;
};

/** The elements that a loop goes through again and again: those that lead back to it. */
export const loopBody = (steps: ReadonlyMap<string, Step>, loop: string): ReadonlySet<string> => {
  const first = steps.get(loop)?.body;
  if (first === undefined) return new Set();
  return new Set(
    [...reachable(steps, first, loop)].filter((name) =>
      [...reachable(steps, name, loop)].some((each) => {
        const step = steps.get(each);
        return step?.targets.includes(loop) === true || step?.body === loop;
      }),
    ),
  );
};

/**
 * The costliest way through the flow where nothing is refused, with the flows it calls: its start or one of its paths, each of which is
 * a transaction of its own. Telling RevOps is left out as well: it happens where something could not be done. A query or save inside of
 * a loop counts once; that there is none is for a test of its own.
 */
export const flowCost = (flow: FlowMetadata, others: ReadonlyMap<string, FlowMetadata>): FlowCost => {
  const steps = stepsOf(flow);
  const called = (name: string): FlowCost => {
    const other = name === FLOW.tellRevOps ? undefined : others.get(name);
    return other ? flowCost(other, others) : NOTHING;
  };
  const known = new Map<string, FlowCost>();
  const from = (name: string, way: readonly string[]): FlowCost => {
    const step = steps.get(name);
    if (!step || way.includes(name)) return NOTHING;
    const before = known.get(name);
    if (before) return before;
    const body = loopBody(steps, name);
    const once = [...body].map((each) => steps.get(each)?.own(called) ?? NOTHING).reduce(sum, NOTHING);
    const ways = [step, ...[...body].map((each) => steps.get(each))].flatMap((each) => each?.targets ?? []);
    const after = ways
      .filter((target) => !body.has(target))
      .map((target) => from(target, [...way, name]))
      .reduce(worse, NOTHING);
    const cost = [step.own(called), once, after].reduce(sum, NOTHING);
    known.set(name, cost);
    return cost;
  };
  const starts = [flow.start?.connector, ...(flow.start?.scheduledPaths ?? []).map(({ connector }) => connector)];
  return starts
    .flatMap((connector) => (connector?.targetReference === undefined ? [] : [connector.targetReference]))
    .map((name) => from(name, []))
    .reduce(worse, NOTHING);
};
