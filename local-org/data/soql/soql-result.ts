import type { FieldType } from '../../schema/types.ts';
import type { FieldValue } from '../types.ts';

/** Value of a selected item: a field's value, a parent record, or the children of a subquery. */
export type SoqlValue = FieldValue | SoqlRecord | SoqlChildren;

export interface SoqlRecord {
  readonly kind: 'record';
  /** The record's object; `AggregateResult` for grouped rows. */
  readonly object: string;
  /** Null for an AggregateResult. */
  readonly id: string | null;
  /**
   * In select order, by canonical name. `Account.Name` is `values.Account` (a record, or null when there is no
   * parent); a subquery is under its relationship name (null when there are no children); an aggregate under its alias
   * or `expr0`.
   */
  readonly values: Readonly<Record<string, SoqlValue>>;
}

export interface SoqlChildren {
  readonly kind: 'children';
  readonly totalSize: number;
  /** Always true: children are never cut into pages here. */
  readonly done: boolean;
  readonly records: readonly SoqlRecord[];
}

/** One selected item, for `columns=true` and for CSV headers. */
export interface SoqlColumn {
  /** `['Account', 'Name']`; `['expr0']`; for a subquery `['Opportunities']`. */
  readonly path: readonly string[];
  readonly aggregate: boolean;
  readonly type: FieldType | null;
  /** Columns of a subquery. */
  readonly children: readonly SoqlColumn[] | null;
}

export interface SoqlResult {
  readonly kind: 'result';
  /** For `SELECT COUNT()` the count, with no records. */
  readonly totalSize: number;
  readonly records: readonly SoqlRecord[];
  /** Canonical name of the object in FROM. */
  readonly object: string;
  readonly columns: readonly SoqlColumn[];
}
