import { decoded } from './element.ts';

/**
 * A component's content in a form that is equal exactly when the org would behave the same: the org adds defaults, sorts some
 * lists, quotes some names and writes numbers its own way, and none of that is a difference.
 */
export type Canonical = string | readonly Canonical[] | Readonly<Record<string, readonly Canonical[]>>;

/**
 * Lists whose order means nothing; the platform returns them sorted (by name, for a flow's nodes). Any other list keeps its
 * order: layout items, picklist values, path steps, list view columns, conditions.
 */
const UNORDERED = new Set([
  'actionCalls',
  'assignments',
  'collectionProcessors',
  'constants',
  'customErrors',
  'decisions',
  'dynamicChoiceSets',
  'formulas',
  'loops',
  'recordCreates',
  'recordDeletes',
  'recordLookups',
  'recordRollbacks',
  'recordUpdates',
  'subflows',
  'textTemplates',
  'transforms',
  'variables',
  'processMetadataValues',
  'inputAssignments',
  'queriedFields',
  'picklistValues',
  'values',
  'actionOverrides',
  'applicationVisibilities',
  'classAccesses',
  'customPermissions',
  'fieldPermissions',
  'objectPermissions',
  'pageAccesses',
  'recordTypeVisibilities',
  'tabSettings',
  'tabVisibilities',
  'userPermissions',
  'layoutAssignments',
]);

/** Elements that the platform fills in when they are not sent. Absent and this value are the same. For
 * any other boolean absent is `false`. */
const DEFAULTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customfield.htm
  CustomField: { deleteConstraint: 'SetNull', isActive: 'true', trackTrending: 'false', caseSensitive: 'false' },
  // A value without isActive is active: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/customvalue.htm
  StandardValueSet: { isActive: 'true' },
  // https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_visual_workflow.htm
  Flow: { environments: 'Default', runInMode: 'DefaultMode' },
  Layout: { emailDefault: 'false', customLabel: 'false' },
  // A standard object's untouched action: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/actionoverride.htm
  CustomObject: { skipRecordTypeSelect: 'false' },
};

/** Elements that only the platform writes, so that their presence is no difference. */
const PLATFORM_ONLY: Readonly<Record<string, ReadonlySet<string>>> = {
  // Whether a flow is active is a state of its own (see OrgFlow); versions land active or not as the org is set.
  Flow: new Set(['status']),
  // Generated with every layout that has none; its masterLabel is an id of the org.
  Layout: new Set(['summaryLayout']),
  LightningComponentBundle: new Set(['lwcResources']),
};

const scalar = (value: string | number | boolean): string => {
  const text = String(value).replaceAll('\r\n', '\n').trim();
  return /^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEmpty = (value: Canonical): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

function element(type: string, name: string, value: unknown): readonly Canonical[] {
  const list = (Array.isArray(value) ? value : [value])
    .map((item) => canonicalValue(type, item, name))
    .filter((item) => !isEmpty(item));
  if (list.length === 1 && list[0] === (DEFAULTS[type]?.[name] ?? 'false')) return [];
  // An override of type Default is the standard page, as without any override.
  if (name === 'actionOverrides')
    return sorted(
      list.filter((item) => !(isObject(item) && (item['type'] as readonly string[] | undefined)?.[0] === 'Default')),
    );
  return UNORDERED.has(name) ? sorted(list) : list;
}

function sorted(list: readonly Canonical[]): readonly Canonical[] {
  return list
    .map((item) => ({ item, key: JSON.stringify(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}

function canonicalValue(type: string, value: unknown, name: string): Canonical {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => canonicalValue(type, item, name));
  if (isObject(value)) {
    const entries = Object.entries(value)
      .filter(([key]) => !key.startsWith('@') && !key.startsWith('$'))
      .map(([key, child]) => [key, element(type, key, child)] as const)
      .filter(([, list]) => list.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const object = Object.fromEntries(entries) as Record<string, readonly Canonical[]>;
    // A picklist value without a label has its name as label; the platform writes the label out.
    const { fullName, label } = object;
    if ((name === 'value' || name === 'standardValue') && fullName && !label) return { ...object, label: fullName };
    return object;
  }
  const text = scalar(value as string | number | boolean);
  // Retrieved record types and processes quote punctuation in value names (`Proposal%2FPrice Quote`); both spellings are accepted.
  return type === 'BusinessProcess' || type === 'RecordType' || type === 'Layout' || type === 'Profile'
    ? decoded(text)
    : text;
}

export type CanonicalComponent = Readonly<Record<string, readonly Canonical[]>>;

export function canonical(type: string, metadata: Readonly<Record<string, unknown>>): CanonicalComponent {
  const platformOnly = PLATFORM_ONLY[type];
  const own = Object.fromEntries(
    Object.entries(metadata).filter(([key]) => key !== 'fullName' && !(platformOnly?.has(key) ?? false)),
  );
  const value = canonicalValue(type, own, type);
  return isObject(value) ? value : {};
}
