import type { Flow, FlowStart } from '@salesforce/types/metadata';
import type { Component } from '../../metadata/component.ts';
import type { Authored, ComponentMetadata } from '../../metadata/component-metadata.ts';

export type FlowMetadata = ComponentMetadata<Flow>;

/** The version that decides how a flow behaves at run time; sourceApiVersion of the project. */
const FLOW_API_VERSION = 66;

/**
 * Flows with a trigger order of 1 to 1,000 run first, then those that have none, then 1,001 to 2,000 (help: "Guidelines for
 * Defining the Run Order of Record-Triggered Flows for an Object"). Ours come after the org's own, so that a stage which one of
 * those sets in the same save is seen.
 */
const AFTER_THE_ORGS_OWN_FLOWS = 1500;

/** What descriptions say of it. */
export const RUNS_LAST =
  `Runs after the org's own flows (trigger order ${String(AFTER_THE_ORGS_OWN_FLOWS)}; flows without one come before), so that it ` +
  'sees what they have set.';

interface RecordTriggered {
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly source: string;
  readonly start: Pick<Authored<FlowStart>, 'filterFormula' | 'object' | 'triggerType'> & { readonly first: string };
  readonly elements: Pick<
    FlowMetadata,
    'assignments' | 'decisions' | 'formulas' | 'recordCreates' | 'recordLookups' | 'textTemplates' | 'variables'
  >;
}

/**
 * A record-triggered flow on create and update. `runInMode` is written out although Flow Builder offers no choice here: a
 * record-triggered flow runs in system context without sharing, and DefaultMode says "as it is launched" (help: "Change the Flow
 * Run Context"; Metadata API Developer Guide, Flow, `runInMode`).
 */
export const recordTriggeredFlow = (flow: RecordTriggered): Component<FlowMetadata> => {
  const { first, ...start } = flow.start;
  return {
    type: 'Flow',
    fullName: flow.name,
    source: flow.source,
    metadata: withoutEmptyArrays({
      apiVersion: FLOW_API_VERSION,
      assignments: flow.elements.assignments,
      decisions: flow.elements.decisions,
      description: flow.description,
      environments: ['Default'],
      formulas: flow.elements.formulas,
      interviewLabel: `${flow.label} {!$Flow.CurrentDateTime}`,
      label: flow.label,
      processMetadataValues: [
        { name: 'BuilderType', value: { stringValue: 'LightningFlowBuilder' } },
        { name: 'CanvasMode', value: { stringValue: 'AUTO_LAYOUT_CANVAS' } },
        { name: 'OriginBuilderType', value: { stringValue: 'LightningFlowBuilder' } },
      ],
      processType: 'AutoLaunchedFlow',
      recordCreates: flow.elements.recordCreates,
      recordLookups: flow.elements.recordLookups,
      runInMode: 'DefaultMode',
      start: {
        locationX: 0,
        locationY: 0,
        connector: { targetReference: first },
        filterFormula: start.filterFormula,
        object: start.object,
        recordTriggerType: 'CreateAndUpdate',
        triggerType: start.triggerType,
      },
      status: 'Active',
      textTemplates: flow.elements.textTemplates,
      triggerOrder: AFTER_THE_ORGS_OWN_FLOWS,
      variables: flow.elements.variables,
    }),
  };
};

const withoutEmptyArrays = (metadata: FlowMetadata): FlowMetadata =>
  Object.fromEntries(
    Object.entries<unknown>(metadata).filter(
      ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  ) as unknown as FlowMetadata;
