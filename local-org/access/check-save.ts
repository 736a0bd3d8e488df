import { quote } from '../data/layout.ts';
import type { SaveAction, SaveContext, SaveInput } from '../data/save/save-context.ts';
import { badRecordType, badReference, saveError } from '../data/save/save-errors.ts';
import type { SaveError } from '../data/types.ts';
import type { ObjectDef } from '../schema/types.ts';
import { governingParent, isPermissioned } from './governed-objects.ts';
import type { RecordUse } from './record-access.ts';
import type { UserAccess } from './user-access.ts';

/** DOC api/sforce_api_calls_concepts_core_data_objects "StatusCode"; texts as vendors' support pages quote them. */
export const noRightsOnRecord = (): SaveError =>
  saveError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
export const noRightsOnReference = (id: string): SaveError =>
  saveError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', `insufficient access rights on cross-reference id: ${id}`);
/** Text as forums quote it for users who lack the object's Create permission; the code is unconfirmed. */
export const mayNotCreate = (object: ObjectDef): SaveError =>
  saveError('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be inserted: ${object.label}`);

/** Adds to each input what forbids it to the user: object permissions, sharing, record types, records it points to. */
export function refuseForbidden(
  context: SaveContext,
  access: UserAccess,
  object: ObjectDef,
  action: SaveAction,
  inputs: readonly SaveInput[],
): void {
  const seen = access.schema.object(object.name);
  const allowed = {
    insert: seen?.createable,
    update: seen?.updateable,
    delete: seen?.deletable,
    undelete: seen?.deletable,
  }[action];
  if (!allowed) {
    for (const input of inputs) input.errors.push(action === 'insert' ? mayNotCreate(object) : noRightsOnRecord());
    return;
  }
  if (action !== 'insert') refuseRecords(context, access, object, action, inputs);
  if (action === 'delete' || action === 'undelete') return;
  refuseRecordTypes(context, access, object, action, inputs);
  refuseReferences(context, access, object, action, inputs);
}

/** Which of the ids meet the access condition. */
function reachable(
  context: SaveContext,
  access: UserAccess,
  object: ObjectDef,
  use: RecordUse,
  ids: readonly string[],
): ReadonlySet<string> | 'all' {
  const condition = access.records.condition(object, use, 't');
  if (condition === null || ids.length === 0) return 'all';
  const sql = `SELECT t."Id" FROM ${quote(object.name)} t WHERE t."Id" IN (SELECT value FROM json_each(?)) AND ${condition}`;
  const found = context.store.statement(sql).all(JSON.stringify(ids)) as unknown as [string][];
  return new Set(found.map(([id]) => id));
}

const has = (reached: ReadonlySet<string> | 'all', id: string): boolean => reached === 'all' || reached.has(id);

function refuseRecords(
  context: SaveContext,
  access: UserAccess,
  object: ObjectDef,
  action: 'update' | 'delete' | 'undelete',
  inputs: readonly SaveInput[],
): void {
  const ids = inputs.flatMap(({ id }) => id ?? []);
  const use = action === 'update' ? 'edit' : 'own';
  const editable = reachable(context, access, object, use, ids);
  const givesAway = inputs.filter(({ values }) => values.has('OwnerId'));
  const owned =
    object.sharingModel === 'ReadWriteTransfer'
      ? 'all'
      : reachable(
          context,
          access,
          object,
          'own',
          givesAway.flatMap(({ id }) => id ?? []),
        );
  if (editable === 'all' && owned === 'all') return;
  const readable = reachable(context, access, object, 'read', ids);
  for (const input of inputs) {
    const { id } = input;
    if (id === null) continue;
    if (!has(readable, id)) input.errors.push(badReference());
    else if (
      !has(editable, id) ||
      (givesAway.includes(input) && !has(owned, id) && changesOwner(context, object, input))
    )
      input.errors.push(noRightsOnRecord());
  }
}

function changesOwner(context: SaveContext, object: ObjectDef, { id, values }: SaveInput): boolean {
  return context.store.byIds(object, [id!]).get(id!)?.['OwnerId'] !== values.get('OwnerId');
}

/** A record type must be assigned to the user by his profile or a permission set. DOC object-reference/recordtype. */
function refuseRecordTypes(
  context: SaveContext,
  access: UserAccess,
  object: ObjectDef,
  action: 'insert' | 'update',
  inputs: readonly SaveInput[],
): void {
  for (const input of inputs) {
    const wanted = input.values.get('RecordTypeId');
    if (typeof wanted !== 'string') continue;
    const type = object.recordTypes.find(({ id }) => id === wanted);
    if (!type || type.isMaster || access.grants.recordTypes.has(`${object.name}.${type.developerName}`.toLowerCase()))
      continue;
    const before = action === 'update' && input.id ? context.store.byIds(object, [input.id]).get(input.id) : undefined;
    if (before?.['RecordTypeId'] !== wanted) input.errors.push(badRecordType(wanted));
  }
}

/** Records that a save points to must be readable; those that a new record belongs to must be editable. */
function refuseReferences(
  context: SaveContext,
  access: UserAccess,
  object: ObjectDef,
  action: 'insert' | 'update',
  inputs: readonly SaveInput[],
): void {
  const governing = action === 'insert' ? governingParent(context.schema, object)?.field : undefined;
  const uses = new Map<string, { parent: ObjectDef; use: RecordUse; ids: Map<string, SaveInput[]> }>();
  for (const input of inputs) {
    for (const [name, value] of input.values) {
      const field = object.fields.get(name.toLowerCase());
      if (!field?.reference || typeof value !== 'string' || field.name === 'OwnerId') continue;
      const parent = context.schema.objectOfId(value);
      if (!parent || !isPermissioned(parent)) continue;
      const use = field.name === governing ? 'edit' : 'read';
      const key = `${use} ${parent.name}`;
      const wanted = uses.get(key) ?? { parent, use, ids: new Map<string, SaveInput[]>() };
      uses.set(key, wanted);
      const list = wanted.ids.get(value);
      if (list) list.push(input);
      else wanted.ids.set(value, [input]);
    }
  }
  for (const { parent, use, ids } of uses.values()) {
    const reached = reachable(context, access, parent, use, [...ids.keys()]);
    for (const [id, blocked] of ids)
      if (!has(reached, id)) for (const input of blocked) input.errors.push(noRightsOnReference(id.slice(0, 15)));
  }
}
