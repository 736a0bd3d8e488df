import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import type { OrgFacts } from '../../org-facts.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { joinGroupFlow } from './join-group-flow.ts';
import { joinOnlyFlow } from './join-only-flow.ts';
import { openOpportunityFlow } from './open-opportunity-flow.ts';
import { releaseKeyFlow } from './release-key-flow.ts';
import { responseFlow } from './response-flow.ts';
import { responseNumberFlow } from './response-number-flow.ts';
import { targetedAccountFlow } from './targeted-account-flow.ts';

/** Signals and targeted accounts; those that others call first. */
export const signalFlows = (waterfall: Waterfall, org: OrgFacts): readonly Component<FlowMetadata>[] =>
  [
    openOpportunityFlow(waterfall, org),
    joinGroupFlow(waterfall),
    joinOnlyFlow(waterfall),
    responseNumberFlow(waterfall),
    responseFlow(waterfall),
    targetedAccountFlow(waterfall, org),
    releaseKeyFlow(waterfall),
  ].filter((flow) => flow !== null);
