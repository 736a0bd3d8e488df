import type { MetadataReader, StoredComponent } from '../metadata/types.ts';
import { customFieldDef } from './custom-field.ts';
import { customObjectFields } from './custom-object.ts';
import { indexSchema } from './index-schema.ts';
import { recordTypesOf } from './record-types.ts';
import { standardFieldDef, standardObjects, type StandardObject } from './standard-objects.ts';
import { standardValueSet } from './value-sets.ts';
import type { FieldDef, ObjectDef, Schema } from './types.ts';

export interface SchemaOptions {
  /** Key prefix of a custom object (`a00`); it must stay the same for as long as the object's records live. */
  readonly keyPrefix?: (object: string) => string;
}

/** Standard objects plus what the org's metadata adds to them. Pure; call it again after a deploy. */
export function buildSchema(metadata: MetadataReader, options: SchemaOptions = {}): Schema {
  const fieldsByObject = groupByObject(metadata.ofType('CustomField'));
  const typesByObject = groupByObject(metadata.ofType('RecordType'));
  const objectSources = new Map(metadata.ofType('CustomObject').map((component) => [component.fullName, component]));
  const keyPrefix = options.keyPrefix ?? prefixByOrder();
  const objects: ObjectDef[] = [];
  for (const [name, standard] of standardObjects()) {
    objects.push(
      standardObject(metadata, name, standard, fieldsByObject.get(name) ?? [], typesByObject.get(name) ?? []),
    );
  }
  for (const [name, component] of objectSources) {
    if (!/__(c|mdt|e|b)$/.test(name)) continue;
    objects.push(
      customObject(metadata, component, keyPrefix(name), fieldsByObject.get(name) ?? [], typesByObject.get(name) ?? []),
    );
  }
  return indexSchema(objects);
}

function standardObject(
  metadata: MetadataReader,
  name: string,
  standard: StandardObject,
  customFields: readonly StoredComponent[],
  recordTypes: readonly StoredComponent[],
): ObjectDef {
  const fields = new Map<string, FieldDef>();
  for (const [fieldName, field] of Object.entries(standard.fields)) {
    const values = field.valueSet ? standardValueSet(metadata, field.valueSet) : null;
    fields.set(fieldName.toLowerCase(), standardFieldDef(fieldName, field, values));
  }
  addCustomFields(metadata, name, fields, customFields);
  return {
    name,
    label: standard.label,
    labelPlural: standard.plural,
    keyPrefix: standard.prefix,
    custom: false,
    createable: standard.access.includes('C'),
    updateable: standard.access.includes('U'),
    deletable: standard.access.includes('D'),
    queryable: standard.access.includes('Q'),
    sharingModel: textOf(metadata.get('CustomObject', name)?.metadata['sharingModel']),
    fields,
    recordTypes: fields.has('recordtypeid') ? recordTypesOf(metadata, name, recordTypes) : [],
  };
}

function customObject(
  metadata: MetadataReader,
  component: StoredComponent,
  keyPrefix: string,
  customFields: readonly StoredComponent[],
  recordTypes: readonly StoredComponent[],
): ObjectDef {
  const name = component.fullName;
  const isDetail = customFields.some((field) => field.metadata['type'] === 'MasterDetail');
  const fields = new Map(customObjectFields(component, isDetail).map((field) => [field.name.toLowerCase(), field]));
  if (recordTypes.length > 0) fields.set('recordtypeid', recordTypeField());
  addCustomFields(metadata, name, fields, customFields);
  const label = textOf(component.metadata['label']) ?? name.replace(/__c$/, '').replaceAll('_', ' ');
  return {
    name,
    label,
    labelPlural: textOf(component.metadata['pluralLabel']) ?? label,
    keyPrefix,
    custom: true,
    createable: true,
    updateable: true,
    deletable: true,
    queryable: true,
    sharingModel: isDetail ? 'ControlledByParent' : textOf(component.metadata['sharingModel']),
    fields,
    recordTypes: recordTypesOf(metadata, name, recordTypes),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function addCustomFields(
  metadata: MetadataReader,
  object: string,
  fields: Map<string, FieldDef>,
  components: readonly StoredComponent[],
): void {
  for (const component of components) {
    const name = component.fullName.slice(component.fullName.indexOf('.') + 1);
    const standard = fields.get(name.toLowerCase());
    if (standard && !standard.custom) {
      // A CustomField component for a standard field can change its help text and history tracking, not its type.
      const help = component.metadata['inlineHelpText'];
      fields.set(name.toLowerCase(), {
        ...standard,
        inlineHelpText: typeof help === 'string' ? help : null,
        trackHistory: component.metadata['trackHistory'] === true,
      });
    } else {
      fields.set(name.toLowerCase(), customFieldDef(metadata, object, name, component.metadata));
    }
  }
}

function recordTypeField(): FieldDef {
  return standardFieldDef(
    'RecordTypeId',
    { label: 'Record Type ID', type: 'reference', allow: 'CUFSGN', to: ['RecordType'], as: 'RecordType' },
    null,
  );
}

function groupByObject(components: readonly StoredComponent[]): ReadonlyMap<string, readonly StoredComponent[]> {
  const groups = new Map<string, StoredComponent[]>();
  for (const component of components) {
    const object = component.fullName.slice(0, component.fullName.indexOf('.'));
    const group = groups.get(object);
    if (group) group.push(component);
    else groups.set(object, [component]);
  }
  return groups;
}

const BASE36 = 36;

/** The n-th custom object's key prefix: a00, a01, … as the platform hands them out. */
export function customKeyPrefix(index: number): string {
  return `a${index.toString(BASE36).padStart(2, '0')}`;
}

function prefixByOrder(): (object: string) => string {
  let next = 0;
  return () => customKeyPrefix(next++);
}
