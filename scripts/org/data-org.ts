import type { Org } from './types.ts';

/** A row of a bulk query: every value as text, empty for null. Parents' fields by their path: `Owner.IsActive`. */
export type TextRow = Readonly<Record<string, string>>;

export interface LeadConversion {
  readonly leadId: string;
  readonly accountId: string;
  /** An existing contact of that account; null creates one. */
  readonly contactId: string | null;
  /** Owner of what is created; null takes the lead's. */
  readonly ownerId: string | null;
}

export interface ConversionOutcome {
  readonly leadId: string;
  readonly success: boolean;
  readonly accountId: string | null;
  readonly contactId: string | null;
  readonly errors: readonly { readonly code: string; readonly message: string; readonly fields: readonly string[] }[];
}

export interface BulkOutcome {
  readonly updated: number;
  readonly failed: readonly { readonly id: string; readonly error: string }[];
}

/** An org whose records are read and changed in numbers. Every call throws OrgError. */
export interface DataOrg extends Org {
  /** Bulk API 2.0 query, page by page: rows are handed over as they come and not kept. */
  rows(soql: string): AsyncIterable<TextRow>;
  /** Bulk API 2.0 update: rows of `Id` and the columns; a job for each hundred thousand. Each row on its own. */
  bulkUpdate(
    object: string,
    columns: readonly string[],
    rows: AsyncIterable<readonly string[]>,
    onProgress?: (sent: number) => void,
  ): Promise<BulkOutcome>;
  /** At most CONVERT_SIZE leads, without new opportunities, each on its own; outcomes in request order. */
  convertLeads(convertedStatus: string, leads: readonly LeadConversion[]): Promise<readonly ConversionOutcome[]>;
}

/** Leads of one call: "The convertLead method accepts up to 100 LeadConvert objects" (Apex Reference Guide, Database.convertLead()). */
export const CONVERT_SIZE = 100;
