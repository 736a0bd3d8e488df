/** What flows say and ask of a lead. */
import { record } from '../formula-text.ts';

/** An owner is a user or a queue; user ids begin with 005 (Object Reference, "Object Key Prefixes"). */
export const IS_USER_OWNED = `LEFT(${record('OwnerId')}, 3) = "005"`;

/** Match_Reason__c and Conversion_Problem__c hold that much. */
export const TEXT_LENGTH = 255;
