import type { Connection } from '@salesforce/core';
import { bulkQuery } from './bulk-query.ts';
import { bulkUpdate } from './bulk-update.ts';
import { orgOver } from './connect.ts';
import { openConnection } from './connection.ts';
import type { ConversionOutcome, DataOrg, LeadConversion } from './data-org.ts';
import { asking } from './org-errors.ts';

/** The org behind an alias or username, for work on records in numbers. Throws OrgError. */
export async function connectDataOrg(target?: string): Promise<DataOrg> {
  const { connection, username, newestVersion } = await openConnection(target);
  return dataOrgOver(connection, username, newestVersion);
}

/** The same over a connection that is open already. */
export async function dataOrgOver(connection: Connection, username: string, newestVersion: string): Promise<DataOrg> {
  const org = await orgOver(connection, username, newestVersion);
  return {
    ...org,
    rows: (soql) => bulkQuery(connection, soql),
    bulkUpdate: (object, columns, rows, onProgress) => bulkUpdate(connection, object, columns, rows, onProgress),
    convertLeads: (status, leads) => convert(connection, status, leads),
  };
}

/** SOAP is the only API that converts leads: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_convertlead.htm */
async function convert(
  connection: Connection,
  convertedStatus: string,
  leads: readonly LeadConversion[],
): Promise<readonly ConversionOutcome[]> {
  const results = await asking('converting leads', () =>
    connection.soap.convertLead(
      leads.map(({ leadId, accountId, contactId, ownerId }) => ({
        accountId,
        ...(contactId === null ? {} : { contactId }),
        convertedStatus,
        doNotCreateOpportunity: true,
        leadId,
        overwriteLeadSource: false,
        ...(ownerId === null ? {} : { ownerId }),
        sendNotificationEmail: false,
      })),
    ),
  );
  return results.map((result, index) => ({
    leadId: leads[index]!.leadId,
    success: result.success,
    accountId: result.accountId ?? null,
    contactId: result.contactId ?? null,
    errors: result.errors.map(({ statusCode, message, fields }) => ({
      code: statusCode,
      message,
      fields: [fields ?? []].flat(),
    })),
  }));
}
