/** What flows say and ask of a lead. */
import type { FlowAssignmentItem } from '@salesforce/types/metadata';
import type { Authored } from '../../../metadata/component-metadata.ts';
import { formula, reference, set } from '../elements.ts';
import type { Value } from '../elements.ts';
import { record } from '../formula-text.ts';
import { recordVariable } from '../steps.ts';

/** An owner is a user or a queue; user ids begin with 005 (Object Reference, "Object Key Prefixes"). */
export const IS_USER_OWNED = `LEFT(${record('OwnerId')}, 3) = "005"`;

/** Who is told of a lead where nobody is RevOps. */
export const OWNER_IF_USER = 'Owner_If_User';
export const ownerIfUser = formula(
  OWNER_IF_USER,
  'String',
  'The owner of the lead where that is a user.',
  `IF(${IS_USER_OWNED}, ${record('OwnerId')}, "")`,
);

/** Match_Reason__c and Conversion_Problem__c hold that much. */
export const TEXT_LENGTH = 255;

/**
 * The lead as a flow writes it: a variable with its id and what changes. Writing `$Record` itself would send every field that the flow has
 * read (help: "Update Triggering Record Values"), and is what flow scanners take for a recursion.
 */
export const LEAD_TO_WRITE = 'Lead_To_Write';
export const leadToWrite = recordVariable(LEAD_TO_WRITE, 'Lead', 'The lead with what is to be written.');
export const writing = (
  values: Readonly<Record<string, Value>>,
  leadId = '$Record.Id',
): readonly Authored<FlowAssignmentItem>[] =>
  Object.entries({ Id: reference(leadId), ...values }).map(([field, value]) => set(`${LEAD_TO_WRITE}.${field}`, value));
