import type { Waterfall } from '../../model/waterfall.ts';
import type { Component } from '../../metadata/component.ts';
import { calledBy, calledFirst } from '../../metadata/flow-calls.ts';
import { FLOW } from '../names.ts';
import { ANY_ORG } from '../org-facts.ts';
import type { OrgFacts } from '../org-facts.ts';
import { buyingGroupFlows } from './buying-groups/index.ts';
import { closedWonFlows } from './closed-won/index.ts';
import type { FlowMetadata } from './flow-shell.ts';
import { handshakeFlows } from './handshakes/index.ts';
import { leadFlows } from './leads/index.ts';
import { promotionFlow } from './promotions/promotion-flow.ts';
import { signalFlows } from './signals/index.ts';
import { comeBackFlow } from './stages/come-back-flow.ts';
import { recycledOwnerFlow } from './stages/recycled-owner-flow.ts';
import { recyclingFlow } from './stages/recycling-flow.ts';
import { stageSlaFlow } from './stages/sla-flow.ts';
import { stampingFlow } from './stamping-flow.ts';
import { tellRevOpsFlow } from './tell-revops-flow.ts';

/**
 * All flows of a waterfall, in the order in which they run, those that others call before them. A further one is a file beside these and
 * a line here.
 */
export const compileFlows = (waterfall: Waterfall, org: OrgFacts = ANY_ORG): readonly Component<FlowMetadata>[] => {
  const flows = [
    ...buyingGroupFlows(waterfall),
    promotionFlow(waterfall, org),
    recyclingFlow(waterfall),
    stampingFlow(waterfall),
    ...closedWonFlows(waterfall, org),
    ...signalFlows(waterfall, org),
    ...leadFlows(waterfall),
    ...handshakeFlows(waterfall),
    recycledOwnerFlow(waterfall),
    stageSlaFlow(waterfall),
    comeBackFlow(waterfall),
  ].filter((flow) => flow !== null);
  const called = new Set(flows.flatMap(({ metadata }) => calledBy(metadata)));
  return calledFirst(
    called.has(FLOW.tellRevOps) ? [tellRevOpsFlow(), ...flows] : flows,
    ({ fullName }) => fullName,
    ({ metadata }) => calledBy(metadata),
  );
};
