import type { ObjectDef } from '../../schema/types.ts';
import type { Row } from '../types.ts';
import { checkReferences, checkUnique } from './check-references.ts';
import { checkRows, normalizeRows } from './check-rows.ts';
import { rowWithDefaults, touch } from './default-values.ts';
import { refuseHeld, refuseHeldParents } from './held-rows.ts';
import { rollUp } from './roll-up.ts';
import { markWritten } from './late-failure.ts';
import { rulesOf } from './object-rules.ts';
import type { SaveContext, SaveInput, WorkingRow } from './save-context.ts';
import { badReference, entityIsDeleted, saveError } from './save-errors.ts';

/**
 * Inserts or updates at most 200 records in the documented order of execution (DOC
 * apex-guide/apex-triggers-order-of-execution): load, before-save flows, system validation, validation rules, write,
 * after-save flows. Rows with errors drop out on the way; the caller rolls back and tries the good ones again when a
 * row fails after it was written.
 */
export function saveBatch(
  context: SaveContext,
  object: ObjectDef,
  action: 'insert' | 'update',
  inputs: readonly SaveInput[],
  system: boolean,
): readonly WorkingRow[] {
  const { tx, automation } = context;
  const all =
    action === 'insert' ? newRows(context, object, inputs, system) : changedRows(context, object, inputs, system);
  refuseHeld(context, all);
  const good = (): WorkingRow[] => all.filter((row) => row.errors.length === 0);
  const rules = rulesOf(object.name);
  const step = (name: string, rows: readonly WorkingRow[]): void =>
    tx.log({ step: name, detail: `${object.name} ${action}, ${rows.length} rows` });

  rules?.derive?.(context, object, good(), 'before');
  let rows = good();
  if (rows.length > 0) {
    step('before-save automation', rows);
    automation.beforeSave({ tx, object, operation: action, rows });
  }
  rows = good();
  normalizeRows(context, object, rows);
  rules?.derive?.(context, object, good(), 'after');
  step('system validation', rows);
  checkRows(context, object, good());
  checkReferences(context, object, good());
  refuseHeldParents(context, object, good());
  rules?.check?.(context, object, good(), action);
  rows = good();
  if (rows.length > 0) {
    step('validation rules', rows);
    automation.validate({ tx, object, operation: action, rows });
  }
  checkUnique(context, object, good());
  rows = good();
  write(context, object, action, rows);
  step('written', rows);
  rules?.written?.(context, object, rows, action);
  rollUp(context, object, rows);
  rows = good();
  if (rows.length > 0) {
    step('after-save automation', rows);
    automation.afterSave({ tx, object, operation: action, rows });
  }
  return all;
}

function newRows(
  context: SaveContext,
  object: ObjectDef,
  inputs: readonly SaveInput[],
  system: boolean,
): readonly WorkingRow[] {
  return inputs.map((input) => ({
    before: null,
    after: rowWithDefaults(context, object, input, context.store.newId(object)),
    explicit: new Set(input.values.keys()),
    errors: [...input.errors],
    input,
    system,
  }));
}

function changedRows(
  context: SaveContext,
  object: ObjectDef,
  inputs: readonly SaveInput[],
  system: boolean,
): readonly WorkingRow[] {
  const ids = inputs.flatMap((input) => (input.id ? [input.id] : []));
  const found = context.store.byIds(object, ids, { includeDeleted: true });
  return inputs.map((input): WorkingRow => {
    const before: Row = found.get(input.id ?? '') ?? {};
    const errors = [...input.errors];
    if (input.id === null) {
      if (errors.length === 0) errors.push(saveError('MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']));
    } else if (!found.has(input.id)) errors.push(badReference());
    else if (before['IsDeleted'] === true) errors.push(entityIsDeleted());
    const after: Row = { ...before };
    for (const [name, value] of input.values) after[name] = value;
    return { before, after, explicit: new Set(input.values.keys()), errors, input, system };
  });
}

function write(
  context: SaveContext,
  object: ObjectDef,
  action: 'insert' | 'update',
  rows: readonly WorkingRow[],
): void {
  for (const row of rows) {
    if (action === 'insert') context.store.insert(object, row.after);
    else {
      touch(context, object, row.after);
      context.store.update(object, row.before!, row.after);
    }
    markWritten(row);
  }
}
