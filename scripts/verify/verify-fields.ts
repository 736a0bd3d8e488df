import { compileWaterfall } from '../compile/compile-waterfall.ts';
import { allStages } from '../model/waterfall.ts';
import type { Waterfall } from '../model/waterfall.ts';

const OF_OPPORTUNITY = 'Opportunity.';

/** Custom fields of Opportunity that the model compiles to; formulas are left out, since nobody writes them. */
const compiledFields = (waterfall: Waterfall): readonly string[] =>
  compileWaterfall(waterfall)
    .filter(({ type, fullName }) => type === 'CustomField' && fullName.startsWith(OF_OPPORTUNITY))
    .filter(({ metadata }) => !('formula' in metadata))
    .map(({ fullName }) => fullName.slice(OF_OPPORTUNITY.length));

/** Fields of Opportunity that scenarios read, write and copy. */
export const verifyFields = (waterfall: Waterfall): readonly string[] => [
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
    ...compiledFields(waterfall),
    ...allStages(waterfall).flatMap((stage) => stage.requiredToLeave),
  ]),
];
