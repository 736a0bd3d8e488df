import type { Component } from '../metadata/component.ts';
import { allStages } from '../model/waterfall.ts';
import type { Waterfall } from '../model/waterfall.ts';

const OF_OPPORTUNITY = 'Opportunity.';

/** Custom fields of Opportunity that the model compiles to; formulas are left out, since nobody writes them. */
const compiledFields = (components: readonly Component[]): readonly string[] =>
  components
    .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(OF_OPPORTUNITY))
    .filter(({ metadata }) => !('formula' in metadata))
    .map(({ fullName }) => fullName.slice(OF_OPPORTUNITY.length));

/** Fields of Opportunity that scenarios read, write and copy; `components` is what the model compiles to. */
export const verifyFields = (waterfall: Waterfall, components: readonly Component[]): readonly string[] => [
  ...new Set([
    'Id',
    'Name',
    'AccountId',
    'Amount',
    'CloseDate',
    'LastModifiedDate',
    'OwnerId',
    ...(waterfall.typeCarrier === 'recordType' ? ['RecordTypeId'] : []),
    'StageName',
    'Type',
    ...compiledFields(components),
    ...allStages(waterfall).flatMap((stage) => stage.requiredToLeave),
  ]),
];
