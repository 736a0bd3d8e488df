import type { FieldValue } from '../../data/types.ts';
import type { FieldDef } from '../../schema/types.ts';

/** The org's locale and currency; both are the same for every user of a local org. */
const LOCALE = 'en-US';
const CURRENCY = 'USD';

const currency = (scale: number): Intl.NumberFormat =>
  new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency: CURRENCY,
    maximumFractionDigits: scale,
    minimumFractionDigits: 0,
  });

/**
 * How the UI API shows a value beside the raw one: numbers, dates and picklist labels in the user's locale; null for text,
 * booleans and ids ("Field Value", User Interface API Developer Guide).
 */
export function displayValue(field: FieldDef, value: FieldValue, timeZone: string): string | null {
  if (value === null) return null;
  if (typeof value === 'number') return displayNumber(field, value);
  if (typeof value !== 'string') return null;
  switch (field.type) {
    case 'picklist':
      return picklistLabel(field, value);
    case 'multipicklist':
      return value
        .split(';')
        .map((each) => picklistLabel(field, each))
        .join(';');
    case 'date':
      return new Date(value).toLocaleDateString(LOCALE, { timeZone: 'UTC' });
    case 'datetime':
      return displayMoment(value, timeZone);
    default:
      return null;
  }
}

function displayMoment(value: string, timeZone: string): string {
  const parts = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: '2-digit' } as const;
  const format = new Intl.DateTimeFormat(LOCALE, { timeZone, ...parts });
  return format.format(new Date(value)).replace('\u202f', ' ');
}

function displayNumber(field: FieldDef, value: number): string {
  if (field.type === 'currency') return currency(field.scale).format(value);
  const text = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: field.scale }).format(value);
  return field.type === 'percent' ? `${text}%` : text;
}

const picklistLabel = (field: FieldDef, value: string): string =>
  field.picklist?.values.find((each) => each.value === value)?.label ?? value;
