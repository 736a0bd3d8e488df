import type { ObjectDef, Schema } from '../schema/types.ts';

/**
 * Values inside the local org: dates are `YYYY-MM-DD`, datetimes ISO 8601 in UTC with milliseconds and `Z`, ids 18 characters,
 * multi-select picklists `a;b`. Only the API layer knows other spellings (`+0000`).
 */
export type FieldValue = string | number | boolean | null;

/** A record's stored values by canonical field name, `Id` included. Formula fields are not in it. */
export type Row = Record<string, FieldValue>;

export interface UserContext {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly profileId: string;
  readonly profileName: string;
  readonly roleId: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Developer names of custom permissions granted by profile and permission sets. */
  readonly customPermissions: ReadonlySet<string>;
  /** The session that the request came with, and the org's address in it; absent for work without a request. */
  readonly session?: { readonly id: string; readonly url: string };
}

export interface SaveError {
  /** A StatusCode: `FIELD_CUSTOM_VALIDATION_EXCEPTION`, `REQUIRED_FIELD_MISSING`. */
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

export interface SaveResult {
  readonly id: string | null;
  readonly success: boolean;
  readonly created: boolean;
  readonly errors: readonly SaveError[];
}

export type SaveOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'undelete';

export interface SaveRequest {
  readonly operation: SaveOperation;
  /** API name; every record of a request is of one object. */
  readonly object: string;
  /** What the caller set, by field name in any case; `Id` for update and delete. */
  readonly records: readonly Readonly<Record<string, FieldValue>>[];
  readonly allOrNone: boolean;
  /** For upsert. */
  readonly externalIdField?: string;
}

/** One record on its way through the save procedure. Before-save automation changes `after`; anyone adds to `errors`. */
export interface SaveRow {
  /** Null on insert. */
  readonly before: Readonly<Row> | null;
  /** Complete: defaults and unchanged values are filled in. On delete it equals `before`. */
  readonly after: Row;
  /** Canonical names of the fields that the caller set. */
  readonly explicit: ReadonlySet<string>;
  readonly errors: SaveError[];
}

/** At most 200 rows that go through the order of execution together. */
export interface SaveBatch {
  readonly tx: Transaction;
  readonly object: ObjectDef;
  readonly operation: 'insert' | 'update' | 'delete' | 'undelete';
  readonly rows: readonly SaveRow[];
}

/** A condition on one object's rows. Field names may be parent paths (`Account.Name`). */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | {
      readonly field: string;
      readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'startsWith' | 'endsWith' | 'contains' | 'in' | 'notIn';
      readonly value: FieldValue | readonly FieldValue[];
    };

export interface Selection {
  readonly object: string;
  readonly filter: Filter | null;
  readonly orderBy?: readonly { readonly field: string; readonly descending: boolean }[];
  readonly limit?: number;
}

/** Governed resources of one transaction, named as Apex `Limits` names them. */
export type LimitName = 'queries' | 'queryRows' | 'dmlStatements' | 'dmlRows' | 'cpuTimeMs' | 'duplicateUpdates';

export interface Limits {
  /** Adds to what is used; above the limit it throws a PlatformError with the platform's LimitException text. */
  use(name: LimitName, amount: number): void;
  used(name: LimitName): number;
  limit(name: LimitName): number;
}

/** What happened in a transaction, in order, for `waterfall org log`. */
export interface LogEntry {
  readonly step: string;
  readonly detail: string;
  /** How many saves deep, set by the transaction: 1 in the save that the caller asked for, 2 in one that a flow made. */
  readonly depth?: number;
}

/** One database transaction on behalf of one user. Everything in it is synchronous. */
export interface Transaction {
  readonly user: UserContext;
  /** The moment the transaction began, by the org's clock. */
  readonly now: Date;
  readonly schema: Schema;
  readonly limits: Limits;
  log(entry: LogEntry): void;
  /** Rows by id, deleted ones left out. Not counted against limits: for the platform's own look-ups (parents in formulas). */
  byIds(object: string, ids: readonly string[]): ReadonlyMap<string, Row>;
  /** Runs a selection. Not counted: the caller counts, since what counts as one query is the caller's rule. */
  select(selection: Selection): readonly Row[];
  /** The save procedure, in chunks of 200. Not counted, for the same reason. Results are in request order. */
  save(request: SaveRequest): readonly SaveResult[];
}
