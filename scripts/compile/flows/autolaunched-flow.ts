import type { Component } from '../../metadata/component.ts';
import { flowComponent } from './flow-shell.ts';
import type { FlowDescription, FlowMetadata } from './flow-shell.ts';

/**
 * A flow that other flows call. It runs in system context without sharing: called from a record-triggered flow it would anyway
 * (help: "Change the Flow Run Context"), and says so for whoever calls it from elsewhere.
 */
export const autolaunchedFlow = ({
  first,
  ...flow
}: FlowDescription & { readonly first: string }): Component<FlowMetadata> =>
  flowComponent(
    flow,
    { locationX: 0, locationY: 0, connector: { targetReference: first } },
    { runInMode: 'SystemModeWithoutSharing' },
  );
