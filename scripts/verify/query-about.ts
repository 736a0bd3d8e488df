import { queryInLists } from '../org/query-in-lists.ts';
import type { Org } from '../org/types.ts';

/** Most ids in one query, so that its URL stays well below the 16 KB that the REST API takes. */
const IDS_IN_A_QUERY = 200;

/** Rows about many records, in the order of the parts in which they are asked for. */
export const queryAbout = <Row>(
  org: Org,
  ids: readonly string[],
  soql: (list: string) => string,
): Promise<readonly Row[]> => queryInLists<Row>(org, ids, IDS_IN_A_QUERY, soql);
