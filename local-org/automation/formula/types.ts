import type { FieldValue, Row, Transaction } from '../../data/types.ts';
import type { FieldDef } from '../../schema/types.ts';

/** Type names as the platform's messages spell them (labels.xml, FormulaFieldExceptionDataTypes). */
export type FormulaType =
  'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'Time' | 'Picklist' | 'Multipicklist' | 'Location' | 'Null';

/**
 * Values inside a formula are field values, with two differences: blank text is '' (never null), and a number read from
 * a
 * percent field is divided by 100 ("Percent fields … are represented as a decimal", help article 000380436).
 * A null Boolean is "unknown", as in the platform's three-valued comparison.
 */
export type Evaluate<F> = (frame: F) => FieldValue;

/** How to reach a parent row: the lookup fields to follow, and the objects each may point to. */
export interface Hop {
  readonly field: string;
  readonly to: readonly string[];
}
export type ParentPath = readonly Hop[];

/** Something a formula names: a field, a global, a flow's variable. */
export interface Reference<F> {
  readonly name: string;
  readonly type: FormulaType;
  readonly evaluate: Evaluate<F>;
  /** The value before the save; null when the name is not a field of the record that is being saved. */
  readonly prior: Evaluate<F> | null;
  readonly field: FieldDef | null;
  /** Parents that must be loaded to read it. */
  readonly paths: readonly ParentPath[];
}

/** What a formula is evaluated for, shared by all frames of one batch. */
export interface Session {
  readonly tx: Transaction;
  /**
   * ISO 8601 in UTC. "A Date/Time value's precision is in seconds" (usefulFormulaFields, Using Date … Values in
   * Formulas).
   */
  readonly now: string;
  /** Today in the user's time zone. */
  readonly today: string;
  readonly timeZone: string;
  /** A parent row by object and id, from the cache or else from the transaction; null when there is none. */
  parent(object: string, id: string): Row | null;
  /** Loads parents for many rows at once. */
  preload(rows: readonly (Readonly<Row> | null)[], paths: readonly ParentPath[]): void;
}

export interface Framed {
  readonly session: Session;
}

/** A field of some object, as VLOOKUP names it. */
export interface Column {
  readonly object: string;
  readonly field: string;
  readonly type: FormulaType;
  readonly value: (session: Session, row: Readonly<Row>) => FieldValue;
}

/** What surrounds a formula: which names it may use, and what the functions about the saved record answer. */
export interface Scope<F extends Framed> {
  /** Throws a FormulaError (`at` is filled in by the compiler). */
  resolve(name: string): Reference<F>;
  /**
   * The field behind `$ObjectType.Object__c.Fields.Field__c`, null for other names. Absent where VLOOKUP may not be used.
   */
  readonly column?: (name: string) => Column | null;
  /** Absent where ISNEW, ISCHANGED and PRIORVALUE may not be used. */
  readonly saved: {
    readonly isNew: (frame: F) => boolean;
    readonly isClone: (frame: F) => boolean;
    readonly hasPrior: (frame: F) => boolean;
  } | null;
  /**
   * `unknown`: comparing with null gives null. `strict`: `=` and `<>` treat null as a value and `<` refuses it, as flow
   * formulas do ("The value 'null' is not valid for operator '>'."; OperatorComparison.shouldReturnBoolResult).
   */
  readonly nulls: 'unknown' | 'strict';
  readonly blankNumbersAsZero: boolean;
  /** Functions this kind of formula may not use, in upper case. */
  readonly refusedFunctions?: ReadonlySet<string>;
}

/** An expression that has passed the type check. */
export interface Expression<F> {
  readonly type: FormulaType;
  readonly evaluate: Evaluate<F>;
  readonly at: number;
  readonly reference: Reference<F> | null;
  /** The value of a text literal. */
  readonly literal: string | null;
  /** A value that no frame changes. */
  readonly constant: boolean;
}

/** A compiled formula; `evaluate` gives '' for blank text. */
export interface CompiledFormula<F> {
  readonly type: FormulaType;
  readonly evaluate: Evaluate<F>;
  readonly paths: readonly ParentPath[];
}
