import type { UserAccess } from '../access/user-access.ts';
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
import { eachQueryId, queryIds, queryPage } from './soql/paged-query.ts';
import { runQuery, type SoqlOptions } from './soql/run-soql.ts';
import { withinReason } from './soql/too-complicated.ts';
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
  readonly fiscalYearNamedByStart?: boolean;
  readonly defaultRecordType: (object: ObjectDef) => string | null;
  /** What the user may see and do; absent in system mode. */
  readonly access?: UserAccess;
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
    log: (entry) => void entries.push({ ...entry, depth: context.depth }),
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
    fiscalYearNamedByStart: setup.fiscalYearNamedByStart ?? false,
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
    fiscalYearNamedByStart: setup.fiscalYearNamedByStart ?? false,
    depth: 0,
    defaultRecordType: setup.defaultRecordType,
    save: (request, options) => saveRequest(context, request, options),
  };
  environments.set(tx, environment);
  contexts.set(tx, context);
  return setup.access ? asUser(tx, setup.access, environment, context) : tx;
}

/** The same transaction as its user may use it: what he does not see is not there, what he may not do is refused. */
function asUser(
  system: LoggedTransaction,
  access: UserAccess,
  environment: QueryEnvironment,
  context: SaveContext,
): LoggedTransaction {
  const seen: QueryEnvironment = {
    ...environment,
    schema: access.schema,
    wholeSchema: environment.schema,
    readable: (object, alias) => access.records.condition(object, 'read', alias),
  };
  const tx: LoggedTransaction = {
    ...system,
    schema: access.schema,
    byIds: (object, ids) => readableByIds(seen, object, ids),
    select: (selection) => runSelection(seen, selection),
    save: (request) => saveRequest(context, request, { access }),
  };
  environments.set(tx, seen);
  contexts.set(tx, context);
  systemOf.set(tx, system);
  return tx;
}

const systemOf = new WeakMap<Transaction, Transaction>();

/** The transaction as the platform itself uses it: formulas and automation see everything. */
export function inSystemMode(tx: Transaction): Transaction {
  return systemOf.get(tx) ?? tx;
}

const forCallers = new WeakMap<Automation, Automation>();

/** Automation whose formula fields are computed in system mode, whatever transaction asks for them. */
export function forAnyTransaction(automation: Automation): Automation {
  let wrapped = forCallers.get(automation);
  if (!wrapped) {
    wrapped = {
      ...automation,
      formulaFields: (tx, object, rows) => automation.formulaFields(inSystemMode(tx), object, rows),
    };
    forCallers.set(automation, wrapped);
  }
  return wrapped;
}

function readableByIds(environment: QueryEnvironment, name: string, ids: readonly string[]): ReadonlyMap<string, Row> {
  const object = environment.schema.object(name);
  const whole = environment.wholeSchema?.object(name);
  if (!object || !whole) throw new PlatformError('INVALID_TYPE', noSuchObject(name));
  if (!environment.readable?.(object, 't')) return environment.store.byIds(whole, ids);
  const rows = runSelection(environment, { object: name, filter: { field: 'Id', operator: 'in', value: ids } });
  return new Map(rows.map((row) => [row['Id'] as string, row]));
}

/** Runs a SOQL query in a transaction of this org. Not counted against limits. */
export function runSoql(tx: Transaction, text: string, options: SoqlOptions = {}): SoqlResult {
  const environment = environments.get(tx);
  if (!environment) throw new Error('runSoql needs a transaction made by createTransaction');
  return withinReason(text, () => runQuery(environment, text, options));
}

/**
 * Ids of the records that a query finds, in order, without reading the records; null for a query with aggregates. With
 * `soqlPage` a large result is read a page at a time.
 */
export function soqlIds(tx: Transaction, text: string, options: SoqlOptions = {}): readonly string[] | null {
  const environment = environments.get(tx);
  if (!environment) throw new Error('soqlIds needs a transaction made by createTransaction');
  return withinReason(text, () => queryIds(environment, text, options));
}

/** The same ids one at a time, for results of any size; they are to be read within the transaction. */
export function eachSoqlId(tx: Transaction, text: string, options: SoqlOptions = {}): Iterable<string> | null {
  const environment = environments.get(tx);
  if (!environment) throw new Error('eachSoqlId needs a transaction made by createTransaction');
  return withinReason(text, () => eachQueryId(environment, text, options));
}

/** The records with these ids, as the query selects them. */
export function soqlPage(tx: Transaction, text: string, ids: readonly string[]): SoqlResult {
  const environment = environments.get(tx);
  if (!environment) throw new Error('soqlPage needs a transaction made by createTransaction');
  return queryPage(environment, text, ids);
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
