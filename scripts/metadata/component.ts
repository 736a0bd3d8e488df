/**
 * One piece of metadata as this project makes, compares and deploys it. `metadata` holds the component's elements in
 * the shape of `@salesforce/types/metadata` without `fullName`; it is JSON: strings, numbers, booleans, arrays and
 * objects, nothing undefined.
 */
export interface Component<M extends object = object> {
  /** Metadata API type: `CustomField`, `RecordType`, `StandardValueSet`, `Flow` … */
  readonly type: string;
  /** As in package.xml: `Opportunity.Targeted_Date__c`, `Opportunity-Waterfall Acquisition`, `OpportunityStage`. */
  readonly fullName: string;
  readonly metadata: M;
  /** The model entry that caused it: `opportunityTypes.acquisition.stages[2]`. */
  readonly source: string;
  /**
   * Text files beside the metadata file, by name: a Lightning component's `.ts` (in the project) and `.js` (in a
   * deployment).
   */
  readonly files?: Readonly<Record<string, string>>;
}

/** `CustomField:Opportunity.Targeted_Date__c`; what maps and messages are keyed by. */
export const componentKey = (component: Pick<Component, 'type' | 'fullName'>): string =>
  `${component.type}:${component.fullName}`;
