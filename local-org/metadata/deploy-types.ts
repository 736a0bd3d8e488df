/**
 * What the API layer passes to and gets from the metadata functions: the Metadata API's own shapes
 * (https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deployresult.htm and its neighbours),
 * with numbers, booleans and arrays as values. How they travel (SOAP, REST) is the API layer's business.
 */

export type TestLevel = 'NoTestRun' | 'RunSpecifiedTests' | 'RunLocalTests' | 'RunAllTestsInOrg' | 'RunRelevantTests';

/** Every member has the Metadata API's default when it is absent. */
export interface DeployOptions {
  readonly allowMissingFiles?: boolean;
  readonly autoUpdatePackage?: boolean;
  readonly checkOnly?: boolean;
  readonly ignoreWarnings?: boolean;
  readonly performRetrieve?: boolean;
  readonly purgeOnDelete?: boolean;
  /** False by default, as in the API: components without errors are then kept. A production org demands true. */
  readonly rollbackOnError?: boolean;
  readonly runTests?: readonly string[];
  readonly singlePackage?: boolean;
  readonly testLevel?: TestLevel;
}

/** One component's result. Success and failure have one shape, as in the API. */
export interface DeployMessage {
  readonly changed: boolean;
  readonly columnNumber?: number;
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
  readonly warning?: boolean;
}

export interface RunTestResult {
  readonly numFailures: number;
  readonly numTestsRun: number;
  readonly totalTime: number;
}

export type DeployStatus =
  | 'Pending'
  | 'InProgress'
  | 'Succeeded'
  | 'SucceededPartial'
  | 'Failed'
  | 'Canceling'
  | 'Canceled'
  | 'FinalizingDeploy';

export interface DeployResult {
  /** `0Af…`, 18 characters. */
  readonly id: string;
  readonly checkOnly: boolean;
  readonly completedDate: string;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly details: {
    readonly componentFailures: readonly DeployMessage[];
    readonly componentSuccesses: readonly DeployMessage[];
    readonly runTestResult: RunTestResult;
  };
  readonly done: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly ignoreWarnings: boolean;
  readonly lastModifiedDate: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  readonly startDate: string;
  readonly status: DeployStatus;
  readonly success: boolean;
}

/** `state` of an AsyncResult; deploys and retrieves finish in the call that starts them. */
export interface CancelDeployResult {
  readonly id: string;
  readonly done: boolean;
}

export interface PackageTypeMembers {
  readonly name: string;
  readonly members: readonly string[];
}

export interface RetrieveRequest {
  readonly apiVersion: string;
  readonly packageNames?: readonly string[];
  readonly singlePackage?: boolean;
  readonly specificFiles?: readonly string[];
  readonly unpackaged?: { readonly types: readonly PackageTypeMembers[]; readonly version?: string };
}

export interface FileProperties {
  readonly createdById: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly fileName: string;
  readonly fullName: string;
  readonly id: string;
  readonly lastModifiedById: string;
  readonly lastModifiedByName: string;
  readonly lastModifiedDate: string;
  readonly manageableState?: 'unmanaged';
  readonly namespacePrefix?: string;
  readonly type: string;
}

export interface RetrieveMessage {
  readonly fileName: string;
  readonly problem: string;
}

export interface RetrieveResult {
  /** `09S…`, 18 characters. */
  readonly id: string;
  readonly done: boolean;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly fileProperties: readonly FileProperties[];
  readonly messages: readonly RetrieveMessage[];
  readonly status: 'Succeeded' | 'Failed';
  readonly success: boolean;
  readonly zipFile: Uint8Array;
}

export interface ListMetadataQuery {
  readonly type: string;
  readonly folder?: string;
}

export interface DescribeMetadataObject {
  readonly childXmlNames: readonly string[];
  readonly directoryName: string;
  readonly inFolder: boolean;
  readonly metaFile: boolean;
  readonly suffix?: string;
  readonly xmlName: string;
}

export interface DescribeMetadataResult {
  readonly metadataObjects: readonly DescribeMetadataObject[];
  readonly organizationNamespace: string;
  readonly partialSaveAllowed: boolean;
  readonly testRequired: boolean;
}

/**
 * A component as a client sent it, element by element: leaves are strings (or already booleans and numbers), a repeated element
 * is an array and a single one need not be. `fullName` is among them. It is checked as strictly as a file in a zip.
 */
export type MetadataInput = Readonly<Record<string, unknown>>;

export interface MetadataError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** SaveResult, UpsertResult (`created`) and DeleteResult of the CRUD calls. */
export interface MetadataSaveResult {
  readonly fullName: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly MetadataError[];
}
