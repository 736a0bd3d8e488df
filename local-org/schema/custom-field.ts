import type { MetadataReader } from '../metadata/types.ts';
import type { FieldDef, FieldType } from './types.ts';
import { standardObjects } from './standard-objects.ts';
import { customFieldValues } from './value-sets.ts';

/**
 * CustomField `type` to the `type` of a REST describe. DOC metadata-api/customfield, object-reference/field-types. Other types that
 * the Metadata API knows (Location, Address, ExternalLookup …) are refused at deploy: a compound value is more than one column.
 */
const DESCRIBE_TYPE: Readonly<Record<string, FieldType>> = {
  AutoNumber: 'string',
  Lookup: 'reference',
  MasterDetail: 'reference',
  MetadataRelationship: 'reference',
  Hierarchy: 'reference',
  Checkbox: 'boolean',
  Currency: 'currency',
  Date: 'date',
  DateTime: 'datetime',
  Email: 'email',
  Number: 'double',
  Percent: 'percent',
  Phone: 'phone',
  Picklist: 'picklist',
  MultiselectPicklist: 'multipicklist',
  Text: 'string',
  TextArea: 'textarea',
  LongTextArea: 'textarea',
  Html: 'textarea',
  EncryptedText: 'encryptedstring',
  Url: 'url',
  Time: 'time',
  Summary: 'double',
};

/** Whether the org can hold a custom field of this CustomField `type`. */
export const isFieldTypeHeld = (type: string): boolean => Object.hasOwn(DESCRIBE_TYPE, type);

/** Lengths that the platform sets itself. DOC metadata-api/customfield. */
const FIXED_LENGTH: Partial<Readonly<Record<string, number>>> = {
  AutoNumber: 30,
  Email: 80,
  Phone: 40,
  Url: 255,
  TextArea: 255,
  Picklist: 255,
  Lookup: 18,
  MasterDetail: 18,
  Hierarchy: 18,
};

const NOT_FILTERABLE = new Set(['LongTextArea', 'Html', 'EncryptedText']);
const NOT_GROUPABLE = new Set([
  'LongTextArea',
  'Html',
  'EncryptedText',
  'MultiselectPicklist',
  'Currency',
  'Number',
  'Percent',
  'DateTime',
]);
const FORMULA_TEXT_LENGTH = 1300;

/** The field a CustomField component defines. `name` is the API name, `object` its object. */
export function customFieldDef(
  metadata: MetadataReader,
  object: string,
  name: string,
  source: Readonly<Record<string, unknown>>,
): FieldDef {
  const text = (key: string): string | null => (typeof source[key] === 'string' ? source[key] : null);
  const number = (key: string): number => (typeof source[key] === 'number' ? source[key] : 0);
  const kind = text('type') ?? 'Text';
  const summed = kind === 'Summary' ? summedField(metadata, text('summarizedField')) : null;
  const type = summed?.type ?? DESCRIBE_TYPE[kind] ?? 'string';
  const formula = text('formula');
  const automatic = formula !== null || kind === 'Summary' || kind === 'AutoNumber';
  const isPicklist = kind === 'Picklist' || kind === 'MultiselectPicklist';
  const masterDetail = kind === 'MasterDetail';
  const picklist = isPicklist
    ? customFieldValues(metadata, source['valueSet'] as Record<string, unknown> | undefined)
    : null;
  const required = source['required'] === true || masterDetail || type === 'boolean';
  const defaultValue =
    text('defaultValue') ??
    (typeof source['defaultValue'] === 'boolean' || typeof source['defaultValue'] === 'number'
      ? String(source['defaultValue'])
      : null);
  return {
    name,
    label: text('label') ?? name.replace(/__c$/, '').replaceAll('_', ' '),
    type,
    custom: true,
    length: lengthOf(number('length'), FIXED_LENGTH[kind], formula !== null && type === 'string'),
    precision: summed ? SUMMARY_PRECISION : number('precision'),
    scale: summed?.scale ?? number('scale'),
    nillable: !required,
    createable: !automatic,
    updateable: !automatic && !(masterDetail && source['reparentableMasterDetail'] !== true),
    filterable: !NOT_FILTERABLE.has(kind),
    sortable: !NOT_FILTERABLE.has(kind) && kind !== 'MultiselectPicklist',
    groupable: !NOT_GROUPABLE.has(kind) && formula === null,
    unique: source['unique'] === true,
    externalId: source['externalId'] === true,
    caseSensitive: source['caseSensitive'] === true,
    defaultedOnCreate: type === 'boolean' || automatic || defaultValue !== null,
    defaultValue: type === 'boolean' && formula === null ? (defaultValue ?? 'false') : defaultValue,
    formula,
    picklist,
    reference:
      type === 'reference'
        ? {
            to: [text('referenceTo') ?? object],
            relationshipName: name.replace(/__c$/, '__r'),
            childRelationshipName: text('relationshipName') ? `${text('relationshipName')}__r` : null,
            onDelete: masterDetail ? 'cascade' : onDelete(text('deleteConstraint')),
          }
        : null,
    autoNumberFormat: kind === 'AutoNumber' ? (text('displayFormat') ?? '{0}') : null,
    ...(kind === 'Summary' ? { summary: summaryOf(source) } : {}),
    inlineHelpText: text('inlineHelpText'),
    trackHistory: source['trackHistory'] === true,
  };
}

function lengthOf(given: number, fixed: number | undefined, isTextFormula: boolean): number {
  if (given > 0) return given;
  return fixed ?? (isTextFormula ? FORMULA_TEXT_LENGTH : 0);
}

function onDelete(constraint: string | null): 'setNull' | 'restrict' | 'cascade' {
  if (constraint === 'Cascade') return 'cascade';
  return constraint === 'Restrict' ? 'restrict' : 'setNull';
}

/** A roll-up summary's result has the type and decimals of what it sums up: Help, "Roll-Up Summary Field". */
const SUMMARY_PRECISION = 18;

/** Type and decimals of the field that is summed up; null for a count. */
function summedField(metadata: MetadataReader, path: string | null): Pick<FieldDef, 'type' | 'scale'> | null {
  if (path === null || path === '') return null;
  const [object = '', name = ''] = path.split('.');
  const standard = standardObjects().get(object)?.fields[name];
  if (standard) return { type: standard.type, scale: standard.scale ?? 0 };
  const custom = metadata.get('CustomField', path)?.metadata;
  if (!custom) return null;
  const type = DESCRIBE_TYPE[typeof custom.type === 'string' ? custom.type : ''] ?? 'double';
  return { type, scale: typeof custom.scale === 'number' ? custom.scale : 0 };
}

/** DOC metadata-api/customfield: summaryForeignKey `Child__c.Parent__c`, summarizedField `Child__c.Amount__c`. */
function summaryOf(source: Readonly<Record<string, unknown>>): NonNullable<FieldDef['summary']> {
  const text = (key: string): string => (typeof source[key] === 'string' ? source[key] : '');
  const [childObject = '', childField = ''] = text('summaryForeignKey').split('.');
  const afterObject = (path: string): string => path.slice(path.indexOf('.') + 1);
  const filters = (source['summaryFilterItems'] ?? []) as readonly {
    field?: string;
    operation?: string;
    value?: string;
  }[];
  return {
    childObject,
    childField,
    operation: (text('summaryOperation') || 'count') as 'count' | 'sum' | 'min' | 'max',
    summarizedField: text('summarizedField') === '' ? null : afterObject(text('summarizedField')),
    filters: filters.map((filter) => ({
      field: afterObject(filter.field ?? ''),
      operation: String(filter.operation),
      value: filter.value ?? '',
    })),
  };
}
