import type { Row, SaveError } from '../data/types.ts';
import type { FieldMapping } from './field-mapping.ts';

/** One lead to convert. Names and meaning: SOAP API Developer Guide, convertLead(), "LeadConvert Arguments". */
export interface LeadConvert {
  readonly leadId: string;
  /** Value of a LeadStatus with `IsConverted`. */
  readonly convertedStatus: string;
  readonly accountId?: string | null;
  /** Needs `accountId`, and belongs to it. */
  readonly contactId?: string | null;
  /** An opportunity that is there; not together with `opportunityName`. */
  readonly opportunityId?: string | null;
  /** At most 80 characters; the lead's company when left out. */
  readonly opportunityName?: string | null;
  readonly doNotCreateOpportunity?: boolean;
  /** Needs `contactId`. */
  readonly overwriteLeadSource?: boolean;
  /** Owner of what is created; the lead's owner when left out, who then must be a user. */
  readonly ownerId?: string | null;
  /** Accepted; the local org sends no mail. */
  readonly sendNotificationEmail?: boolean;
  /** Of Apex (`setBypassAccountDedupeCheck`): with them active duplicate rules do not matter. */
  readonly bypassAccountDedupeCheck?: boolean;
  readonly bypassContactDedupeCheck?: boolean;
}

/** SOAP API Developer Guide, LeadConvertResult. */
export interface LeadConvertResult {
  readonly leadId: string | null;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly opportunityId: string | null;
  readonly success: boolean;
  readonly errors: readonly SaveError[];
}

/** What the org's set-up says about conversion. */
export interface ConversionSettings {
  /** `LeadConfigSettings.shouldLeadConvertRequireValidation`: flows and validation rules run for what is saved. */
  readonly requireValidation: boolean;
  /** Custom fields, by `LeadConvertSettings.objectMapping`. */
  readonly mappings: readonly FieldMapping[];
  /** Values of a lead's status that mean "converted". */
  readonly convertedStatuses: ReadonlySet<string>;
  /** `Account.Standard_Account_Duplicate_Rule`, active ones only. */
  readonly duplicateRules: readonly { readonly object: string; readonly name: string }[];
}

/** A lead whose request has been checked. Ids are filled in as the records come into being. */
export interface Conversion {
  /** Position in the call. */
  readonly index: number;
  readonly request: LeadConvert;
  /** Stored values, and those of the formula fields that are mapped. */
  readonly lead: Row;
  readonly ownerId: string;
  accountId: string | null;
  contactId: string | null;
  opportunityId: string | null;
}
