import type { Org } from './types.ts';
import type { OrgComponent, OrgFlow } from './snapshot.ts';

export interface MemberList {
  readonly type: string;
  readonly members: readonly string[];
}

export interface ListedComponent {
  readonly type: string;
  readonly fullName: string;
  readonly id: string;
}

export interface DeployProblem {
  /** `CustomField Opportunity.X__c`, or the file where the platform names no component. */
  readonly place: string;
  readonly message: string;
  readonly warning: boolean;
}

export interface DeployReport {
  readonly id: string;
  readonly status: string;
  readonly done: boolean;
  readonly success: boolean;
  readonly deployed: number;
  readonly total: number;
  /** `type:fullName` of what the platform says it has created, changed or deleted. */
  readonly components: readonly string[];
  readonly problems: readonly DeployProblem[];
}

export interface DeployOptions {
  readonly checkOnly?: boolean;
  /** Apex test classes: the deployment runs these alone (RunSpecifiedTests) and fails when one fails. */
  readonly runTests?: readonly string[];
  /** Told as soon as the org has accepted the deployment, before it is carried out. */
  readonly onStarted?: (deployId: string) => void;
  readonly onProgress?: (report: DeployReport) => void;
}

/** An org whose metadata can be read and changed. Every call throws OrgError. */
export interface MetadataOrg extends Org {
  /** Newest API version that the org serves: `67.0`. */
  readonly newestVersion: string;
  /** What is not there is simply not among the components. */
  retrieve(members: readonly MemberList[]): Promise<readonly OrgComponent[]>;
  /** All components of these types, three types a call. */
  list(types: readonly string[]): Promise<readonly ListedComponent[]>;
  /** Deploys a folder in metadata format with rollbackOnError, and waits for the end. A failed deployment is a report, not an error. */
  deploy(folder: string, options?: DeployOptions): Promise<DeployReport>;
  /** What became of a deployment that was started earlier; waits until it is done. */
  deployment(deployId: string): Promise<DeployReport>;
  flows(names: readonly string[]): Promise<readonly OrgFlow[]>;
  /** Numbers of a flow's versions, oldest first. */
  flowVersions(definitionId: string): Promise<readonly number[]>;
  /** Zero deactivates. */
  activateFlow(definitionId: string, versionNumber: number): Promise<void>;
  limits(): Promise<Readonly<Record<string, { readonly Max: number; readonly Remaining: number }>>>;
}
