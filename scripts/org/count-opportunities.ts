import type { OpportunityCount, OrgRecordType } from './snapshot.ts';
import type { Org } from './types.ts';

interface CountRow {
  readonly StageName: string;
  readonly Type: string | null;
  readonly total: number;
}

/**
 * How many opportunities stand where. A query per record type, since RecordTypeId cannot be grouped by
 * (https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm).
 */
export async function countOpportunities(
  org: Org,
  recordTypes: readonly OrgRecordType[],
): Promise<readonly OpportunityCount[]> {
  const kinds = [{ id: null, developerName: null }, ...recordTypes];
  const counts = await Promise.all(
    kinds.map(async ({ id, developerName }) => {
      const of = id === null ? 'RecordTypeId = null' : `RecordTypeId = '${id}'`;
      const rows = await org.query<CountRow>(
        `SELECT StageName, Type, COUNT(Id) total FROM Opportunity WHERE ${of} GROUP BY StageName, Type`,
      );
      return rows.map(({ StageName, Type, total }) => ({
        stage: StageName,
        type: Type,
        recordType: developerName,
        count: total,
      }));
    }),
  );
  return counts.flat();
}
