import type { FieldValue, Row, SaveBatch, Transaction } from '../data/types.ts';

/** All automation of the org, compiled from its metadata. Rebuilt after a deploy; knows nothing of HTTP or SQLite. */
export interface Automation {
  /** Values of fields whose default is a formula, for a row about to be inserted. */
  defaults(tx: Transaction, object: string, row: Readonly<Row>): Readonly<Record<string, FieldValue>>;
  /** Step 3 of the order of execution: before-save record-triggered flows, in trigger order. */
  beforeSave(batch: SaveBatch): void;
  /** Step 5: active validation rules. */
  validate(batch: SaveBatch): void;
  /** Step 14: after-save record-triggered flows, in trigger order. An unhandled fault adds an error to its row. */
  afterSave(batch: SaveBatch): void;
  beforeDelete(batch: SaveBatch): void;
  /** Values of the object's formula fields for many rows at once. */
  formulaFields(
    tx: Transaction,
    object: string,
    rows: readonly Readonly<Row>[],
  ): readonly Readonly<Record<string, FieldValue>>[];
}
