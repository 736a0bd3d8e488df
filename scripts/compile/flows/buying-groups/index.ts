import type { Component } from '../../../metadata/component.ts';
import type { Waterfall } from '../../../model/waterfall.ts';
import { keepsBuyingGroups } from '../../buying-groups/full-group.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { contactChangedFlow, contactRemovedFlow } from './contact-flows.ts';
import { countGroupFlow } from './count-group-flow.ts';
import { memberFlow } from './member-flow.ts';
import { memberRemovedFlow } from './member-removed-flow.ts';
import { memberSavedFlow } from './member-saved-flow.ts';
import { recountFlow } from './recount-flow.ts';
import { solutionFlow } from './solution-flow.ts';

/** The flows that keep buying groups counted; none where there are no buying groups. The one that others call comes first. */
export const buyingGroupFlows = (waterfall: Waterfall): readonly Component<FlowMetadata>[] =>
  keepsBuyingGroups(waterfall)
    ? [
        countGroupFlow(waterfall),
        memberFlow(waterfall),
        memberSavedFlow(),
        memberRemovedFlow(),
        contactChangedFlow(waterfall),
        contactRemovedFlow(),
        recountFlow(waterfall),
        ...(waterfall.solutions.length > 0 ? [solutionFlow()] : []),
      ]
    : [];
