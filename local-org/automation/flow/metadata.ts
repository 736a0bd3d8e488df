import type { Flow } from '@salesforce/types/metadata';

/** Metadata as it is stored: any element may be absent, dates are text. */
type Stored<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Stored<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]?: Stored<T[Key]> }
      : T;

export type StoredFlow = Stored<Flow>;
type Items<Key extends keyof Flow> = NonNullable<StoredFlow[Key]> extends readonly (infer Item)[] ? Item : never;

export type StoredStart = NonNullable<StoredFlow['start']>;
export type StoredScheduledPath = NonNullable<NonNullable<StoredStart['scheduledPaths']>[number]>;
export type StoredVariable = Items<'variables'>;
export type StoredAssignment = Items<'assignments'>;
export type StoredDecision = Items<'decisions'>;
export type StoredLoop = Items<'loops'>;
export type StoredLookup = Items<'recordLookups'>;
export type StoredCreate = Items<'recordCreates'>;
export type StoredUpdate = Items<'recordUpdates'>;
export type StoredDelete = Items<'recordDeletes'>;
export type StoredProcessor = Items<'collectionProcessors'>;
export type StoredTransform = Items<'transforms'>;
export type StoredWait = Items<'waits'>;
export type StoredWaitEvent = NonNullable<NonNullable<StoredWait['waitEvents']>[number]>;
export type StoredCustomError = Items<'customErrors'>;
export type StoredSubflow = Items<'subflows'>;
export type StoredAction = Items<'actionCalls'>;
export type StoredRule = NonNullable<NonNullable<StoredDecision['rules']>[number]>;
export type StoredCondition = NonNullable<NonNullable<StoredRule['conditions']>[number]>;
export type StoredFilter = NonNullable<NonNullable<StoredLookup['filters']>[number]>;
export type StoredValue = NonNullable<StoredCondition['rightValue']>;
export type StoredInput = NonNullable<NonNullable<StoredCreate['inputAssignments']>[number]>;
export type StoredConnector = NonNullable<StoredDecision['defaultConnector']>;
