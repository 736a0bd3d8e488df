import type { FieldDef } from '../../schema/types.ts';
import { isNumeric } from '../layout.ts';
import { localParts } from '../time-zone.ts';
import type { FieldValue } from '../types.ts';

const LOCALE = 'en_US';

/**
 * What FORMAT() answers: the value as its user reads it. Every user of this org has the locale en_US and its currency. DOC
 * soql-sosl/format: "localized formatting to standard and custom number, date, time, and currency fields".
 */
export function formatValue(field: Pick<FieldDef, 'type' | 'scale'>, value: FieldValue, timeZone: string): FieldValue {
  if (value === null) return null;
  if (isNumeric(field.type) && typeof value === 'number') return formatNumber(field, value);
  if (field.type === 'date' && typeof value === 'string') {
    const [year = 0, month = 0, day = 0] = value.split('-').map(Number);
    return `${month}/${day}/${year}`;
  }
  if (field.type === 'datetime' && typeof value === 'string') {
    const { year, month, day, hour, minute } = localParts(new Date(value), timeZone);
    const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minute).padStart(2, '0')} ${hour < 12 ? 'AM' : 'PM'}`;
    return `${month}/${day}/${year} ${clock}`;
  }
  return value;
}

function formatNumber({ type, scale }: Pick<FieldDef, 'type' | 'scale'>, value: number): string {
  const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale };
  const text = Math.abs(value).toLocaleString(LOCALE.replace('_', '-'), digits);
  const sign = value < 0 ? '-' : '';
  if (type === 'currency') return `${sign}$${text}`;
  return type === 'percent' ? `${sign}${text}%` : `${sign}${text}`;
}
