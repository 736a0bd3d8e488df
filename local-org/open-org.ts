import type { DatabaseSync } from 'node:sqlite';
import { grantsOf } from './access/grants.ts';
import { userAccess, type UserAccess } from './access/user-access.ts';
import { compileAutomation } from './automation/compile-automation.ts';
import type { Automation } from './automation/types.ts';
import { createClock } from './clock.ts';
import { ADMIN_USERNAME, writeBaseRecords } from './data/base-records.ts';
import { openKeyPrefixes } from './data/key-prefixes.ts';
import { explainFileTrouble, openOrgFile, OrgFileError } from './data/org-file.ts';
import { registerFunctions } from './data/sql-functions.ts';
import { createStore, type Store } from './data/store.ts';
import { syncTables, type AddedColumn } from './data/tables.ts';
import { createTransaction, fillSummaries, forAnyTransaction, type LoggedTransaction } from './data/transaction.ts';
import { defaultRecordType, permissionSetsOf, profileComponent, readUser } from './data/user-context.ts';
// Registers itself.
import './lead-conversion/apex-stand-in.ts';
import { openTransactionLog } from './log/transaction-log.ts';
import { seedBaseOrg } from './metadata/base-org.ts';
import { openMetadataStore } from './metadata/open-metadata-store.ts';
import { syncSetupRecords } from './metadata/setup-records.ts';
import type { MetadataReader } from './metadata/types.ts';
import { openOutbox } from './outbox/outbox.ts';
import { openWorkQueue } from './scheduler/work-queue.ts';
import { buildSchema } from './schema/build-schema.ts';
import type { Schema } from './schema/types.ts';
import type { UserContext } from './data/types.ts';
import type { LocalOrg } from './types.ts';

export { ADMIN_USERNAME };

export interface OpenOptions {
  /** Path of the org's file, created when it is not there, or `:memory:`. */
  readonly file: string;
  /** The machine's time, for tests. */
  readonly now?: () => Date;
}

/**
 * Opens a local org, or makes a new one with an administrator, standard profiles and value sets. Throws an
 * OrgFileError when the file is in use, is not a local org's, or is damaged.
 */
export function openLocalOrg(options: OpenOptions): LocalOrg {
  const { database, isNew } = openOrgFile(options.file);
  try {
    return composeOrg(database, isNew, options);
  } catch (error) {
    database.close();
    throw error;
  }
}

function composeOrg(database: DatabaseSync, isNew: boolean, options: OpenOptions): LocalOrg {
  const clock = createClock(options.now);
  const inTransaction = <T>(work: () => T): T => runInTransaction(database, options.file, work);
  registerFunctions(database);
  const parts = inTransaction(() => {
    const metadata = openMetadataStore(database);
    if (isNew) seedBaseOrg(metadata, clock.now());
    const store = createStore(database);
    const keyPrefix = openKeyPrefixes(database);
    const { schema } = loadSchema(database, metadata, keyPrefix);
    if (isNew) {
      writeBaseRecords(store, schema, clock.now());
      store.saveSequences();
    }
    return { metadata, store, keyPrefix, schema };
  });
  const { metadata, store, keyPrefix } = parts;
  let schema = parts.schema;
  const services = { queue: openWorkQueue(database), outbox: openOutbox(database) };
  const log = openTransactionLog(database);
  let automation = compileAutomation(metadata, schema, services).automation;
  const orgId = (store.statement('SELECT "Id" FROM "Organization"').get() as unknown as [string])[0];

  return {
    orgId,
    database,
    clock,
    metadata,
    get schema() {
      return schema;
    },
    get automation() {
      return forAnyTransaction(automation);
    },
    user: (idOrUsername) => readUser(store, metadata, idOrUsername),
    transact(user, work, options = {}) {
      let tx: LoggedTransaction | undefined;
      try {
        return inTransaction(() => {
          const access = options.mode === 'user' ? accessOf(store, metadata, schema, user) : undefined;
          tx = transactionFor(store, metadata, schema, automation, user, clock.now(), access);
          const result = work(tx);
          store.saveSequences();
          log.keep(tx, tx.entries, null);
          return result;
        });
      } catch (error) {
        // What a rolled-back transaction did is kept as well: it is what an admin looks for.
        if (tx && tx.entries.length > 0 && !(error instanceof OrgFileError)) log.keep(tx, tx.entries, error);
        throw error;
      }
    },
    reload() {
      metadata.refresh();
      inTransaction(() => {
        const loaded = loadSchema(database, metadata, keyPrefix);
        schema = loaded.schema;
        automation = compileAutomation(metadata, schema, services).automation;
        if (!loaded.added.some(({ field }) => field.summary)) return;
        const [userId] = store.statement('SELECT "Id" FROM "User" WHERE "IsActive" = 1').get() as unknown as [string];
        const anybody = readUser(store, metadata, userId);
        fillSummaries(transactionFor(store, metadata, schema, automation, anybody, clock.now()), loaded.added);
      });
    },
    close: () => database.close(),
  };
}

function loadSchema(
  database: DatabaseSync,
  metadata: MetadataReader,
  keyPrefix: (object: string) => string,
): { readonly schema: Schema; readonly added: readonly AddedColumn[] } {
  const schema = buildSchema(metadata, { keyPrefix });
  const added = syncTables(database, schema);
  syncSetupRecords(database, metadata, schema);
  return { schema, added };
}

function accessOf(store: Store, metadata: MetadataReader, schema: Schema, user: UserContext): UserAccess {
  const profile = profileComponent(metadata, user.profileName);
  return userAccess(schema, grantsOf(metadata, profile, permissionSetsOf(store, user.id)), user);
}

function transactionFor(
  store: Store,
  metadata: MetadataReader,
  schema: Schema,
  automation: Automation,
  user: UserContext,
  now: Date,
  access?: UserAccess,
): LoggedTransaction {
  const defaults = new Map<string, string | null>();
  const fiscal = store
    .statement('SELECT "FiscalYearStartMonth", "UsesStartDateAsFiscalYearName" FROM "Organization"')
    .get() as unknown as [number | null, number] | undefined;
  return createTransaction({
    user,
    now,
    schema,
    automation,
    store,
    fiscalStartMonth: fiscal?.[0] ?? 1,
    fiscalYearNamedByStart: fiscal?.[1] === 1,
    ...(access && { access }),
    defaultRecordType(object) {
      let id = defaults.get(object.name);
      if (id === undefined)
        defaults.set(object.name, (id = defaultRecordType(metadata, schema, user.profileName, object.name)));
      return id;
    },
  });
}

/** Runs `work` in a transaction of its own, or in a savepoint of the one that is under way; undone when it throws. */
function runInTransaction<T>(database: DatabaseSync, file: string, work: () => T): T {
  const nested = database.isTransaction;
  database.exec(nested ? 'SAVEPOINT nested' : 'BEGIN');
  try {
    const result = work();
    database.exec(nested ? 'RELEASE nested' : 'COMMIT');
    return result;
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (database.isTransaction) database.exec(nested ? 'ROLLBACK TO nested; RELEASE nested' : 'ROLLBACK');
    throw explainFileTrouble(file, error);
  }
}
