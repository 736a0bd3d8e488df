import type { Automation } from '../../automation/types.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import type { TransactionLimits } from '../limits.ts';
import type { QueryEnvironment } from '../soql/environment.ts';
import type { Store } from '../store.ts';
import type { FieldValue, Row, SaveError, SaveRequest, SaveResult, SaveRow, Transaction } from '../types.ts';

/** What the save procedure works with, for one transaction. */
export interface SaveContext {
  readonly tx: Transaction;
  readonly store: Store;
  readonly environment: QueryEnvironment;
  readonly schema: Schema;
  readonly automation: Automation;
  readonly limits: TransactionLimits;
  /** `now` as a stored datetime. */
  readonly timestamp: string;
  readonly fiscalStartMonth: number;
  /** The fiscal year is named after the calendar year in which it starts. */
  readonly fiscalYearNamedByStart: boolean;
  /** How many saves are under way, one inside the other. */
  depth: number;
  /** Record type that the user's profile makes the default of an object; null for the master. */
  defaultRecordType(object: ObjectDef): string | null;
  /**
   * The procedure itself, for what one record's save does to another. `system` may write fields that callers may not.
   */
  save(request: SaveRequest, options?: { readonly system?: boolean }): readonly SaveResult[];
}

export type SaveAction = 'insert' | 'update' | 'delete' | 'undelete';

/** A record of the request, its values converted. */
export interface SaveInput {
  /** Position in the request. */
  readonly index: number;
  /** Null on insert. */
  readonly id: string | null;
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly errors: SaveError[];
}

/** A row on its way, with what only the procedure knows. */
export interface WorkingRow extends SaveRow {
  readonly before: Readonly<Row> | null;
  readonly after: Row;
  readonly input: SaveInput;
  /** Written on behalf of the platform, not of a caller. */
  readonly system: boolean;
}

/** Rules of one object beyond what its definition says. Each gets only rows without errors. */
export interface ObjectRules {
  /** Values that follow from others; before automation and again after it. */
  derive?(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[], pass: 'before' | 'after'): void;
  check?(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[], action: SaveAction): void;
  /** After the rows are in the table, before after-save automation. */
  written?(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[], action: SaveAction): void;
  /** After the rows went to the recycle bin or came back from it. */
  removed?(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void;
}
