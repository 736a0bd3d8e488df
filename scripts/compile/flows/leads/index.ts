import type { Waterfall } from '../../../model/waterfall.ts';
import type { Component } from '../../../metadata/component.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { accountKeysFlow } from './account-keys-flow.ts';
import { countLeadScoreFlow } from './count-lead-score-flow.ts';
import { leadConversionFlow } from './lead-conversion-flow.ts';
import { leadDatesFlow } from './lead-dates-flow.ts';
import { leadJoiningFlow } from './lead-joining-flow.ts';
import { leadKeysFlow } from './lead-keys-flow.ts';
import { leadMatchingFlow } from './lead-matching-flow.ts';
import { leadScoreFlow, newLeadScoreFlow } from './lead-score-flow.ts';
import { leadStampingFlow } from './lead-stamping-flow.ts';

/** The flows of leads, in the order in which they run; none where the organisation leaves leads alone. */
export const leadFlows = (waterfall: Waterfall): readonly Component<FlowMetadata>[] =>
  [
    accountKeysFlow(waterfall),
    leadKeysFlow(waterfall),
    leadStampingFlow(waterfall),
    leadDatesFlow(waterfall),
    leadMatchingFlow(waterfall),
    leadConversionFlow(waterfall),
    leadJoiningFlow(waterfall),
    leadScoreFlow(waterfall),
    newLeadScoreFlow(waterfall),
    countLeadScoreFlow(waterfall),
  ].filter((flow) => flow !== null);
