import type { FieldValue } from '../../data/types.ts';
import type { FieldDef, FieldType } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';

const NUMBERS: ReadonlySet<FieldType> = new Set<FieldType>(['int', 'double', 'currency', 'percent']);
const DATE = /^(\d{4}-\d{2}-\d{2})(?:T00:00:00(?:\.0+)?(?:Z|[+-]00:?00)?|Z)?$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;
const TIME = /^(\d{2}:\d{2}:\d{2})(\.\d{1,3})?Z?$/;
const DATE_ONLY = /^\d{4}-\d{2}-\d{2}$/;

/** Text of the parser's refusal as REST answers it (JSON_PARSER_ERROR); the position is that of the whole body. */
function cannotRead(field: FieldDef, value: unknown): PlatformError {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const kind = typeof value === 'string' ? 'VALUE_STRING' : typeof value === 'boolean' ? 'VALUE_BOOLEAN' : 'VALUE_NUMBER';
  const message =
    `Cannot deserialize instance of ${field.type} from ${kind} value ${text} ` +
    'or request may be missing a required field at [line:1, column:1]';
  return new PlatformError('JSON_PARSER_ERROR', message, { fields: [field.name] });
}

const isRealDate = (date: string): boolean => {
  const moment = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date);
};

function readDatetime(text: string): string | null {
  if (DATE_ONLY.test(text)) return isRealDate(text) ? `${text}T00:00:00.000Z` : null;
  const [, date = '', time = '', fraction = '', zone = 'Z'] = DATETIME.exec(text) ?? [];
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const moment = new Date(`${date}T${time}${fraction.slice(0, 4)}${offset}`);
  return isRealDate(date) && !Number.isNaN(moment.getTime()) ? moment.toISOString() : null;
}

function readText(field: FieldDef, text: string): FieldValue {
  if (field.type === 'date') {
    const date = DATE.exec(text)?.[1];
    if (date !== undefined && isRealDate(date)) return date;
    throw cannotRead(field, text);
  }
  if (field.type === 'datetime') {
    const moment = readDatetime(text);
    if (moment !== null) return moment;
    throw cannotRead(field, text);
  }
  if (field.type === 'time') {
    const [, time, fraction = ''] = TIME.exec(text) ?? [];
    if (time !== undefined) return `${time}${(fraction || '.').padEnd(4, '0')}Z`;
    throw cannotRead(field, text);
  }
  if (field.type === 'boolean') {
    if (/^(true|1)$/i.test(text)) return true;
    if (/^(false|0)$/i.test(text)) return false;
    throw cannotRead(field, text);
  }
  if (NUMBERS.has(field.type)) {
    const number = Number(text);
    if (text.trim() !== '' && Number.isFinite(number)) return number;
    throw cannotRead(field, text);
  }
  return text;
}

/**
 * A value that a client sent, as the local org keeps it (data/types.ts). Dates and datetimes are taken in every spelling that the
 * platform takes (Valid Date and DateTime Formats, SOAP API Developer Guide). Throws JSON_PARSER_ERROR for what cannot be the
 * field's value.
 */
export function readValue(field: FieldDef, value: unknown): FieldValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') {
    // An empty value clears a field of any type but text, and text fields hold no empty text either.
    return value === '' ? null : readText(field, value);
  }
  if (typeof value === 'boolean') {
    if (field.type === 'boolean') return value;
    throw cannotRead(field, value);
  }
  if (typeof value === 'number') {
    if (NUMBERS.has(field.type)) return value;
    if (field.type === 'boolean' || field.type === 'date' || field.type === 'datetime') throw cannotRead(field, value);
    return String(value);
  }
  throw cannotRead(field, value);
}
