import type { FieldValue, Row, Transaction } from '../data/types.ts';
import type { Pending, Saver } from './saver.ts';
import type { Conversion } from './types.ts';

const idsOf = (conversions: readonly Conversion[], id: (one: Conversion) => FieldValue): string[] => [
  ...new Set(conversions.map(id).filter((value) => typeof value === 'string')),
];

const leadIds = (conversions: readonly Conversion[]): string[] => idsOf(conversions, ({ lead }) => lead['Id'] ?? null);

/** Rows of an object whose `field` is one of the ids, grouped by it. */
function rowsBy(tx: Transaction, object: string, field: string, ids: readonly string[]): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>();
  if (ids.length === 0) return groups;
  const orderBy = [
    { field: 'CreatedDate', descending: false },
    { field: 'Id', descending: false },
  ];
  for (const row of tx.select({ object, filter: { field, operator: 'in', value: ids }, orderBy })) {
    const key = String(row[field]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/**
 * The campaign for a lead's opportunity: "the most recently associated campaign" (Salesforce Help, "Lead Conversion
 * Field Mapping"), by lead id.
 */
export function latestCampaigns(tx: Transaction, conversions: readonly Conversion[]): ReadonlyMap<string, string> {
  const members = rowsBy(tx, 'CampaignMember', 'LeadId', leadIds(conversions));
  return new Map([...members].map(([leadId, rows]) => [leadId, String(rows.at(-1)?.['CampaignId'])]));
}

/**
 * The contact joins the opportunity: on a new one as its primary contact without a role, on one that is there unless
 * it has the contact, and as primary only where there is none.
 */
export function makeContactRoles(tx: Transaction, saver: Saver, conversions: readonly Conversion[]): void {
  const withOpportunity = conversions.filter(({ opportunityId }) => opportunityId !== null);
  const ids = idsOf(withOpportunity, ({ opportunityId }) => opportunityId);
  const existing = rowsBy(tx, 'OpportunityContactRole', 'OpportunityId', ids);
  const pending: Pending[] = [];
  for (const conversion of withOpportunity) {
    const { opportunityId, contactId } = conversion;
    const roles = existing.get(String(opportunityId)) ?? [];
    const added = pending.filter(({ values }) => values['OpportunityId'] === opportunityId);
    const isThere = [...roles, ...added.map(({ values }) => values)].some((role) => role['ContactId'] === contactId);
    if (isThere) continue;
    const IsPrimary = added.length === 0 && !roles.some((role) => role['IsPrimary'] === true);
    pending.push({ conversion, values: { OpportunityId: opportunityId, ContactId: contactId, IsPrimary } });
  }
  saver.insert('OpportunityContactRole', pending);
}

/**
 * The lead's campaign members become the contact's. Where the contact is a member of the same campaign already, one
 * member stays, with the status that is further along (Salesforce Help, "Considerations for Converting Leads").
 */
export function moveCampaignMembers(tx: Transaction, saver: Saver, conversions: readonly Conversion[]): void {
  const ofLeads = rowsBy(tx, 'CampaignMember', 'LeadId', leadIds(conversions));
  const ofContacts = rowsBy(
    tx,
    'CampaignMember',
    'ContactId',
    idsOf(conversions, ({ contactId }) => contactId),
  );
  // By contact and campaign; those that this call moves count too.
  const taken = new Map<string, Row>();
  for (const [contactId, rows] of ofContacts)
    for (const row of rows) taken.set(`${contactId} ${String(row['CampaignId'])}`, row);
  const moved: Pending[] = [];
  const removed: Pending[] = [];
  for (const conversion of conversions) {
    for (const member of ofLeads.get(String(conversion.lead['Id'])) ?? []) {
      const key = `${String(conversion.contactId)} ${String(member['CampaignId'])}`;
      const other = taken.get(key);
      if (!other) {
        taken.set(key, member);
        moved.push({ conversion, values: { Id: member['Id'] ?? null, ContactId: conversion.contactId } });
        continue;
      }
      removed.push({ conversion, values: { Id: member['Id'] ?? null } });
      if (member['HasResponded'] === true && other['HasResponded'] !== true)
        moved.push({ conversion, values: { Id: other['Id'] ?? null, Status: member['Status'] ?? null } });
    }
  }
  saver.delete('CampaignMember', removed);
  saver.update('CampaignMember', moved);
}

/**
 * Tasks and events of the lead become those of the contact, about the opportunity where there is one. "When you assign
 * new owners, only the open activities are assigned to the new owner" (Help, "Considerations for Converting Leads").
 */
export function moveActivities(tx: Transaction, saver: Saver, conversions: readonly Conversion[]): void {
  for (const object of ['Task', 'Event']) {
    const definition = tx.schema.object(object);
    if (!definition) continue;
    const activities = rowsBy(tx, object, 'WhoId', leadIds(conversions));
    const pending = conversions.flatMap((conversion) =>
      (activities.get(String(conversion.lead['Id'])) ?? []).map((activity): Pending => {
        const given = conversion.request.ownerId ?? '';
        const isOpen = object === 'Task' && activity['IsClosed'] !== true;
        return {
          conversion,
          values: {
            Id: activity['Id'] ?? null,
            WhoId: conversion.contactId,
            AccountId: conversion.accountId,
            ...(conversion.opportunityId !== null && { WhatId: conversion.opportunityId }),
            ...(isOpen && given !== '' && { OwnerId: conversion.ownerId }),
          },
        };
      }),
    );
    saver.update(object, pending);
  }
}
