import type { FlowMetadata } from '../../../scripts/compile/flows/flow-shell.ts';

export interface FlowNode {
  readonly kind: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly targets: readonly string[];
}

interface Connected {
  readonly connector?: { readonly targetReference: string };
  readonly faultConnector?: { readonly targetReference: string };
  readonly defaultConnector?: { readonly targetReference: string };
  readonly nextValueConnector?: { readonly targetReference: string };
  readonly noMoreValuesConnector?: { readonly targetReference: string };
  readonly rules?: readonly Connected[];
}

const targetsOf = (element: Connected): readonly string[] => [
  ...[
    element.connector,
    element.faultConnector,
    element.defaultConnector,
    element.nextValueConnector,
    element.noMoreValuesConnector,
  ].flatMap((connector) => (connector ? [connector.targetReference] : [])),
  ...(element.rules ?? []).flatMap(targetsOf),
];

const KINDS = [
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'customErrors',
  'decisions',
  'loops',
  'recordCreates',
  'recordDeletes',
  'recordLookups',
  'recordUpdates',
  'subflows',
] as const;

/** The elements on the canvas and where their lines lead. */
export const nodesOf = (flow: FlowMetadata): readonly FlowNode[] =>
  KINDS.flatMap((kind) =>
    (flow[kind] ?? []).map((element) => ({
      kind,
      name: element.name ?? '',
      label: element.label ?? '',
      description: element.description ?? '',
      targets: targetsOf(element),
    })),
  );

/** The elements that lines from these connectors lead to. */
export const reachableFrom = (
  flow: FlowMetadata,
  connectors: readonly ({ readonly targetReference: string } | undefined)[],
): ReadonlySet<string> => {
  const nodes = new Map(nodesOf(flow).map((node) => [node.name, node]));
  const seen = new Set<string>();
  const open = connectors.flatMap((connector) => (connector ? [connector.targetReference] : []));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...(nodes.get(name)?.targets ?? []));
  }
  return seen;
};

export const reachable = (flow: FlowMetadata): ReadonlySet<string> =>
  reachableFrom(flow, [flow.start?.connector, ...(flow.start?.scheduledPaths ?? []).map(({ connector }) => connector)]);

/** Formulas, variables and templates: what elements refer to. */
export const resourcesOf = (flow: FlowMetadata): readonly { readonly name: string; readonly description: string }[] =>
  [...(flow.formulas ?? []), ...(flow.variables ?? []), ...(flow.textTemplates ?? [])].map((resource) => ({
    name: resource.name ?? '',
    description: resource.description ?? '',
  }));

const REFERENCES = [
  'assignToReference',
  'collectionReference',
  'elementReference',
  'inputReference',
  'leftValueReference',
  'outputReference',
];

/** Names that values, conditions and formula text refer to, without the global ones (`$Record` …) and field paths. */
export const referencesOf = (flow: FlowMetadata): ReadonlySet<string> => {
  const found = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const isReference = REFERENCES.includes(key);
      const names = isReference ? [value] : [...value.matchAll(/\{!([^}]+)\}/g)].map((match) => match[1]!);
      for (const name of names) if (!name.startsWith('$')) found.add(name.split('.')[0]!);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) visit(item, Number.isNaN(Number(name)) ? name : key);
    }
  };
  visit(flow, '');
  return found;
};
