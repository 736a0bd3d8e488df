import type { ObjectDef, Schema } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { parentField } from './ui-call.ts';

/** What a caller wants to see of a record: plain fields, and fields of parents by relationship. */
export interface FieldTree {
  /** Canonical field names. */
  readonly fields: Set<string>;
  /** By canonical relationship name: `Owner`, `RecordType`. */
  readonly parents: Map<string, FieldTree>;
}

export const emptyTree = (): FieldTree => ({ fields: new Set(), parents: new Map() });

/**
 * Adds `Opportunity.Account.Name` and the like to a tree. Unknown names are left out when they are optional; otherwise the call
 * is refused with the code the UI API uses ("Get a Record": an error is returned if the field doesn't exist).
 */
export function addFields(
  tree: FieldTree,
  schema: Schema,
  object: ObjectDef,
  names: readonly string[],
  optional: boolean,
): void {
  const unknown = names.filter((name) => !addField(tree, schema, object, name.split('.')));
  if (unknown.length > 0 && !optional) {
    const message = `Invalid field(s) for ${object.name}: ${unknown.join(', ')}`;
    throw new PlatformError('INVALID_FIELD', message, { fields: unknown });
  }
}

function addField(tree: FieldTree, schema: Schema, object: ObjectDef, path: readonly string[]): boolean {
  const [prefix, ...rest] = path;
  return prefix?.toLowerCase() === object.name.toLowerCase() && rest.length > 0 && addPath(tree, schema, object, rest);
}

function addPath(tree: FieldTree, schema: Schema, object: ObjectDef, path: readonly string[]): boolean {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    const field = object.fields.get(name.toLowerCase());
    if (field) tree.fields.add(field.name);
    return field !== undefined;
  }
  const field = parentField(object, name);
  const relationship = field?.reference?.relationshipName;
  const parent = schema.object(field?.reference?.to[0] ?? '');
  if (!relationship || !parent) return false;
  const branch = tree.parents.get(relationship) ?? emptyTree();
  if (!addPath(branch, schema, parent, rest)) return false;
  tree.parents.set(relationship, branch);
  return true;
}

/** Adds fields of the object by their plain names; for layouts, whose lookups also show the parent's name. */
export function addLayoutFields(tree: FieldTree, schema: Schema, object: ObjectDef, names: readonly string[]): void {
  for (const name of names) {
    const field = object.fields.get(name.toLowerCase());
    if (!field) continue;
    tree.fields.add(field.name);
    const relationship = field.reference?.relationshipName;
    const parent = schema.object(field.reference?.to[0] ?? '');
    if (!relationship || !parent?.fields.has('name')) continue;
    const branch = tree.parents.get(relationship) ?? emptyTree();
    branch.fields.add('Name');
    branch.fields.add('Id');
    tree.parents.set(relationship, branch);
  }
}
