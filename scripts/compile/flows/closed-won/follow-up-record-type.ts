import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { recordTypeName } from '../../names.ts';
import { elementName, fieldValue, reference, text } from '../elements.ts';
import { NO_RECORD_TYPE, recordTypeSteps, tellOfRecordType } from '../record-type-steps.ts';
import type { RecordTypeSteps } from '../record-type-steps.ts';

export interface RecordTypeStep {
  /** The label of the element to go to. */
  readonly first: string;
  readonly elements: RecordTypeSteps;
  /** RecordTypeId, or nothing where the type is only a picklist. */
  readonly values: readonly ReturnType<typeof fieldValue>[];
}

/** Where the step leads: labels of elements, and the variable that says why something could not be done. */
interface Leads {
  readonly next: string;
  readonly fault: string;
  readonly tell: string;
  readonly reason: string;
}

/** The record type of what is created; not needed where the type is only a picklist. */
export const recordTypeStep = (
  waterfall: Waterfall,
  creates: OpportunityType,
  { next, fault, tell, reason }: Leads,
): RecordTypeStep => {
  if (waterfall.typeCarrier === 'typeField') return { first: next, elements: NO_RECORD_TYPE, values: [] };
  const name = recordTypeName(creates);
  const find = `Find the record type ${creates.label}`;
  return {
    first: find,
    elements: recordTypeSteps(
      { label: find, description: `The active record type ${name} of Opportunity.` },
      text(name),
      { next, fault, missing: tellOfRecordType(name, reason, tell) },
    ),
    values: [fieldValue('RecordTypeId', reference(`${elementName(find)}.Id`))],
  };
};
