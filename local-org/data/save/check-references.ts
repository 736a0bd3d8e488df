import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { layoutOf, quote } from '../layout.ts';
import { encode, isCaseInsensitive } from '../layout.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';
import { badReference, duplicateValue, entityIsDeleted, inactiveOwner } from './save-errors.ts';

/** Every changed lookup must lead to a record that exists; every owner must be active. One query per parent object. */
export function checkReferences(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  const wanted = new Map<string, Set<string>>();
  const uses: { row: WorkingRow; field: FieldDef; id: string }[] = [];
  for (const field of layoutOf(object).columns) {
    if (!field.reference || (!field.createable && !field.updateable)) continue;
    for (const row of rows) {
      const id = row.after[field.name];
      if (typeof id !== 'string' || row.before?.[field.name] === id) continue;
      const parent = context.schema.objectOfId(id);
      if (!parent) continue;
      if (parent.name === 'RecordType') continue;
      uses.push({ row, field, id });
      const ids = wanted.get(parent.name) ?? new Set<string>();
      wanted.set(parent.name, ids.add(id));
    }
  }
  const found = new Map(
    [...wanted].map(([name, ids]) => [
      name,
      context.store.byIds(context.schema.object(name)!, [...ids], { includeDeleted: true }),
    ]),
  );
  for (const { row, field, id } of uses) {
    const parent = found.get(context.schema.objectOfId(id)!.name)?.get(id);
    if (!parent) row.errors.push(badReference(field));
    else if (parent['IsDeleted'] === true) row.errors.push(entityIsDeleted());
    else if (field.name === 'OwnerId' && parent['IsActive'] === false) row.errors.push(inactiveOwner(object, id));
  }
}

/** Values of unique fields, against the table and within the batch. */
export function checkUnique(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  for (const field of layoutOf(object).columns) {
    if (!field.unique && !ALWAYS_UNIQUE.has(`${object.name}.${field.name}`)) continue;
    const fold = (value: unknown): string => (isCaseInsensitive(field) ? String(value).toLowerCase() : String(value));
    const first = new Map<string, string>();
    for (const row of rows) {
      const value = row.after[field.name] ?? null;
      if (value === null || row.before?.[field.name] === value) continue;
      const id = row.after['Id'] as string;
      const other = first.get(fold(value)) ?? ownerOf(context, object, field, encode(value), id);
      if (other) row.errors.push(duplicateValue(field, other));
      else first.set(fold(value), id);
    }
  }
}

/** Unique without a definition that says so. DOC object-reference/user. */
const ALWAYS_UNIQUE = new Set(['User.Username']);

function ownerOf(
  context: SaveContext,
  object: ObjectDef,
  field: FieldDef,
  value: string | number | null,
  self: string,
): string | null {
  const alive = object.fields.has('isdeleted') ? ' AND "IsDeleted" = 0' : '';
  const sql = `SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? AND "Id" <> ?${alive} LIMIT 1`;
  const row = context.store.statement(sql).get(value, self) as unknown as [string] | undefined;
  return row?.[0] ?? null;
}
