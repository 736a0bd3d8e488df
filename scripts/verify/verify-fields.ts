import { FIELD, stageDateField } from '../compile/names.ts';
import { allStages } from '../model/waterfall.ts';
import type { Waterfall } from '../model/waterfall.ts';

/** Fields of Opportunity that scenarios read, write and copy. The solution exists only where the model has solutions. */
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
    ...Object.values(FIELD).filter((name) => name !== FIELD.solution || waterfall.solutions.length > 0),
    ...allStages(waterfall).flatMap((stage) => [stageDateField(stage.name), ...stage.requiredToLeave]),
  ]),
];
