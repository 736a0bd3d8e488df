import { FIELD } from '../compile/names.ts';
import type { Org } from '../org/types.ts';
import type { OrgRow } from './judge.ts';
import { queryAbout } from './query-about.ts';

const select = (
  org: Org,
  fields: readonly string[],
  idField: string,
  ids: readonly string[],
): Promise<readonly OrgRow[]> =>
  queryAbout<OrgRow>(org, ids, (list) => `SELECT ${fields.join(', ')} FROM Opportunity WHERE ${idField} IN (${list})`);

export const readByIds = async (
  org: Org,
  ids: readonly string[],
  fields: readonly string[],
): Promise<ReadonlyMap<string, OrgRow>> =>
  new Map((await select(org, fields, 'Id', ids)).map((row) => [String(row.Id), row]));

/** What the keys of renewals begin with; upsells and cross-sells come from the same opportunity. */
const RENEWAL_KEY = 'renewal:';

/** Renewals by the id of the opportunity they came from. */
export const readRenewals = async (
  org: Org,
  sourceIds: readonly string[],
  fields: readonly string[],
): Promise<ReadonlyMap<string, readonly OrgRow[]>> =>
  Map.groupBy(
    (await select(org, [...new Set([...fields, FIELD.key])], FIELD.sourceOpportunity, sourceIds)).filter((row) =>
      String(row[FIELD.key]).startsWith(RENEWAL_KEY),
    ),
    (row) => String(row[FIELD.sourceOpportunity]),
  );
