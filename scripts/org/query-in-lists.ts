import type { Org } from './types.ts';

/** What stands between the brackets of `IN (…)`: each value once, quoted as SOQL wants it. */
export const inList = (values: readonly string[]): string =>
  [...new Set(values)].map((value) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`).join(',');

/** A query about many values, `size` of them at a time, so that each fits into a URL. Rows in the order of the parts. */
export async function queryInLists<Row>(
  org: Pick<Org, 'query'>,
  values: readonly string[],
  size: number,
  soql: (list: string) => string,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = 0; start < values.length; start += size)
    rows.push(...(await org.query<Row>(soql(inList(values.slice(start, start + size))))));
  return rows;
}
