import type { FieldDef, Schema } from '../../schema/types.ts';
import { normalizeId } from '../ids.ts';
import { isNumeric } from '../layout.ts';
import type { FieldValue, SaveError } from '../types.ts';
import { idOfOtherObject, wrongId, wrongType } from './save-errors.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;
const TIME = /^\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?$/;

export type Converted = { readonly value: FieldValue } | { readonly error: SaveError };

/** A value as it is stored: right type, canonical spelling, numbers rounded to the field's scale, no empty texts. */
export function convertValue(schema: Schema, field: FieldDef, given: FieldValue): Converted {
  if (given === null || given === '') return { value: field.type === 'boolean' ? false : null };
  if (isNumeric(field.type)) return convertNumber(field, given);
  switch (field.type) {
    case 'boolean':
      if (typeof given === 'boolean') return { value: given };
      if (typeof given === 'string' && /^(true|false|1|0)$/i.test(given)) return { value: /^(true|1)$/i.test(given) };
      return { error: wrongType(field, given) };
    case 'id':
    case 'reference':
      return convertReference(schema, field, given);
    case 'date':
      return convertDate(field, given);
    case 'datetime':
      return convertDatetime(field, given);
    case 'time':
      return typeof given === 'string' && TIME.test(given) ? { value: given } : { error: wrongType(field, given) };
    default:
      return convertText(field, given);
  }
}

function convertText(field: FieldDef, given: FieldValue): Converted {
  if (typeof given === 'boolean') return { error: wrongType(field, given) };
  const text = String(given);
  // The platform cuts blanks around text; long text keeps its own.
  const trimmed = field.type === 'textarea' ? text : text.trim();
  return { value: trimmed === '' ? null : trimmed };
}

function convertNumber(field: FieldDef, given: FieldValue): Converted {
  const number =
    typeof given === 'number' ? given : typeof given === 'string' && given.trim() !== '' ? Number(given) : NaN;
  if (!Number.isFinite(number)) return { error: wrongType(field, given) };
  if (field.type === 'int') return { value: Math.round(number) };
  return { value: roundHalfUp(number, field.scale) };
}

/** Half away from zero, as the platform stores decimals; exact for what a double can hold. */
export function roundHalfUp(value: number, scale: number): number {
  const text = Math.abs(value).toString();
  if (!text.includes('e')) {
    const [, decimals = ''] = text.split('.');
    if (decimals.length <= scale) return value;
  }
  const [digits = '0', exponent = '0'] = text.split('e');
  const rounded = Number(`${Math.round(Number(`${digits}e${Number(exponent) + scale}`))}e-${scale}`);
  return Number.isNaN(rounded) ? value : Math.sign(value) * rounded;
}

function convertReference(schema: Schema, field: FieldDef, given: FieldValue): Converted {
  const id = typeof given === 'string' ? normalizeId(given) : null;
  if (id === null) return { error: wrongId(field, given) };
  if (field.type === 'reference' && field.reference) {
    const prefixes = field.reference.to.map((name) => schema.object(name)?.keyPrefix);
    if (!prefixes.includes(id.slice(0, 3))) return { error: idOfOtherObject(field, given) };
  }
  return { value: id };
}

function convertDate(field: FieldDef, given: FieldValue): Converted {
  if (typeof given !== 'string') return { error: wrongType(field, given) };
  const day = given.slice(0, 10);
  const valid = DATE.test(day) && (given.length === 10 || DATETIME.test(given));
  const date = valid ? new Date(`${day}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day)
    return { error: wrongType(field, given) };
  return { value: day };
}

function convertDatetime(field: FieldDef, given: FieldValue): Converted {
  if (typeof given !== 'string' || !(DATETIME.test(given) || DATE.test(given)))
    return { error: wrongType(field, given) };
  const withColon = given.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const zoned = DATE.test(given)
    ? `${given}T00:00:00Z`
    : /(?:Z|[+-]\d{2}:\d{2})$/.test(withColon)
      ? withColon
      : `${withColon}Z`;
  const date = new Date(zoned);
  return Number.isNaN(date.getTime()) ? { error: wrongType(field, given) } : { value: date.toISOString() };
}
