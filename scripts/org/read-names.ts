import type { OrgRecordType, StageRow } from './snapshot.ts';
import type { Org } from './types.ts';

interface StageRecord {
  readonly ApiName: string;
  readonly IsActive: boolean;
  readonly IsClosed: boolean;
  readonly IsWon: boolean;
  readonly DefaultProbability: number | null;
  readonly SortOrder: number;
}

interface RecordTypeRecord {
  readonly Id: string;
  readonly DeveloperName: string;
  readonly Name: string;
  readonly IsActive: boolean;
}

/** Stages in their order, inactive ones too. */
export const readStages = async (org: Org): Promise<readonly StageRow[]> =>
  (
    await org.query<StageRecord>(
      'SELECT ApiName, IsActive, IsClosed, IsWon, DefaultProbability, SortOrder FROM OpportunityStage ORDER BY SortOrder',
    )
  ).map((row) => ({
    name: row.ApiName,
    active: row.IsActive,
    closed: row.IsClosed,
    won: row.IsWon,
    probability: row.DefaultProbability ?? 0,
    sortOrder: row.SortOrder,
  }));

/** Record types of Opportunity. */
export const readRecordTypes = async (org: Org): Promise<readonly OrgRecordType[]> =>
  (
    await org.query<RecordTypeRecord>(
      "SELECT Id, DeveloperName, Name, IsActive FROM RecordType WHERE SobjectType = 'Opportunity' ORDER BY DeveloperName",
    )
  ).map((row) => ({ id: row.Id, developerName: row.DeveloperName, name: row.Name, active: row.IsActive }));

export const readNames = async (
  org: Org,
): Promise<{ readonly recordTypes: readonly OrgRecordType[]; readonly stages: readonly StageRow[] }> => {
  const [recordTypes, stages] = await Promise.all([readRecordTypes(org), readStages(org)]);
  return { recordTypes, stages };
};
