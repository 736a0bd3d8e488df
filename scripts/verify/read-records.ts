import { FIELD } from '../compile/names.ts';
import type { Org } from '../org/types.ts';
import type { OrgRow } from './judge.ts';

/** Most ids in one query, so that its URL stays well below the 16 KB that the REST API takes. */
const IDS_IN_A_QUERY = 200;

const select = async (
  org: Org,
  fields: readonly string[],
  idField: string,
  ids: readonly string[],
): Promise<readonly OrgRow[]> => {
  const rows: OrgRow[] = [];
  for (let from = 0; from < ids.length; from += IDS_IN_A_QUERY) {
    const list = ids.slice(from, from + IDS_IN_A_QUERY).map((id) => `'${id}'`);
    rows.push(
      ...(await org.query<OrgRow>(
        `SELECT ${fields.join(', ')} FROM Opportunity WHERE ${idField} IN (${list.join(', ')})`,
      )),
    );
  }
  return rows;
};

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
