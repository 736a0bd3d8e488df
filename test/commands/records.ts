import type { RunningOrg } from '../../local-org/start-local-org.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** Records in a local org of this process, saved as its administrator. Ids in their order. */
export function insert({ org }: RunningOrg, object: string, records: readonly Fields[]): readonly string[] {
  const results = org.transact(org.user('admin@waterfall.local'), (tx) =>
    tx.save({ operation: 'insert', object, records, allOrNone: true }),
  );
  return results.map(({ id, errors }) => {
    if (id === null) throw new Error(JSON.stringify(errors));
    return id;
  });
}

/** What a table of the org's database holds: stored values. */
export const stored = ({ org }: RunningOrg, sql: string): readonly Record<string, unknown>[] =>
  org.database.prepare(sql).all();
