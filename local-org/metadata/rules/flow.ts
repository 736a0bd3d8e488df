import { flowVersions } from '../deploy/flow-versions.ts';
import { checkDeveloperName, checkLength, checkRequired } from './names.ts';
import { PROBLEMS } from './problems.ts';
import type { Rule, RuleProblem } from './rule.ts';

/**
 * Lengths of a flow's label and of an element's API name, versions of one flow: Help, "General Flow Limits"; triggerOrder: Metadata API
 * Developer Guide, Flow.
 */
export const FLOW_LIMITS = { label: 255, elementName: 80, triggerOrder: 2_000, versions: 50 };

export const FLOW_PROBLEMS = {
  /** Worded as Flow Builder words what it refuses to save; unconfirmed. */
  noTarget: (element: string, target: string) =>
    `${element} (Connector) - The connector refers to the element "${target}", which doesn't exist.`,
  duplicateElement: (name: string) => `The flow has more than one element or resource named "${name}".`,
  triggerOrder: `triggerOrder must be between 1 and ${FLOW_LIMITS.triggerOrder}`,
  /** https://github.com/forcedotcom/cli/issues/800 */
  tooManyVersions: 'Maximum flow versions reached',
};

type Node = Readonly<Record<string, unknown>>;

/** Structure only: what a flow refers to in the org is checked when it is compiled. */
export const flowRule: Rule = (component, _stored, world) => {
  const flow = component.metadata;
  const problems: RuleProblem[] = [
    ...checkDeveloperName('flow', component.fullName),
    ...checkRequired('label', flow.label),
    ...checkLength('Flow Label', flow.label, FLOW_LIMITS.label),
  ];
  const order = flow.triggerOrder;
  if (typeof order === 'number' && (order < 1 || order > FLOW_LIMITS.triggerOrder))
    problems.push({ problem: FLOW_PROBLEMS.triggerOrder });
  if (flowVersions(world.metadata, component.fullName).length > FLOW_LIMITS.versions)
    problems.push({ problem: FLOW_PROBLEMS.tooManyVersions });
  const names = new Set<string>();
  for (const node of nodesOf(flow)) {
    const name = String(node.name);
    if (names.has(name.toLowerCase())) problems.push({ problem: FLOW_PROBLEMS.duplicateElement(name) });
    names.add(name.toLowerCase());
    problems.push(...checkDeveloperName('flow element', name, FLOW_LIMITS.elementName));
  }
  for (const { from, target } of connectors(flow, 'Start')) {
    if (!names.has(target.toLowerCase())) problems.push({ problem: FLOW_PROBLEMS.noTarget(from, target) });
  }
  const object = (flow.start as Node | undefined)?.object;
  const isEvent = (flow.start as Node | undefined)?.triggerType === 'PlatformEvent';
  if (typeof object === 'string' && !isEvent && !world.objectExists(object))
    problems.push({ problem: PROBLEMS.inField('object', 'CustomObject', object) });
  return problems;
};

/** Elements and resources: every entry of the flow's lists that has a name. */
function nodesOf(flow: Node): readonly Node[] {
  return Object.entries(flow)
    .filter(([element, value]) => Array.isArray(value) && element !== 'processMetadataValues')
    .flatMap(([, value]) => value as readonly (Node | string)[])
    .filter((node) => typeof node === 'object')
    .filter((node) => typeof node.name === 'string');
}

/** Every `targetReference` of a connector, however deep, with the name of the element that it starts from. */
function connectors(value: unknown, from: string): readonly { readonly from: string; readonly target: string }[] {
  if (Array.isArray(value)) return value.flatMap((one) => connectors(one, from));
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  const name = typeof node.name === 'string' && 'locationX' in node ? node.name : from;
  return Object.entries(node).flatMap(([key, inner]) => {
    const isConnector = /connector$/i.test(key) && typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    const target = isConnector ? (inner as Node).targetReference : undefined;
    return typeof target === 'string' ? [{ from: name, target }] : connectors(inner, name);
  });
}

export const flowDefinitionRule: Rule = (component, _stored, world) =>
  world.metadata.get('Flow', component.fullName)
    ? []
    : [{ problem: PROBLEMS.inField('fullName', 'Flow', component.fullName) }];
