import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import type { Store } from '../store.ts';
import type { FieldValue, Row, UserContext } from '../types.ts';

/** What a query needs from its transaction. */
export interface QueryEnvironment {
  /** What the query may name: the whole schema, or what a user sees of it. */
  readonly schema: Schema;
  /** The whole schema, which formulas are computed with; left out where it is the same. */
  readonly wholeSchema?: Schema;
  readonly store: Store;
  readonly user: UserContext;
  readonly now: Date;
  /** SQL that holds for the rows that may be read, over an alias of the object's table; null when all may. Left out: all may. */
  readonly readable?: (object: ObjectDef, alias: string) => string | null;
  /** First month of the fiscal year, 1 to 12. */
  readonly fiscalStartMonth: number;
  /** The fiscal year is named after the calendar year in which it starts, not in which it ends. */
  readonly fiscalYearNamedByStart?: boolean;
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
