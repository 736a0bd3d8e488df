import type { Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { ANY_ORG } from '../org-facts.ts';
import type { OrgFacts } from '../org-facts.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { renewalFlow } from './renewal-flow.ts';
import { stampingFlow } from './stamping-flow.ts';

/** All flows of a waterfall, in the order in which they run. A further one is a file beside these and a line here. */
export const compileFlows = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): readonly Component<FlowMetadata>[] =>
  [stampingFlow(waterfall), renewalFlow(waterfall, org)].filter((flow) => flow !== null);
