import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { encode, layoutOf } from '../layout.ts';
import { makeId } from '../ids.ts';
import type { Store } from '../store.ts';
import type { Row } from '../types.ts';
import type { QueryEnvironment } from './environment.ts';

const filledFrom = new WeakMap<Store, Schema>();

/**
 * EntityDefinition and FieldDefinition are views of the schema: their rows are written when somebody first asks for
 * them.
 */
export function fillDefinitions(environment: QueryEnvironment, text: string): void {
  if (!/EntityDefinition|FieldDefinition/i.test(text)) return;
  const { store, schema } = environment;
  if (filledFrom.get(store) === schema) return;
  store.database.exec('DELETE FROM "EntityDefinition"; DELETE FROM "FieldDefinition"');
  const entity = schema.object('EntityDefinition')!;
  const fieldObject = schema.object('FieldDefinition')!;
  let entityNumber = 0;
  let fieldNumber = 0;
  for (const object of schema.objects.values()) {
    const id = makeId(entity.keyPrefix, ++entityNumber);
    write(store, entity, entityRow(id, object));
    for (const field of object.fields.values()) {
      write(store, fieldObject, fieldRow(makeId(fieldObject.keyPrefix, ++fieldNumber), id, object, field));
    }
  }
  filledFrom.set(store, schema);
}

function write(store: Store, object: ObjectDef, row: Row): void {
  const layout = layoutOf(object);
  store
    .statement(layout.insertSql)
    .run(...layout.columns.map((field) => encode(row[field.name] ?? (field.type === 'boolean' ? false : null))));
}

function developerName(name: string): string {
  return name.replace(/__\w$/, '');
}

function entityRow(id: string, object: ObjectDef): Row {
  return {
    Id: id,
    DurableId: object.name,
    QualifiedApiName: object.name,
    DeveloperName: developerName(object.name),
    MasterLabel: object.label,
    Label: object.label,
    PluralLabel: object.labelPlural,
    KeyPrefix: object.keyPrefix,
    IsCustomizable: object.createable,
    IsApexTriggerable: object.createable,
    IsTriggerable: object.createable,
    IsWorkflowEnabled: object.createable,
    IsQueryable: object.queryable,
    IsCustomSetting: false,
    NamespacePrefix: null,
  };
}

function fieldRow(id: string, entityId: string, object: ObjectDef, field: FieldDef): Row {
  return {
    Id: id,
    DurableId: `${object.name}.${field.name}`,
    QualifiedApiName: field.name,
    EntityDefinitionId: entityId,
    DeveloperName: developerName(field.name),
    MasterLabel: field.label,
    Label: field.label,
    NamespacePrefix: null,
    DataType: field.formula === null ? field.type : `Formula (${field.type})`,
    Length: field.length,
    Precision: field.precision,
    Scale: field.scale,
    IsCalculated: field.formula !== null,
    IsIndexed: field.unique || field.externalId || field.type === 'id',
    IsNillable: field.nillable,
    Description: null,
    RelationshipName: field.reference?.relationshipName ?? null,
    ValueTypeId: field.type,
  };
}
