import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { ANY_ORG } from '../../org-facts.ts';
import type { OrgFacts } from '../../org-facts.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { copyBuyingGroupFlow } from './copy-buying-group-flow.ts';
import { copyProductsFlow } from './copy-products-flow.ts';
import { crossSellFlow } from './cross-sell-flow.ts';
import { lostRenewalFlow } from './lost-renewal-flow.ts';
import { renewalFlow, upsellFlow } from './single-follow-up-flow.ts';

/** What a win sets going, and what a lost renewal does. */
export const closedWonFlows = (
  waterfall: Waterfall,
  org: OrgFacts = ANY_ORG,
): readonly (Component<FlowMetadata> | null)[] => [
  renewalFlow(waterfall, org),
  upsellFlow(waterfall, org),
  crossSellFlow(waterfall, org),
  copyBuyingGroupFlow(waterfall),
  copyProductsFlow(waterfall, org),
  lostRenewalFlow(waterfall),
];
