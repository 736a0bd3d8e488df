import type { Component } from '../../metadata/component.ts';
import { flowComponent } from './flow-shell.ts';
import type { FlowDescription, FlowMetadata } from './flow-shell.ts';

/**
 * A flow that other flows call. It runs in the context of whoever calls it: in system context without sharing below a record-triggered
 * flow, but with the permissions of the user who starts it by REST or a button (help: "Flow Run Context", table of launch methods).
 * System mode by itself would let any user who may run flows do through it what he may not do himself.
 */
export const autolaunchedFlow = ({
  first,
  ...flow
}: FlowDescription & { readonly first: string }): Component<FlowMetadata> =>
  flowComponent(
    flow,
    { locationX: 0, locationY: 0, connector: { targetReference: first } },
    { runInMode: 'DefaultMode' },
  );
