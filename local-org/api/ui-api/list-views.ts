import type { ListView, ListViewFilter } from '@salesforce/types/metadata';
import type { MetadataReader } from '../../metadata/types.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { childrenOf, metadataOf } from './metadata-of-org.ts';

/** A list view of an object: deployed, or one of those that every object has. */
export interface ListViewDef {
  /** Null for those that every object has. */
  readonly id: string | null;
  readonly apiName: string;
  readonly label: string;
  /** Field paths: `Name`, `Account.Name`. */
  readonly columns: readonly string[];
  readonly mine: boolean;
  readonly filters: readonly ListViewFilter[];
  /** How the filters are combined, when not by AND; such views are refused. */
  readonly booleanFilter: string | null;
}

/**
 * API fields by the names that list views have for their columns, those of custom objects first (Metadata API Developer Guide,
 * ListView). A user stands there with his name, as an alias says too little.
 */
const COLUMNS: Readonly<Record<string, string>> = {
  NAME: 'Name',
  RECORDTYPE: 'RecordType.Name',
  CREATED_DATE: 'CreatedDate',
  LAST_UPDATE: 'LastModifiedDate',
  'OWNER.ALIAS': 'Owner.Name',
  'CREATEDBY_USER.ALIAS': 'CreatedBy.Name',
  'UPDATEDBY_USER.ALIAS': 'LastModifiedBy.Name',
  'OPPORTUNITY.NAME': 'Name',
  'OPPORTUNITY.AMOUNT': 'Amount',
  'OPPORTUNITY.CLOSE_DATE': 'CloseDate',
  'OPPORTUNITY.STAGE_NAME': 'StageName',
  'OPPORTUNITY.PROBABILITY': 'Probability',
  'OPPORTUNITY.TYPE': 'Type',
  'OPPORTUNITY.RECORDTYPE': 'RecordType.Name',
  'OPPORTUNITY.NEXT_STEP': 'NextStep',
  'OPPORTUNITY.LEAD_SOURCE': 'LeadSource',
  'OPPORTUNITY.EXP_AMOUNT': 'ExpectedRevenue',
  'OPPORTUNITY.CREATED_DATE': 'CreatedDate',
  'OPPORTUNITY.LAST_UPDATE': 'LastModifiedDate',
  'OPPORTUNITY.CLOSED': 'IsClosed',
  'OPPORTUNITY.WON': 'IsWon',
  'ACCOUNT.NAME': 'Account.Name',
  'CORE.USERS.ALIAS': 'Owner.Name',
  'CORE.USERS.FULL_NAME': 'Owner.Name',
};

const STANDARD_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  Opportunity: ['Name', 'Account.Name', 'Amount', 'CloseDate', 'StageName', 'Owner.Name'],
  Account: ['Name', 'Type', 'Phone', 'Owner.Name'],
  Contact: ['Name', 'Account.Name', 'Title', 'Email', 'Owner.Name'],
  Lead: ['Name', 'Company', 'Email', 'Status', 'Owner.Name'],
  Campaign: ['Name', 'Type', 'Status', 'StartDate', 'EndDate', 'Owner.Name'],
};

/** SOQL of the operators of list view filters (Metadata API Developer Guide, ListViewFilter); `%` is LIKE's. */
const COMPARE: Readonly<Record<string, string>> = {
  equals: '=',
  notEqual: '!=',
  lessThan: '<',
  lessOrEqual: '<=',
  greaterThan: '>',
  greaterOrEqual: '>=',
};
const LIKE: Readonly<Record<string, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
};

const UNQUOTED: readonly FieldDef['type'][] = ['currency', 'double', 'int', 'percent', 'date', 'datetime'];

/** List view that shows all records of a custom object: Salesforce gives it to each, and names it so. */
const ALL = 'All';

/** The API field that a list view or related list means by the name of a column. */
export const columnPath = (name: string): string => COLUMNS[name] ?? name;

