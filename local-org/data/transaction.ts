import type { Automation } from '../automation/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { createLimits } from './limits.ts';
import { NO_AUTOMATION } from './no-automation.ts';
import { runSelection } from './select.ts';
import { fillSummary } from './save/roll-up.ts';
import type { SaveContext } from './save/save-context.ts';
import { saveRequest } from './save/save-request.ts';
import type { QueryEnvironment } from './soql/environment.ts';
import { runQuery, type SoqlOptions } from './soql/run-soql.ts';
import type { SoqlResult } from './soql/soql-result.ts';
import { noSuchObject } from './soql/soql-error.ts';
import type { Store } from './store.ts';
import type { AddedColumn } from './tables.ts';
import type { LogEntry, Row, SaveRequest, SaveResult, Selection, Transaction, UserContext } from './types.ts';

export interface TransactionSetup {
  readonly user: UserContext;
  readonly now: Date;
  readonly schema: Schema;
  readonly automation: Automation;
  readonly store: Store;
  readonly fiscalStartMonth: number;
  readonly defaultRecordType: (object: ObjectDef) => string | null;
}

/** What happened in a transaction, for whoever shows it. */
export interface LoggedTransaction extends Transaction {
  readonly entries: readonly LogEntry[];
}

const environments = new WeakMap<Transaction, QueryEnvironment>();
const contexts = new WeakMap<Transaction, SaveContext>();

/** A transaction over an open database transaction. Committing and rolling back is the caller's business. */
export function createTransaction(setup: TransactionSetup): LoggedTransaction {
  const { user, now, schema, store, automation } = setup;
  const entries: LogEntry[] = [];
  const limits = createLimits();
  const objectNamed = (name: string): ObjectDef => {
    const object = schema.object(name);
    if (!object) throw new PlatformError('INVALID_TYPE', noSuchObject(name));
    return object;
  };
  const tx: LoggedTransaction = {
    user,
    now,
    schema,
    limits,
    entries,
    log: (entry) => void entries.push(entry),
    byIds: (object: string, ids: readonly string[]): ReadonlyMap<string, Row> => store.byIds(objectNamed(object), ids),
    select: (selection: Selection): readonly Row[] => runSelection(environment, selection),
    save: (request: SaveRequest): readonly SaveResult[] => saveRequest(context, request),
  };
  const environment: QueryEnvironment = {
    schema,
    store,
    user,
    now,
    fiscalStartMonth: setup.fiscalStartMonth,
    formulaFields: (object, rows) => automation.formulaFields(tx, object.name, rows),
  };
  const context: SaveContext = {
    tx,
    environment,
    store,
    schema,
    automation,
    limits,
    timestamp: now.toISOString(),
    fiscalStartMonth: setup.fiscalStartMonth,
    depth: 0,
    defaultRecordType: setup.defaultRecordType,
    save: (request, options) => saveRequest(context, request, options),
  };
  environments.set(tx, environment);
  contexts.set(tx, context);
  return tx;
}

/** Runs a SOQL query in a transaction of this org. Not counted against limits. */
export function runSoql(tx: Transaction, text: string, options: SoqlOptions = {}): SoqlResult {
  const environment = environments.get(tx);
  if (!environment) throw new Error('runSoql needs a transaction made by createTransaction');
  return runQuery(environment, text, options);
}

/** How a save on behalf of the platform differs from that of a caller. */
export interface SystemSaveOptions {
  /** False leaves out flows and validation rules; defaults and formula fields stay. */
  readonly automation?: boolean;
  /** Record type of new records that name none; the transaction's user's default when left out. */
  readonly defaultRecordType?: (object: ObjectDef) => string | null;
}

/**
 * Saves on behalf of the platform: the same procedure, with fields that no caller may write (`IsConverted`,
 * `CreatedDate`). For lead conversion and for writing records that an org had before.
 */
export function saveAsSystem(
  tx: Transaction,
  request: SaveRequest,
  options: SystemSaveOptions = {},
): readonly SaveResult[] {
  const context = contexts.get(tx);
  if (!context) throw new Error('saveAsSystem needs a transaction made by createTransaction');
  const { automation } = context;
  const changed: SaveContext = {
    ...context,
    ...(options.automation === false && {
      automation: {
        ...NO_AUTOMATION,
        defaults: (...args) => automation.defaults(...args),
        formulaFields: (...args) => automation.formulaFields(...args),
      },
    }),
    ...(options.defaultRecordType && { defaultRecordType: options.defaultRecordType }),
  };
  return saveRequest(changed, request, { system: true });
}

/** Runs `work` so that what it saved is undone when it throws; the error goes on to the caller. */
export function inSavepoint<T>(tx: Transaction, work: () => T): T {
  const context = contexts.get(tx);
  if (!context) throw new Error('inSavepoint needs a transaction made by createTransaction');
  const { database } = context.store;
  database.exec('SAVEPOINT work');
  try {
    const result = work();
    database.exec('RELEASE work');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK TO work; RELEASE work');
    throw error;
  }
}

/** Gives new roll-up summary fields their first values. */
export function fillSummaries(tx: Transaction, added: readonly AddedColumn[]): void {
  const context = contexts.get(tx);
  if (!context) throw new Error('fillSummaries needs a transaction made by createTransaction');
  for (const { object, field } of added) if (field.summary) fillSummary(context, object, field);
}
