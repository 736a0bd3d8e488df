import type { Finding } from '../../finding.ts';
import { componentKey } from '../../metadata/component.ts';
import type { OrgComponent, Snapshot } from '../../org/snapshot.ts';
import type { Mapping } from '../mapping.ts';
import type { PlannedComponent, Step } from '../types.ts';

/** A component as the model wants it, and where in the model it comes from. */
export interface Wanted extends PlannedComponent {
  readonly source: string;
}

export interface RuleContext {
  readonly snapshot: Snapshot;
  readonly mapping: Mapping;
  /** Developer names of the org's record types that the mapping adopts. */
  readonly adopted: ReadonlySet<string>;
  /** For those, by full name (`Opportunity.New_Business`): the sales process that the model gives them. */
  readonly adoptedProcesses: ReadonlyMap<string, string>;
  /** By full name (`Lead.Lead_Score__c`): fields of the org's own that are read as they are. */
  readonly ownScores: ReadonlyMap<string, OrgComponent>;
}

export interface Outcome {
  readonly steps: readonly Step[];
  readonly findings: readonly Finding[];
}

/** How one metadata type is brought into an org that may have something of the same name. Pure. */
export type MergeRule = (wanted: Wanted, context: RuleContext) => Outcome;

export const NOTHING: Outcome = { steps: [], findings: [] };

export const existing = (
  context: Pick<RuleContext, 'snapshot'>,
  wanted: Pick<Wanted, 'type' | 'fullName'>,
): OrgComponent | undefined => context.snapshot.components[componentKey(wanted)];

export const asPlanned = ({ type, fullName, metadata, files }: PlannedComponent): PlannedComponent => ({
  type,
  fullName,
  metadata,
  ...(files ? { files } : {}),
});

/** `CustomField Opportunity.Targeted_Date__c`, for texts and places. */
export const nameOf = ({ type, fullName }: Pick<PlannedComponent, 'type' | 'fullName'>): string =>
  `${type} ${fullName}`;
