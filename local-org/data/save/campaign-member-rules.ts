import type { Row } from '../types.ts';
import type { ObjectRules, SaveContext, WorkingRow } from './save-context.ts';
import { totalCampaigns } from './campaign-totals.ts';
import { saveError } from './save-errors.ts';

/** Person fields that a member shows of its lead or contact. DOC object-reference/campaignmember. */
const PERSON_FIELDS = [
  'FirstName',
  'LastName',
  'Name',
  'Title',
  'Email',
  'Phone',
  'Fax',
  'MobilePhone',
  'Salutation',
  'DoNotCall',
  'HasOptedOutOfEmail',
  'HasOptedOutOfFax',
  'LeadSource',
] as const;
/** A new campaign's member statuses: Sent (default) and Responded. Help, "Campaign Member Status". */
const DEFAULT_STATUS = 'Sent';
const RESPONDED_STATUS = 'Responded';

/** Campaign members: one lead or contact each, once per campaign, with response tracking. */
export const campaignMemberRules: ObjectRules = {
  derive(context, _object, rows) {
    const leads = parents(context, rows, 'Lead', 'LeadId');
    const contacts = parents(context, rows, 'Contact', 'ContactId');
    const accounts = context.store.byIds(
      context.schema.object('Account')!,
      [...contacts.values()].flatMap((contact) =>
        typeof contact['AccountId'] === 'string' ? [contact['AccountId']] : [],
      ),
    );
    for (const { after, before } of rows) {
      after['Status'] ??= DEFAULT_STATUS;
      after['HasResponded'] = after['Status'] === RESPONDED_STATUS;
      if (after['HasResponded'] && !before?.['HasResponded'])
        after['FirstRespondedDate'] ??= context.timestamp.slice(0, 10);
      // A member that is both contact and converted lead is shown as the contact.
      const contact = contacts.get(String(after['ContactId']));
      const lead = leads.get(String(after['LeadId']));
      const person = contact ?? lead;
      if (!person) continue;
      for (const name of PERSON_FIELDS) if (name in person) after[name] = person[name] ?? null;
      after['LeadOrContactId'] = person['Id']!;
      after['LeadOrContactOwnerId'] = person['OwnerId'] ?? null;
      after['Type'] = contact ? 'Contact' : 'Lead';
      after['AccountId'] = contact?.['AccountId'] ?? null;
      after['CompanyOrAccount'] = contact
        ? (accounts.get(String(contact['AccountId']))?.['Name'] ?? null)
        : (lead?.['Company'] ?? null);
    }
  },
  check(context, _object, rows) {
    const seen = new Set<string>();
    for (const row of rows) {
      if (row.before) continue;
      const { CampaignId, LeadId, ContactId } = row.after;
      if (!LeadId && !ContactId) {
        row.errors.push(
          saveError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LeadId, ContactId]', [
            'LeadId',
            'ContactId',
          ]),
        );
        continue;
      }
      const field = ContactId ? 'ContactId' : 'LeadId';
      const person = String(ContactId ?? LeadId);
      const exists = context.store
        .statement(`SELECT 1 FROM "CampaignMember" WHERE "CampaignId" = ? AND "${field}" = ? AND "IsDeleted" = 0`)
        .get(String(CampaignId), person);
      const key = `${String(CampaignId)} ${person}`;
      if (exists || seen.has(key)) row.errors.push(saveError('DUPLICATE_VALUE', `Already a campaign member.`));
      seen.add(key);
    }
  },
  written: countMembers,
  removed: countMembers,
};

function countMembers(context: SaveContext, _object: unknown, rows: readonly WorkingRow[]): void {
  totalCampaigns(context, rows, 'CampaignId');
}

function parents(
  context: SaveContext,
  rows: readonly WorkingRow[],
  object: string,
  field: string,
): ReadonlyMap<string, Row> {
  const ids = rows.map(({ after }) => after[field]).filter((id) => typeof id === 'string');
  return context.store.byIds(context.schema.object(object)!, [...new Set(ids)]);
}
