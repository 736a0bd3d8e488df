import type { SaveError } from '../data/types.ts';

/** Leads per call. SOAP API Developer Guide, convertLead(): "an array of LeadConvert objects (100 maximum)". */
export const MOST_LEADS = 100;
/** SOAP API Developer Guide, convertLead(), `opportunityName`. */
export const OPPORTUNITY_NAME_LENGTH = 80;

const error = (statusCode: string, message: string, fields: readonly string[] = []): SaveError => ({
  statusCode,
  message,
  fields,
});

/**
 * Why a lead is not converted. Codes are StatusCodes of the partner WSDL. The texts of `queueOwner` and `converted` are
 * those that clients of the platform show; the guide tells the others' rules but not their words.
 */
export const REFUSALS = {
  tooMany: (count: number) => `Maximum of ${MOST_LEADS} leads in one convertLead call, this one has ${count}`,
  noLeadId: (): SaveError => error('MISSING_ARGUMENT', 'leadId not specified', ['leadId']),
  noLead: (): SaveError => error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['leadId']),
  twice: (): SaveError => error('DUPLICATE_VALUE', 'duplicate lead id in the same convertLead call', ['leadId']),
  converted: (): SaveError => error('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'),
  status: (status: string): SaveError =>
    error('INVALID_STATUS', `invalid convertedStatus: ${status}`, ['convertedStatus']),
  queueOwner: (): SaveError =>
    error(
      'UNKNOWN_EXCEPTION',
      'Converted objects can only be owned by users.  If the lead is not owned by a user, you must specify a user for the Owner field.',
    ),
  reference: (argument: string): SaveError =>
    error('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [argument]),
  contactWithoutAccount: (): SaveError =>
    error('MISSING_ARGUMENT', 'accountId must be specified when contactId is', ['accountId']),
  contactElsewhere: (): SaveError =>
    error('INVALID_CROSS_REFERENCE_KEY', 'contactId must be a contact of the specified accountId', ['contactId']),
  opportunityElsewhere: (): SaveError =>
    error('INVALID_CROSS_REFERENCE_KEY', 'opportunityId must be an opportunity of the specified accountId', [
      'opportunityId',
    ]),
  opportunityTwice: (): SaveError =>
    error('INVALID_OPERATION', 'opportunityId and opportunityName are mutually exclusive', [
      'opportunityId',
      'opportunityName',
    ]),
  opportunityUnwanted: (argument: string): SaveError =>
    error('INVALID_OPERATION', `${argument} must be blank when doNotCreateOpportunity is true`, [argument]),
  opportunityNameTooLong: (name: string): SaveError =>
    error(
      'STRING_TOO_LONG',
      `Opportunity Name: data value too large: ${name} (max length=${OPPORTUNITY_NAME_LENGTH})`,
      ['opportunityName'],
    ),
  leadSourceWithoutContact: (): SaveError =>
    error('MISSING_ARGUMENT', 'contactId must be specified when overwriteLeadSource is true', ['contactId']),
  personAccount: (): SaveError =>
    error('FUNCTIONALITY_NOT_ENABLED', 'The local org does not support person accounts: the lead has no company.'),
  duplicateRules: (names: readonly string[]): SaveError =>
    error(
      'FUNCTIONALITY_NOT_ENABLED',
      `The local org does not evaluate duplicate rules. Deactivate ${names.join(', ')}, convert into an existing record, or bypass the check.`,
    ),
} as const;
