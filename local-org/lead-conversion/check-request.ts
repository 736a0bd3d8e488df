import type { FieldValue, Row, SaveError } from '../data/types.ts';
import { OPPORTUNITY_NAME_LENGTH, REFUSALS } from './messages.ts';
import type { ConversionSettings, LeadConvert } from './types.ts';

/** Records that the requests of a call name, by id. */
export interface NamedRecords {
  readonly leads: ReadonlyMap<string, Row>;
  readonly accounts: ReadonlyMap<string, Row>;
  readonly contacts: ReadonlyMap<string, Row>;
  readonly opportunities: ReadonlyMap<string, Row>;
  readonly users: ReadonlyMap<string, Row>;
}

const isBlank = (value: FieldValue | undefined): boolean => value === null || value === undefined || value === '';

/**
 * What is wrong with one request, the first thing found; null when the lead can be tried. Rules: SOAP API Developer
 * Guide, convertLead(), "LeadConvert Arguments". Ids are in their 18-character form.
 */
export function checkRequest(
  request: LeadConvert,
  records: NamedRecords,
  settings: ConversionSettings,
): SaveError | null {
  if (isBlank(request.leadId)) return REFUSALS.noLeadId();
  const lead = records.leads.get(request.leadId);
  if (!lead) return REFUSALS.noLead();
  if (lead['IsConverted'] === true) return REFUSALS.converted();
  if (!settings.convertedStatuses.has(request.convertedStatus)) return REFUSALS.status(request.convertedStatus);
  if (isBlank(lead['Company'])) return REFUSALS.personAccount();
  return (
    checkOwner(request, lead, records) ??
    checkTargets(request, records) ??
    checkOpportunity(request, records) ??
    checkDuplicateRules(request, settings)
  );
}

function checkOwner(request: LeadConvert, lead: Row, { users }: NamedRecords): SaveError | null {
  if (!isBlank(request.ownerId)) return users.has(String(request.ownerId)) ? null : REFUSALS.reference('ownerId');
  return users.has(String(lead['OwnerId'])) ? null : REFUSALS.queueOwner();
}

function checkTargets(request: LeadConvert, { accounts, contacts }: NamedRecords): SaveError | null {
  const { accountId, contactId } = request;
  if (!isBlank(accountId) && !accounts.has(String(accountId))) return REFUSALS.reference('accountId');
  if (isBlank(contactId)) return request.overwriteLeadSource === true ? REFUSALS.leadSourceWithoutContact() : null;
  if (isBlank(accountId)) return REFUSALS.contactWithoutAccount();
  const contact = contacts.get(String(contactId));
  if (!contact) return REFUSALS.reference('contactId');
  return contact['AccountId'] === accountId ? null : REFUSALS.contactElsewhere();
}

function checkOpportunity(request: LeadConvert, { opportunities }: NamedRecords): SaveError | null {
  const { opportunityId, opportunityName } = request;
  if (request.doNotCreateOpportunity === true) {
    if (!isBlank(opportunityId)) return REFUSALS.opportunityUnwanted('opportunityId');
    return isBlank(opportunityName) ? null : REFUSALS.opportunityUnwanted('opportunityName');
  }
  if (!isBlank(opportunityName) && String(opportunityName).length > OPPORTUNITY_NAME_LENGTH)
    return REFUSALS.opportunityNameTooLong(String(opportunityName));
  if (isBlank(opportunityId)) return null;
  if (!isBlank(opportunityName)) return REFUSALS.opportunityTwice();
  const opportunity = opportunities.get(String(opportunityId));
  if (!opportunity) return REFUSALS.reference('opportunityId');
  return opportunity['AccountId'] === request.accountId ? null : REFUSALS.opportunityElsewhere();
}

/** Duplicate rules look at records that are created. Salesforce Spring '15 release notes, "Convert leads". */
function checkDuplicateRules(request: LeadConvert, { duplicateRules }: ConversionSettings): SaveError | null {
  const counts: Readonly<Record<string, boolean>> = {
    Account: isBlank(request.accountId) && request.bypassAccountDedupeCheck !== true,
    Contact: isBlank(request.contactId) && request.bypassContactDedupeCheck !== true,
  };
  const names = duplicateRules.filter(({ object }) => counts[object] === true).map(({ name }) => name);
  return names.length > 0 ? REFUSALS.duplicateRules(names) : null;
}
