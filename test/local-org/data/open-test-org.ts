import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import { runSoql } from '../../../local-org/data/transaction.ts';
import type { FieldValue, SaveOperation, SaveResult, Transaction, UserContext } from '../../../local-org/data/types.ts';
import type { SoqlRecord, SoqlResult } from '../../../local-org/data/soql/soql-result.ts';
import { openMetadataStore, type MetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

export type Values = Record<string, FieldValue>;

export interface TestOrg {
  readonly org: LocalOrg;
  readonly user: UserContext;
  readonly metadata: MetadataStore;
  /** Stores a component; `org.reload()` makes it count. */
  readonly put: (type: string, fullName: string, metadata: Record<string, unknown>) => void;
  readonly run: <T>(work: (tx: Transaction) => T) => T;
  readonly save: (
    operation: SaveOperation,
    object: string,
    records: readonly Values[],
    options?: { allOrNone?: boolean; externalIdField?: string },
  ) => readonly SaveResult[];
  /** Inserts one record; throws when it fails. */
  readonly insert: (object: string, values: Values) => string;
  readonly query: (soql: string, options?: { allRows?: boolean }) => SoqlResult;
  /** Values of the only record. */
  readonly one: (soql: string) => SoqlRecord['values'];
}

/** A fresh org in memory whose clock stands at 2026-03-15 20:00 UTC (a Sunday, 13:00 in Los Angeles). */
export function openTestOrg(file = ':memory:'): TestOrg {
  const org = openLocalOrg({ file, now: () => new Date('2026-03-15T20:00:00.000Z') });
  const user = org.user(ADMIN_USERNAME);
  const metadata = openMetadataStore(org.database);
  const run = <T>(work: (tx: Transaction) => T): T => org.transact(user, work);
  const save: TestOrg['save'] = (operation, object, records, options = {}) =>
    run((tx) =>
      tx.save({
        operation,
        object,
        records,
        allOrNone: options.allOrNone ?? false,
        externalIdField: options.externalIdField,
      }),
    );
  const query: TestOrg['query'] = (soql, options) => run((tx) => runSoql(tx, soql, options));
  return {
    org,
    user,
    metadata,
    run,
    save,
    query,
    put: (type, fullName, component) => void metadata.put({ type, fullName, metadata: component }),
    insert(object, values) {
      const [result] = save('insert', object, [values]);
      if (!result?.success) throw new Error(JSON.stringify(result?.errors));
      return result.id!;
    },
    one(soql) {
      const { records } = query(soql);
      if (records.length !== 1) throw new Error(`${records.length} records: ${soql}`);
      return records[0]!.values;
    },
  };
}

/** An opportunity that can be saved. */
export const DEAL: Values = { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31' };
