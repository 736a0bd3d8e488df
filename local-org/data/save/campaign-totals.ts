import type { SaveContext, WorkingRow } from './save-context.ts';

const MEMBERS = 'FROM "CampaignMember" m WHERE m."CampaignId" = ?1 AND m."IsDeleted" = 0';
const DEALS = 'FROM "Opportunity" o WHERE o."CampaignId" = ?1 AND o."IsDeleted" = 0';

/**
 * What a campaign's statistics count. DOC object-reference/campaign: NumberOfLeads (converted ones among them),
 * NumberOfConvertedLeads, NumberOfContacts, NumberOfResponses "contacts and unconverted leads with a Member Status equivalent to
 * Responded", NumberOfOpportunities, AmountWonOpportunities …
 */
const TOTALS: Readonly<Record<string, string>> = {
  NumberOfLeads: `SELECT COUNT(*) ${MEMBERS} AND m."LeadId" IS NOT NULL`,
  NumberOfConvertedLeads: `SELECT COUNT(*) ${MEMBERS} AND m."LeadId" IN (SELECT "Id" FROM "Lead" WHERE "IsConverted" = 1)`,
  NumberOfContacts: `SELECT COUNT(*) ${MEMBERS} AND m."ContactId" IS NOT NULL`,
  NumberOfResponses: `SELECT COUNT(*) ${MEMBERS} AND m."HasResponded" = 1`,
  NumberOfOpportunities: `SELECT COUNT(*) ${DEALS}`,
  NumberOfWonOpportunities: `SELECT COUNT(*) ${DEALS} AND o."IsWon" = 1`,
  AmountAllOpportunities: `SELECT coalesce(SUM(o."Amount"), 0) ${DEALS}`,
  AmountWonOpportunities: `SELECT coalesce(SUM(o."Amount"), 0) ${DEALS} AND o."IsWon" = 1`,
};

const UPDATE = `UPDATE "Campaign" SET ${Object.entries(TOTALS)
  .map(([field, sql]) => `"${field}" = (${sql})`)
  .join(', ')} WHERE "Id" = ?1`;

/**
 * Brings the statistics of the campaigns that these rows belong to, or belonged to, in line. Nothing else runs: they are the
 * platform's own figures, not a save of the campaign. Rows that stayed in their campaign count when one of `watched` changed.
 */
export function totalCampaigns(
  context: SaveContext,
  rows: readonly WorkingRow[],
  field: string,
  watched?: readonly string[],
): void {
  const ids = new Set<string>();
  for (const { before, after } of rows) {
    const same = before?.[field] === after[field] && watched?.every((name) => before?.[name] === after[name]);
    if (same === true) continue;
    for (const id of [before?.[field], after[field]]) if (typeof id === 'string') ids.add(id);
  }
  for (const id of ids) context.store.statement(UPDATE).run(id);
}