/** The object's list views: all, mine, then the deployed ones by label. A deployed view of all stands in the place of ours. */
export function listViewsOf(reader: MetadataReader, object: ObjectDef): readonly ListViewDef[] {
  const plural = object.labelPlural;
  const key = plural.replaceAll(' ', '');
  const deployed = childrenOf(reader, 'ListView', object.name).map((component) => {
    const view = metadataOf<ListView>(component);
    return {
      id: component.id,
      apiName: component.fullName.slice(object.name.length + 1),
      label: view.label ?? component.fullName,
      columns: (view.columns ?? []).map(columnPath),
      mine: view.filterScope === 'Mine',
      filters: view.filters ?? [],
      booleanFilter: view.booleanFilter ?? null,
    };
  });
  const all = deployed.find(({ apiName }) => apiName === ALL);
  const columns = all?.columns ?? STANDARD_COLUMNS[object.name] ?? ['Name', 'CreatedDate'];
  const own = { id: null, columns, filters: [], booleanFilter: null };
  return [
    all ?? { ...own, apiName: `All${key}`, label: `All ${plural}`, mine: false },
    { ...own, apiName: `My${key}`, label: `My ${plural}`, mine: true },
    ...deployed.filter((view) => view !== all).sort((a, b) => a.label.localeCompare(b.label)),
  ];
}

/**
 * What a list view selects, as the condition of a query: date literals then mean what they mean everywhere. Empty for all
 * records. Throws for a filter that the local org does not evaluate, naming it.
 */
export function listViewCondition(view: ListViewDef, object: ObjectDef, userId: string, whole: ObjectDef): string {
  for (const { field } of view.filters) refuseHidden(columnPath(field), object, whole, view);
  const conditions = view.filters.map((filter) => condition(filter, object, view));
  if (view.mine) conditions.push(`OwnerId = ${quoted(userId)}`);
  return conditions.join(' AND ');
}

/**
 * A list view that filters by a field hidden from the user is not shown to him: its rows would tell what the field holds.
 * The platform refuses too; code and text are ours.
 */
function refuseHidden(path: string, object: ObjectDef, whole: ObjectDef, view: ListViewDef): void {
  const name = path.toLowerCase();
  if (object.fields.has(name) || !whole.fields.has(name)) return;
  const message = `The list view ${view.label} filters by a field that you have no access to.`;
  throw new PlatformError('INSUFFICIENT_ACCESS', message, { httpStatus: 403 });
}

function condition({ field, operation, value }: ListViewFilter, object: ObjectDef, view: ListViewDef): string {
  const path = columnPath(field);
  const known = path === 'RecordType.Name' ? object.fields.get('recordtypeid') : object.fields.get(path.toLowerCase());
  const values = value === undefined || value === '' ? [''] : value.split(',').map((each) => each.trim());
  const comparison = COMPARE[operation];
  const like = LIKE[operation];
  if (known && view.booleanFilter === null && comparison) {
    const each = values.map((one) => `${known.name} ${comparison} ${literal(known, one, object)}`);
    return `(${each.join(operation === 'notEqual' ? ' AND ' : ' OR ')})`;
  }
  if (known && view.booleanFilter === null && like) {
    return `(${values.map((one) => `${known.name} LIKE ${quoted(like(one))}`).join(' OR ')})`;
  }
  const message = `The local org does not evaluate the filter ${field} ${operation} of list view ${view.label}.`;
  throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, { httpStatus: 403 });
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Filters name record types as `Opportunity.Acquisition`, and true and false as 1 and 0. */
function literal(field: FieldDef, value: string, object: ObjectDef): string {
  if (value === '') return 'null';
  if (field.name === 'RecordTypeId') {
    const name = value.replace(`${object.name}.`, '');
    return quoted(object.recordTypes.find(({ developerName }) => developerName === name)?.id ?? '');
  }
  if (field.type === 'boolean') return value === '1' || value.toLowerCase() === 'true' ? 'true' : 'false';
  return UNQUOTED.includes(field.type) ? value : quoted(value);
}
