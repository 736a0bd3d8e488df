import { recordUrl } from './context';

/** One value as it is shown: its text, and where it links to when it names a record. */
export interface Cell {
  readonly key: string;
  readonly text: string;
  readonly url: string | undefined;
}

interface FieldValue {
  readonly displayValue: string | null;
  readonly value: unknown;
}
export interface RecordData {
  readonly id: string;
  readonly apiName: string;
  readonly recordTypeId?: string | null;
  readonly fields: Readonly<Record<string, FieldValue | undefined>>;
}

/** The platform's constant for the record type of records that have none. */
const MASTER_RECORD_TYPE = '012000000000000AAA';

/**
 * Id of the record type whose layouts and picklist values a record is shown with; undefined until the record is there. A record
 * of an object without record types has none, and is shown with the master record type, as Lightning Data Service does it.
 */
export const recordTypeOf = (record: RecordData | undefined): string | undefined =>
  record && (record.recordTypeId ?? MASTER_RECORD_TYPE);

const isRecord = (value: unknown): value is RecordData =>
  typeof value === 'object' && value !== null && 'apiName' in value;

/** Values at field paths of a record: `Name`, `Account.Name`. A parent's name links to the parent. */
export const cells = (record: RecordData, paths: readonly string[]): Cell[] => paths.map((path) => cell(record, path));

export function cell(record: RecordData, path: string): Cell {
  const [first = '', ...rest] = path.split('.');
  const found = record.fields[first];
  if (rest.length === 0) return { key: path, text: shown(found), url: undefined };
  const parent = found?.value;
  if (!isRecord(parent)) return { key: path, text: '', url: undefined };
  return { ...cell(parent, rest.join('.')), key: path, url: linked(parent, rest) };
}

/** Standard objects whose records have a page here; those of custom objects have one as well. */
const WITH_PAGE = ['Opportunity', 'Account', 'Contact', 'Campaign', 'Lead'];
const hasPage = (object: string): boolean => WITH_PAGE.includes(object) || object.endsWith('__c');

const linked = (parent: RecordData, rest: readonly string[]): string | undefined =>
  rest.join('.') === 'Name' && hasPage(parent.apiName) ? recordUrl(parent.apiName, parent.id) : undefined;

/** A lookup shows its parent's name when the record brought it along. */
export function lookupCell(record: RecordData, field: string, relationship: string | null): Cell {
  const parent = relationship === null ? undefined : record.fields[relationship]?.value;
  return isRecord(parent) ? { ...cell(record, `${relationship ?? ''}.Name`), key: field } : cell(record, field);
}

function shown(field: FieldValue | undefined): string {
  if (!field || field.value === null) return '';
  if (typeof field.value === 'boolean') return field.value ? 'Yes' : 'No';
  if (field.displayValue !== null) return field.displayValue;
  return typeof field.value === 'string' || typeof field.value === 'number' ? String(field.value) : '';
}
