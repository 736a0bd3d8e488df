import type { FieldValue, Row } from '../../data/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { ParentPath, Session } from '../formula/types.ts';

/** Reads a value from a row, and from its parents where the value is theirs. */
export type ReadRow = (session: Session, row: Readonly<Row>) => FieldValue;

/** The org's formula fields, compiled when first asked for and then kept. */
export interface FormulaFields {
  /** Throws a FormulaError when the field's formula does not compile or refers to itself. */
  read(
    object: ObjectDef,
    field: FieldDef,
  ): { readonly raw: ReadRow; readonly value: ReadRow; readonly paths: readonly ParentPath[] };
}
