import type { OpportunityType, Waterfall } from '../../../model/waterfall.ts';
import { recordTypeName } from '../../names.ts';
import {
  assignment,
  elementName,
  equals,
  fieldValue,
  getFirst,
  jumpTo,
  reference,
  set,
  text,
  to,
  yesNo,
} from '../elements.ts';
import type { FlowMetadata } from '../flow-shell.ts';
import { whenFound } from '../steps.ts';

const LABEL = {
  found: 'Is the record type there?',
  missing: 'Note that the record type is missing',
} as const;

export interface RecordTypeStep {
  /** The label of the element to go to. */
  readonly first: string;
  readonly elements: Required<Pick<FlowMetadata, 'assignments' | 'decisions' | 'recordLookups'>>;
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

/**
 * The record type of what is created, found by developer name, since ids differ from org to org. Not needed where the type is only a
 * picklist. Without its record type an opportunity would be in no sales process.
 */
export const recordTypeStep = (
  waterfall: Waterfall,
  creates: OpportunityType,
  { next, fault, tell, reason }: Leads,
): RecordTypeStep => {
  if (waterfall.typeCarrier === 'typeField')
    return { first: next, elements: { assignments: [], decisions: [], recordLookups: [] }, values: [] };
  const name = recordTypeName(creates);
  const find = `Find the record type ${creates.label}`;
  return {
    first: find,
    elements: {
      recordLookups: [
        getFirst(
          { label: find, description: `The active record type ${name} of Opportunity.` },
          {
            object: 'RecordType',
            filters: [
              equals('SobjectType', text('Opportunity')),
              equals('DeveloperName', text(name)),
              equals('IsActive', yesNo(true)),
            ],
            fields: ['Id'],
          },
          to(LABEL.found),
          jumpTo(fault),
        ),
      ],
      decisions: [
        whenFound(
          { label: LABEL.found, description: 'Without its record type it would be in no sales process.' },
          find,
          { found: 'The record type is there', none: 'No record type', description: 'The look-up found it.' },
          to(next),
          to(LABEL.missing),
        ),
      ],
      assignments: [
        assignment(
          { label: LABEL.missing, description: 'Somebody deactivated or renamed it: RevOps has to know.' },
          [set(reason, text(`Opportunity has no active record type ${name}.`))],
          jumpTo(tell),
        ),
      ],
    },
    values: [fieldValue('RecordTypeId', reference(`${elementName(find)}.Id`))],
  };
};
