import type { FlowScheduledPath, FlowStart } from '@salesforce/types/metadata';
import type { Component } from '../../metadata/component.ts';
import type { Authored } from '../../metadata/component-metadata.ts';
import { flowComponent } from './flow-shell.ts';
import { and } from './formula-text.ts';
import type { FlowDescription, FlowMetadata } from './flow-shell.ts';

/**
 * Flows with a trigger order of 1 to 1,000 run first, then those that have none, then 1,001 to 2,000 (help: "Guidelines for
 * Defining the Run Order of Record-Triggered Flows for an Object"). Ours come after the org's own, so that a stage which one of
 * those sets in the same save is seen.
 */
export const ORDER = {
  /** Moves an opportunity on, so that the stamping after it sees the stage. */
  beforeStamping: 1400,
  afterTheOrgsOwnFlows: 1500,
  /** What builds on what the others of ours have written. */
  last: 1600,
} as const;

/** What descriptions say of it. */
export const RUNS_LAST =
  `Runs after the org's own flows (trigger order ${String(ORDER.afterTheOrgsOwnFlows)}; flows without one come before), so that it ` +
  'sees what they have set.';

interface RecordTriggered extends FlowDescription {
  readonly order?: number;
  readonly start: Pick<
    Authored<FlowStart>,
    'doesRequireRecordChangedToMeetCriteria' | 'filterFormula' | 'filterLogic' | 'filters' | 'object' | 'triggerType'
  > & {
    /** The first element of the path that runs with the save; none where only `paths` do anything. */
    readonly first?: string;
    /** CreateAndUpdate when left out. */
    readonly on?: 'Create' | 'CreateAndUpdate' | 'Delete' | 'Update';
    readonly paths?: readonly Authored<FlowScheduledPath>[];
  };
}

/**
 * A record-triggered flow. `runInMode` is written out although Flow Builder offers no choice here: a record-triggered flow runs in
 * system context without sharing, and DefaultMode says "as it is launched" (help: "Change the Flow Run Context"; Metadata API
 * Developer Guide, Flow, `runInMode`).
 */
export const recordTriggeredFlow = ({ order, start, ...flow }: RecordTriggered): Component<FlowMetadata> => {
  const { first, on, paths, ...rest } = start;
  return flowComponent(
    flow,
    {
      locationX: 0,
      locationY: 0,
      ...(first !== undefined && { connector: { targetReference: first } }),
      ...rest,
      recordTriggerType: on ?? 'CreateAndUpdate',
      ...(paths && paths.length > 0 && { scheduledPaths: paths }),
    },
    { runInMode: 'DefaultMode', triggerOrder: order ?? ORDER.afterTheOrgsOwnFlows },
  );
};

/**
 * The entry conditions of a flow with an asynchronous path: a state that a save brings the record into. What says "this has changed" in a
 * formula is no sure way in: SF Pi's checker of flows asks of an asynchronous path on an update for "changed-to-meet criteria or an Is Changed
 * condition" (rule `missing-async-path-entry-guard`), and of 51 flow versions with such a path in 40 public repositories 50 have one of the
 * two; the other one is an invalid draft. None of them has both, nor ISCHANGED or ISNEW in a formula beside the former.
 */
export const changedToMeet = (first: string, ...more: readonly string[]) => ({
  doesRequireRecordChangedToMeetCriteria: true,
  filterFormula: and(first, ...more),
});

/** A path that runs in a transaction of its own right after the save is committed. */
export const asynchronously = (first: string): Authored<FlowScheduledPath> => ({
  connector: { targetReference: first },
  // Flow Builder names it so (Metadata API Developer Guide, FlowScheduledPath, `pathType` AsyncAfterCommit).
  pathType: 'AsyncAfterCommit',
});

/** A path that runs so long after (or, with a negative number, before) the moment in a field of the record. */
export const afterField = (
  label: string,
  field: string,
  offset: { readonly number: number; readonly unit: 'Days' | 'Hours' },
  first: string,
): Authored<FlowScheduledPath> => ({
  name: label.replaceAll(/[^A-Za-z0-9]+/g, '_'),
  connector: { targetReference: first },
  label,
  offsetNumber: offset.number,
  offsetUnit: offset.unit,
  recordField: field,
  timeSource: 'RecordField',
});
