import type { ObjectDef } from '../../schema/types.ts';
import { encode, quote } from '../layout.ts';
import type { Row } from '../types.ts';
import { touch } from './default-values.ts';
import { refuseHeld } from './held-rows.ts';
import { markWritten } from './late-failure.ts';
import { rulesOf } from './object-rules.ts';
import { rollUp } from './roll-up.ts';
import type { SaveContext, SaveInput, WorkingRow } from './save-context.ts';
import { badReference, entityIsDeleted, saveError } from './save-errors.ts';

/**
 * Deletes records with what depends on them. A record with IsDeleted goes to the recycle bin, others are gone. DOC
 * api/sforce_api_calls_delete, object-reference "Relationships among objects".
 */
export function deleteBatch(
  context: SaveContext,
  object: ObjectDef,
  inputs: readonly SaveInput[],
): readonly WorkingRow[] {
  const rows = loadRows(context, object, inputs);
  for (const row of rows) {
    if (row.errors.length === 0 && row.before!['IsDeleted'] === true) row.errors.push(entityIsDeleted());
  }
  refuseHeld(context, rows);
  const good = (): WorkingRow[] => rows.filter((row) => row.errors.length === 0);
  if (good().length > 0) context.automation.beforeDelete({ tx: context.tx, object, operation: 'delete', rows: good() });
  for (const row of good()) {
    const problem = findRestriction(context, object, row);
    if (problem) row.errors.push(problem);
  }
  for (const row of good()) {
    remove(context, object, row.before as Row, row.before!['Id'] as string);
    markWritten(row);
  }
  settle(context, object, good());
  return rows;
}

/** What a disappearance or return changes in other records. Their errors make the row fail after all. */
function settle(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  rollUp(context, object, rows);
  rulesOf(object.name)?.removed?.(context, object, rows);
}

/**
 * Brings records back from the recycle bin, with what was deleted along with them. DOC api/sforce_api_calls_undelete.
 */
export function undeleteBatch(
  context: SaveContext,
  object: ObjectDef,
  inputs: readonly SaveInput[],
): readonly WorkingRow[] {
  const rows = loadRows(context, object, inputs);
  for (const row of rows) {
    if (row.errors.length > 0) continue;
    if (row.before!['IsDeleted'] !== true)
      row.errors.push(saveError('UNDELETE_FAILED', 'Entity is not in the recycle bin'));
    else {
      restore(context, object, row.before!['Id'] as string);
      markWritten(row);
    }
  }
  settle(
    context,
    object,
    rows.filter((row) => row.errors.length === 0),
  );
  return rows;
}

function loadRows(context: SaveContext, object: ObjectDef, inputs: readonly SaveInput[]): readonly WorkingRow[] {
  const found = context.store.byIds(
    object,
    inputs.flatMap((input) => (input.id ? [input.id] : [])),
    { includeDeleted: true },
  );
  return inputs.map((input) => {
    const before = found.get(input.id ?? '') ?? null;
    const errors = [...input.errors];
    if (!before && errors.length === 0) {
      errors.push(input.id === null ? saveError('MALFORMED_ID', 'malformed id null') : badReference());
    }
    return { before: before ?? {}, after: { ...before }, explicit: new Set<string>(), errors, input, system: false };
  });
}

interface Dependents {
  readonly object: ObjectDef;
  readonly field: string;
  readonly onDelete: 'setNull' | 'restrict' | 'cascade';
  readonly rows: readonly Row[];
}

function dependentsOf(context: SaveContext, object: ObjectDef, id: string): readonly Dependents[] {
  return context.schema.children(object.name).flatMap((relation) => {
    if (relation.field === 'CreatedById' || relation.field === 'LastModifiedById' || relation.field === 'RecordTypeId')
      return [];
    const child = context.schema.object(relation.childObject)!;
    const rows = context.store.byColumn(child, relation.field, [id]);
    return rows.length === 0 ? [] : [{ object: child, field: relation.field, onDelete: relation.onDelete, rows }];
  });
}

/** Why a record may not go: the platform names the first records that hold it. */
function findRestriction(
  context: SaveContext,
  object: ObjectDef,
  row: WorkingRow,
): ReturnType<typeof saveError> | null {
  const id = row.before!['Id'] as string;
  const name = String(row.before!['Name'] ?? id);
  if (object.name === 'Account') {
    const won =
      dependentsOf(context, object, id)
        .find((d) => d.object.name === 'Opportunity')
        ?.rows.filter((child) => child['IsWon'] === true) ?? [];
    if (won.length > 0) return deleteFailed(name, 'opportunities', won);
  }
  for (const { object: child, onDelete, rows } of dependentsOf(context, object, id)) {
    if (onDelete === 'restrict') return deleteFailed(name, child.labelPlural.toLowerCase(), rows);
  }
  return null;
}

function deleteFailed(name: string, kind: string, rows: readonly Row[]): ReturnType<typeof saveError> {
  const names = rows.map((row) => String(row['Name'] ?? row['Id'])).join(', ');
  return saveError(
    'DELETE_FAILED',
    `Your attempt to delete ${name} could not be completed because it is associated with the following ${kind}.: ${names}\n`,
  );
}

function remove(context: SaveContext, object: ObjectDef, row: Row, rootId: string): void {
  const id = row['Id'] as string;
  for (const { object: child, field, onDelete, rows } of dependentsOf(context, object, id)) {
    for (const dependent of rows) {
      if (onDelete === 'cascade') remove(context, child, dependent, rootId);
      else context.store.update(child, dependent, { ...dependent, [field]: null });
    }
  }
  if (!object.fields.has('isdeleted')) {
    context.store.statement(`DELETE FROM ${quote(object.name)} WHERE "Id" = ?`).run(id);
    return;
  }
  const after = { ...row, IsDeleted: true };
  touch(context, object, after);
  context.store.update(object, row, after);
  context.store.statement('INSERT OR REPLACE INTO _recycle_bin VALUES (?, ?, ?)').run(id, object.name, rootId);
}

function restore(context: SaveContext, object: ObjectDef, id: string): void {
  const entries = context.store
    .statement('SELECT id, object FROM _recycle_bin WHERE root = ? OR id = ?')
    .all(id, id) as unknown as [string, string][];
  for (const [entryId, name] of [[id, object.name] as const, ...entries]) {
    context.store
      .statement(`UPDATE ${quote(name)} SET "IsDeleted" = 0, "SystemModstamp" = ? WHERE "Id" = ?`)
      .run(encode(context.timestamp), entryId);
    context.store.statement('DELETE FROM _recycle_bin WHERE id = ?').run(entryId);
  }
}
