import { namesRecord, type FieldDef, type FieldType, type ObjectDef } from '../../../schema/types.ts';

/** `soapType` of a field, SOAP API Developer Guide, "Field Types". */
const SOAP_TYPES: Partial<Record<FieldType, string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  base64: 'xsd:base64Binary',
  address: 'urn:address',
  location: 'urn:location',
  anyType: 'xsd:anyType',
};

/** Types that SOQL can aggregate with COUNT, MIN or MAX. */
const NOT_AGGREGATABLE: ReadonlySet<FieldType> = new Set<FieldType>([
  'boolean',
  'textarea',
  'multipicklist',
  'address',
  'location',
  'base64',
  'encryptedstring',
  'complexvalue',
]);

/** Digits that describe tells of whole numbers. */
const INT_DIGITS = 8;
/** A character takes at most this many bytes in describe's `byteLength`. */
const BYTES_PER_CHARACTER = 3;

const ADDRESS_PARTS =
  /(Street|City|State|StateCode|PostalCode|Country|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/** The compound field that a field is a part of: `BillingAddress` for BillingCity, `Name` for LastName. */
function compoundFieldName(object: ObjectDef, field: FieldDef): string | null {
  const isPersonName = ['FirstName', 'LastName', 'Salutation', 'MiddleName', 'Suffix'].includes(field.name);
  if (isPersonName && object.fields.has('lastname') && object.fields.has('name')) return 'Name';
  if (!ADDRESS_PARTS.test(field.name)) return null;
  const address = object.fields.get(`${field.name.replace(ADDRESS_PARTS, '')}address`.toLowerCase());
  return address?.type === 'address' ? address.name : null;
}

/** Fields that name a record of an object without `Name`. */
const NAME_FIELDS: Readonly<Record<string, string>> = {
  Case: 'CaseNumber',
  Contract: 'ContractNumber',
  Order: 'OrderNumber',
  Task: 'Subject',
  Event: 'Subject',
  Solution: 'SolutionName',
};

export const isNameField = (object: ObjectDef, field: FieldDef): boolean =>
  field.name === (NAME_FIELDS[object.name] ?? 'Name');

/** Fields of the platform's own that nobody is granted or denied. */
const isSystemField = (field: FieldDef): boolean =>
  field.type === 'id' || (!field.createable && !field.updateable && !field.custom && field.formula === null);

/** One field of an sObject describe, with every property that the API has (DescribeSObjectResult, Field). */
export function describeField(object: ObjectDef, field: FieldDef): Record<string, unknown> {
  const isId = field.type === 'id' || field.type === 'reference';
  const length = isId ? 18 : field.length;
  const targets = field.reference?.to ?? [];
  const boolean = field.type === 'boolean';
  return {
    aggregatable: !NOT_AGGREGATABLE.has(field.type),
    aiPredictionField: false,
    autoNumber: field.autoNumberFormat !== null,
    byteLength: isId ? 18 : length * BYTES_PER_CHARACTER,
    calculated: field.formula !== null,
    calculatedFormula: field.formula,
    cascadeDelete: field.reference?.onDelete === 'cascade',
    caseSensitive: field.caseSensitive,
    compoundFieldName: compoundFieldName(object, field),
    controllerName: null,
    createable: field.createable,
    custom: field.custom,
    defaultValue: boolean ? field.defaultValue === 'true' : null,
    defaultValueFormula: boolean || field.picklist ? null : field.defaultValue,
    defaultedOnCreate: field.defaultedOnCreate,
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: field.type === 'int' ? INT_DIGITS : 0,
    displayLocationInDecimal: false,
    encrypted: field.type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: field.type === 'textarea' ? 'plaintextarea' : null,
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: namesRecord(field),
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: isNameField(object, field),
    namePointing: targets.length > 1,
    nillable: field.nillable,
    permissionable: field.nillable && !isSystemField(field),
    picklistValues: (field.picklist?.values ?? []).map((value) => ({
      active: value.active,
      defaultValue: value.isDefault,
      label: value.label,
      validFor: null,
      value: value.value,
    })),
    polymorphicForeignKey: targets.length > 1,
    precision: field.precision,
    queryByDistance: field.type === 'location' || field.type === 'address',
    referenceTargetField: null,
    referenceTo: targets,
    relationshipName: field.reference?.relationshipName ?? null,
    relationshipOrder: field.custom && field.reference?.onDelete === 'cascade' ? 0 : null,
    restrictedDelete: field.reference?.onDelete === 'restrict',
    restrictedPicklist: field.picklist?.restricted ?? false,
    scale: field.scale,
    searchPrefilterable: field.type === 'reference',
    soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
    sortable: field.sortable,
    type: field.type,
    unique: field.unique,
    updateable: field.updateable,
    writeRequiresMasterRead: false,
  };
}
