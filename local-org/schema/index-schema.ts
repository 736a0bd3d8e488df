import type { ChildRelationship, ObjectDef, Schema } from './types.ts';

/** The look-ups of a Schema over finished definitions. */
export function indexSchema(definitions: readonly ObjectDef[]): Schema {
  const objects = new Map(definitions.map((object) => [object.name.toLowerCase(), object]));
  const byPrefix = new Map<string, ObjectDef>();
  const children = new Map<string, ChildRelationship[]>();
  for (const object of definitions) {
    // Picklist master records share a prefix (01J); the first definition answers for it.
    if (!byPrefix.has(object.keyPrefix)) byPrefix.set(object.keyPrefix, object);
    for (const field of object.fields.values()) {
      for (const parent of field.reference?.to ?? []) {
        const list = children.get(parent.toLowerCase()) ?? [];
        list.push({
          childObject: object.name,
          field: field.name,
          relationshipName: field.reference?.childRelationshipName ?? null,
          onDelete: field.reference?.onDelete ?? 'setNull',
        });
        children.set(parent.toLowerCase(), list);
      }
    }
  }
  return {
    objects,
    object: (name) => objects.get(name.toLowerCase()),
    objectOfId: (id) => byPrefix.get(id.slice(0, 3)),
    children: (name) => children.get(name.toLowerCase()) ?? [],
  };
}
