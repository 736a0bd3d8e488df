/** The moment of a change of a group, whose writing has the group counted after the commit. */
import type { FlowFormula } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { formula } from '../elements.ts';
import { merge } from '../formula-text.ts';

/** What the formula of {@link changedAt} is called in a flow that needs one. */
export const CHANGED_AT = 'Changed_At';

/** Date and time values count in days. */
const A_SECOND = '1 / 86400';

/** `last` is where the flow has the last change of the opportunity from: `$Record.Opportunity.Buying_Group_Changed_At__c`. */
export const changedAt = (last: string, name: string = CHANGED_AT): Authored<FlowFormula> => {
  const now = merge('$Flow.CurrentDateTime');
  const aSecondAfter = `${merge(last)} + ${A_SECOND}`;
  return formula(
    name,
    'DateTime',
    'Now, or a second after the last change: moments are stored in whole seconds, and a value that stays the same changes nothing.',
    `IF(ISBLANK(${merge(last)}), ${now}, IF(${aSecondAfter} > ${now}, ${aSecondAfter}, ${now}))`,
  );
};
