import { normalizeId } from '../data/ids.ts';
import { localDateText } from '../data/time-zone.ts';
import { inSavepoint } from '../data/transaction.ts';
import type { FieldValue, SaveError, Transaction } from '../data/types.ts';
import { defaultRecordType } from '../data/user-context.ts';
import type { MetadataReader } from '../metadata/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { ObjectDef } from '../schema/types.ts';
import { checkRequest } from './check-request.ts';
import { makeAccounts, makeContacts, makeOpportunities } from './make-records.ts';
import { MOST_LEADS, REFUSALS } from './messages.ts';
import { latestCampaigns, makeContactRoles, moveActivities, moveCampaignMembers } from './move-related.ts';
import { namedRecords } from './named-records.ts';
import { readSettings } from './read-settings.ts';
import { ConversionFailed, createSaver } from './saver.ts';
import type { Conversion, ConversionSettings, LeadConvert, LeadConvertResult } from './types.ts';

export type { LeadConvert, LeadConvertResult } from './types.ts';

/**
 * Converts leads as SOAP's convertLead() and Apex's Database.convertLead() do. Results are in request order; a lead that
 * cannot be converted stays as it was and says why. All leads are tried together; "if any of the leads fail to convert
 * as part of a bulk operation, the lead conversion is retried for each lead individually" (SOAP API Developer Guide,
 * convertLead(), "Errors"). Throws EXCEEDED_ID_LIMIT for more than 100 leads, and what ends the whole transaction (a
 * governor limit). Not counted against limits: to Apex a call is one DML statement, and counting is the caller's rule.
 */
export function convertLeads(
  tx: Transaction,
  metadata: MetadataReader,
  requests: readonly LeadConvert[],
): readonly LeadConvertResult[] {
  if (requests.length > MOST_LEADS) throw new PlatformError('EXCEEDED_ID_LIMIT', REFUSALS.tooMany(requests.length));
  const settings = readSettings(tx, metadata);
  const results: LeadConvertResult[] = [];
  const conversions = prepare(tx, settings, requests.map(withLongIds), (index, error) => {
    results[index] = failed(requests[index], [error]);
  });
  const convert = (some: readonly Conversion[]): void => {
    for (const conversion of some) reset(conversion);
    inSavepoint(tx, () => runConversions(tx, metadata, settings, some));
    for (const conversion of some) results[conversion.index] = succeeded(conversion);
  };
  if (conversions.length === 0) return results;
  try {
    convert(conversions);
  } catch (error) {
    if (!(error instanceof ConversionFailed)) throw error;
    for (const conversion of conversions) {
      try {
        convert([conversion]);
      } catch (alone) {
        if (!(alone instanceof ConversionFailed)) throw alone;
        results[conversion.index] = failed(conversion.request, alone.errors.get(conversion.index) ?? []);
      }
    }
  }
  return results;
}

function runConversions(
  tx: Transaction,
  metadata: MetadataReader,
  settings: ConversionSettings,
  conversions: readonly Conversion[],
): void {
  const profiles = profilesOf(tx, conversions);
  const recordTypeFor = (object: ObjectDef, ownerId: string): string | null =>
    defaultRecordType(metadata, tx.schema, profiles.get(ownerId) ?? '', object.name);
  const saver = createSaver(tx, settings.requireValidation, recordTypeFor);
  const campaigns = latestCampaigns(tx, conversions);
  const opportunity = tx.schema.object('Opportunity');
  tx.log({ step: 'convert leads', detail: `${conversions.length} leads` });
  makeAccounts(tx, saver, settings, conversions);
  makeContacts(tx, saver, settings, conversions);
  makeOpportunities(tx, saver, settings, conversions, {
    campaignOf: (lead) => campaigns.get(String(lead['Id'])) ?? null,
    recordTypeFor: (ownerId) => (opportunity ? recordTypeFor(opportunity, ownerId) : null),
  });
  makeContactRoles(tx, saver, conversions);
  saver.update(
    'Lead',
    conversions.map((conversion) => ({ conversion, values: convertedLead(tx, conversion) })),
  );
  moveCampaignMembers(tx, saver, conversions);
  moveActivities(tx, saver, conversions);
}

/** What conversion writes on the lead. DOC object-reference/lead "Converted Leads". */
function convertedLead(tx: Transaction, conversion: Conversion): Record<string, FieldValue> {
  const { lead, request, accountId, contactId, opportunityId, ownerId } = conversion;
  return {
    Id: lead['Id'] ?? null,
    IsConverted: true,
    ConvertedDate: localDateText(tx.now, tx.user.timeZone),
    ConvertedAccountId: accountId,
    ConvertedContactId: contactId,
    ConvertedOpportunityId: opportunityId,
    Status: request.convertedStatus,
    OwnerId: ownerId,
    IsUnreadByOwner: false,
  };
}

/** Names of the owners' profiles, by user id. */
function profilesOf(tx: Transaction, conversions: readonly Conversion[]): ReadonlyMap<string, string> {
  const users = tx.byIds('User', [...new Set(conversions.map(({ ownerId }) => ownerId))]);
  const ids = [...new Set([...users.values()].map((user) => String(user['ProfileId'])))];
  const profiles = tx.byIds('Profile', ids);
  return new Map([...users].map(([id, user]) => [id, String(profiles.get(String(user['ProfileId']))?.['Name'])]));
}

/** The requests that can be tried; `refuse` is told of the others. */
function prepare(
  tx: Transaction,
  settings: ConversionSettings,
  requests: readonly LeadConvert[],
  refuse: (index: number, error: SaveError) => void,
): readonly Conversion[] {
  const records = namedRecords(tx, settings, requests);
  const seen = new Set<string>();
  return requests.flatMap((request, index) => {
    const error = seen.has(request.leadId) ? REFUSALS.twice() : checkRequest(request, records, settings);
    const lead = records.leads.get(request.leadId);
    if (error || !lead) {
      refuse(index, error ?? REFUSALS.noLead());
      return [];
    }
    seen.add(request.leadId);
    const ownerId = orNull(request.ownerId) ?? String(lead['OwnerId']);
    return [{ index, request, lead, ownerId, accountId: null, contactId: null, opportunityId: null }];
  });
}

const orNull = (id: string | null | undefined): string | null => (id === undefined || id === '' ? null : id);

/** Ids may come in either form. */
function withLongIds(request: LeadConvert): LeadConvert {
  const long = (id: string | null | undefined): string | null => {
    const given = orNull(id);
    return given === null ? null : (normalizeId(given) ?? given);
  };
  return {
    ...request,
    leadId: long(request.leadId) ?? '',
    accountId: long(request.accountId),
    contactId: long(request.contactId),
    opportunityId: long(request.opportunityId),
    ownerId: long(request.ownerId),
  };
}

function reset(conversion: Conversion): void {
  const { request } = conversion;
  conversion.accountId = orNull(request.accountId);
  conversion.contactId = orNull(request.contactId);
  conversion.opportunityId = orNull(request.opportunityId);
}

const succeeded = ({ lead, accountId, contactId, opportunityId }: Conversion): LeadConvertResult => ({
  leadId: String(lead['Id']),
  accountId,
  contactId,
  opportunityId,
  success: true,
  errors: [],
});

const failed = (request: LeadConvert | undefined, errors: readonly SaveError[]): LeadConvertResult => ({
  leadId: orNull(request?.leadId),
  accountId: null,
  contactId: null,
  opportunityId: null,
  success: false,
  errors,
});
