import type { ListView, ListViewFilter } from '@salesforce/types/metadata';
import type { Filter, FieldValue } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { childrenOf, metadataOf } from './metadata-of-org.ts';

/** A list view of an object: deployed, or one of those that every object has. */
export interface ListViewDef {
  readonly apiName: string;
  readonly label: string;
  /** Field paths: `Name`, `Account.Name`. */
  readonly columns: readonly string[];
  readonly mine: boolean;
  readonly filters: readonly ListViewFilter[];
}

/** Columns as list views of standard objects name them (Metadata API Developer Guide, ListView), by path of the API field. */
const COLUMNS: Readonly<Record<string, string>> = {
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
};

const OPERATORS: Readonly<Record<string, 'in' | 'notIn' | '<' | '<=' | '>' | '>=' | 'contains' | 'startsWith'>> = {
  equals: 'in',
  notEqual: 'notIn',
  lessThan: '<',
  lessOrEqual: '<=',
  greaterThan: '>',
  greaterOrEqual: '>=',
  contains: 'contains',
  startsWith: 'startsWith',
};

const columnPath = (name: string): string => COLUMNS[name] ?? name;

/** The object's list views: all, mine, then the deployed ones by label. */
export function listViewsOf(reader: MetadataReader, object: ObjectDef): readonly ListViewDef[] {
  const columns = STANDARD_COLUMNS[object.name] ?? ['Name', 'CreatedDate'];
  const plural = object.labelPlural;
  const key = plural.replaceAll(' ', '');
  const deployed = childrenOf(reader, 'ListView', object.name).map((component) => {
    const view = metadataOf<ListView>(component);
    return {
      apiName: component.fullName.slice(object.name.length + 1),
      label: view.label ?? component.fullName,
      columns: (view.columns ?? []).map(columnPath),
      mine: view.filterScope === 'Mine',
      filters: view.filters ?? [],
    };
  });
  return [
    { apiName: `All${key}`, label: `All ${plural}`, columns, mine: false, filters: [] },
    { apiName: `My${key}`, label: `My ${plural}`, columns, mine: true, filters: [] },
    ...deployed.sort((a, b) => a.label.localeCompare(b.label)),
  ];
}

/** What a list view selects. Throws for a filter that the local org does not evaluate, naming it. */
export function listViewFilter(view: ListViewDef, object: ObjectDef, userId: string): Filter | null {
  const conditions = view.filters.map((filter) => condition(filter, object, view));
  if (view.mine) conditions.push({ field: 'OwnerId', operator: '=', value: userId });
  return conditions.length > 0 ? { and: conditions } : null;
}

function condition({ field, operation, value }: ListViewFilter, object: ObjectDef, view: ListViewDef): Filter {
  const path = columnPath(field);
  const recordType = path === 'RecordType.Name';
  const known = recordType ? object.fields.get('recordtypeid') : object.fields.get(path.toLowerCase());
  const operator = OPERATORS[operation];
  if (!known || !operator) {
    const message = `The local org does not evaluate the filter ${field} ${operation} of list view ${view.label}.`;
    throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, { httpStatus: 403 });
  }
  const given = (value ?? '').split(',').map((each): FieldValue => {
    if (recordType) return recordTypeId(object, each);
    if (known.type === 'boolean') return each === '1' || each.toLowerCase() === 'true';
    return ['currency', 'double', 'int', 'percent'].includes(known.type) && each !== '' ? Number(each) : each === '' ? null : each;
  });
  return { field: known.name, operator, value: operator === 'in' || operator === 'notIn' ? given : (given[0] ?? null) };
}

/** Filters name record types as `Opportunity.Acquisition`. */
const recordTypeId = (object: ObjectDef, name: string): string | null =>
  object.recordTypes.find(({ developerName }) => developerName === name.replace(`${object.name}.`, ''))?.id ?? null;
