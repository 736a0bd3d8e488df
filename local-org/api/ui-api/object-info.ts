import type { FieldDef, FieldType, ObjectDef } from '../../schema/types.ts';
import { accessOf } from '../rest/describe/describe-resources.ts';
import { describeSummary } from '../rest/describe/describe-object.ts';
import { isNameField } from '../rest/describe/describe-field.ts';
import { etagOf } from './etag.ts';
import { masterRecordType } from './record-representation.ts';
import { themeInfo } from './theme-info.ts';
import type { UiCall } from './ui-call.ts';

/** "Field", property dataType, User Interface API Developer Guide. */
const DATA_TYPES: Readonly<Record<FieldType, string>> = {
  id: 'String', // the guide has no type of its own for ids
  string: 'String',
  textarea: 'TextArea',
  picklist: 'Picklist',
  multipicklist: 'MultiPicklist',
  combobox: 'ComboBox',
  reference: 'Reference',
  boolean: 'Boolean',
  int: 'Int',
  double: 'Double',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  time: 'Time',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  address: 'Address',
  location: 'Location',
  encryptedstring: 'EncryptedString',
  anyType: 'AnyType',
  base64: 'Base64',
  complexvalue: 'ComplexValue',
};

/** "Object Info": fields with what the caller may do with them, record types the caller may choose, child relationships. */
export function objectInfo({ context, tx, call }: UiCall, object: ObjectDef): Readonly<Record<string, unknown>> {
  const access = accessOf(context, tx, object.name);
  const summary = describeSummary(object, call.version);
  const recordTypes = object.recordTypes.filter(({ active, isMaster }) => active || isMaster);
  const isDefault = (type: ObjectDef['recordTypes'][number]): boolean =>
    type.isMaster ? access.default === null : access.default === type.developerName;
  const info = {
    apiName: object.name,
    associateEntityType: null,
    associateParentEntity: null,
    childRelationships: tx.schema
      .children(object.name)
      .filter(({ relationshipName }) => relationshipName !== null)
      .map(({ childObject, field, relationshipName }) => ({
        childObjectApiName: childObject,
        fieldName: field,
        junctionIdListNames: [],
        junctionReferenceTo: [],
        relationshipName,
      })),
    compactLayoutable: object.createable,
    createable: object.createable,
    custom: object.custom,
    defaultRecordTypeId: recordTypes.find(isDefault)?.id ?? masterRecordType(object),
    deletable: object.deletable,
    dependentFields: {},
    feedEnabled: summary.feedEnabled,
    fields: Object.fromEntries([...object.fields.values()].map((field) => [field.name, fieldInfo(object, field)])),
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: summary.layoutable,
    mruEnabled: summary.mruEnabled,
    nameFields: [...object.fields.values()].filter((field) => isNameField(object, field)).map(({ name }) => name),
    queryable: object.queryable,
    recordTypeInfos: Object.fromEntries(
      recordTypes.map((type) => [
        type.id,
        {
          available: type.isMaster || access.available.has(type.developerName),
          defaultRecordTypeMapping: isDefault(type),
          master: type.isMaster,
          name: type.label,
          recordTypeId: type.id,
        },
      ]),
    ),
    searchLayoutable: summary.searchable,
    searchable: summary.searchable,
    themeInfo: themeInfo(object, context.baseUrl()),
    updateable: object.updateable,
  };
  return { ...info, eTag: etagOf(info) };
}

function fieldInfo(object: ObjectDef, field: FieldDef): Readonly<Record<string, unknown>> {
  const targets = field.reference?.to ?? [];
  return {
    apiName: field.name,
    calculated: field.formula !== null,
    compound: field.type === 'address' || field.type === 'location',
    compoundComponentName: null,
    compoundFieldName: null,
    controllerName: null,
    controllingFields: [],
    createable: field.createable,
    custom: field.custom,
    dataType: DATA_TYPES[field.type],
    extraTypeInfo: field.type === 'textarea' ? 'PlainTextArea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    highScaleNumber: false,
    htmlFormatted: false,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    maskType: null,
    nameField: isNameField(object, field),
    polymorphicForeignKey: targets.length > 1,
    precision: field.precision,
    reference: targets.length > 0,
    referenceTargetField: null,
    referenceToInfos: targets.map((apiName) => ({ apiName, nameFields: ['Name'] })),
    relationshipName: field.reference?.relationshipName ?? null,
    required: !field.nillable && field.createable && !field.defaultedOnCreate,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    sortable: field.sortable,
    unique: field.unique,
    updateable: field.updateable,
  };
}
