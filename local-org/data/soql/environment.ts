import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import type { Store } from '../store.ts';
import type { FieldValue, Row, UserContext } from '../types.ts';

/** What a query needs from its transaction. */
export interface QueryEnvironment {
  readonly schema: Schema;
  readonly store: Store;
  readonly user: UserContext;
  readonly now: Date;
  /** First month of the fiscal year, 1 to 12. */
  readonly fiscalStartMonth: number;
  /** Formula fields of many rows at once. */
  formulaFields(object: ObjectDef, rows: readonly Readonly<Row>[]): readonly Readonly<Record<string, FieldValue>>[];
}

/** A column that a path leads to. */
export interface Column {
  readonly sql: string;
  readonly field: FieldDef;
  /** The object that has the field. */
  readonly object: ObjectDef;
  /** Canonical path, parents' relationship names first. */
  readonly path: readonly string[];
}
