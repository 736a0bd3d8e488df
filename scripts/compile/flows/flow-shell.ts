/** What every flow has, whatever starts it. */
import type { Flow, FlowStart } from '@salesforce/types/metadata';
import type { Component } from '../../metadata/component.ts';
import type { Authored, ComponentMetadata } from '../../metadata/component-metadata.ts';

export type FlowMetadata = ComponentMetadata<Flow>;

/** The version that decides how a flow behaves at run time; sourceApiVersion of the project. */
const FLOW_API_VERSION = 66;

/** What a flow consists of beside its start. */
export type FlowElements = Partial<
  Pick<
    FlowMetadata,
    | 'actionCalls'
    | 'assignments'
    | 'collectionProcessors'
    | 'customErrors'
    | 'decisions'
    | 'formulas'
    | 'loops'
    | 'recordCreates'
    | 'recordDeletes'
    | 'recordLookups'
    | 'recordUpdates'
    | 'subflows'
    | 'textTemplates'
    | 'variables'
  >
>;

export interface FlowDescription {
  readonly name: string;
  readonly label: string;
  /** What it does, when, and what it never does, for whoever opens it in Flow Builder. */
  readonly description: string;
  /** The model entry that caused it. */
  readonly source: string;
  readonly elements: FlowElements;
}

/** Ends every description. */
export const COMPILED = 'Compiled from the waterfall model: change the model, not this flow.';

export const flowComponent = (
  flow: FlowDescription,
  start: Authored<FlowStart>,
  more: Pick<FlowMetadata, 'runInMode'> & Partial<Pick<FlowMetadata, 'triggerOrder'>>,
): Component<FlowMetadata> => ({
  type: 'Flow',
  fullName: flow.name,
  source: flow.source,
  metadata: withoutEmptyArrays({
    apiVersion: FLOW_API_VERSION,
    description: flow.description,
    environments: ['Default'],
    interviewLabel: `${flow.label} {!$Flow.CurrentDateTime}`,
    label: flow.label,
    processMetadataValues: [
      { name: 'BuilderType', value: { stringValue: 'LightningFlowBuilder' } },
      { name: 'CanvasMode', value: { stringValue: 'AUTO_LAYOUT_CANVAS' } },
      { name: 'OriginBuilderType', value: { stringValue: 'LightningFlowBuilder' } },
    ],
    processType: 'AutoLaunchedFlow',
    start,
    status: 'Active',
    ...flow.elements,
    ...more,
  }),
});

const withoutEmptyArrays = (metadata: FlowMetadata): FlowMetadata =>
  Object.fromEntries(
    Object.entries<unknown>(metadata)
      .filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  ) as unknown as FlowMetadata;
