import type { FieldValue } from '../../data/types.ts';
import type { FieldDef } from '../../schema/types.ts';
import { localDate, startOfLocalDay } from '../formula/calendar.ts';
import { roundHalfUp } from '../formula/decimal.ts';
import type { FormulaType, Session } from '../formula/types.ts';
import { FlowProblem } from './flow-fault.ts';
import { asText, copied, isCollection, type FlowType, type FlowValue, typeLabel } from './values.ts';

export type Convert = (value: FlowValue, session: Session) => FlowValue;

const isText = (type: FormulaType): boolean => type === 'Text' || type === 'Picklist' || type === 'Multipicklist';

const notNull =
  (convert: (value: never, session: Session) => FieldValue): Convert =>
  (value, session) =>
    value === null ? null : (convert as (value: FlowValue, session: Session) => FieldValue)(value, session);

/** Simple values that a flow converts by itself when they are assigned or compared. */
function convertValue(from: FormulaType, to: FormulaType): Convert | null {
  if (from === to || from === 'Null' || (isText(from) && isText(to))) return (value) => value;
  if (isText(to)) return notNull((value: FieldValue) => asText(value));
  if (from === 'DateTime' && to === 'Date')
    return notNull((value: string, session) => localDate(value, session.timeZone));
  if (from === 'Date' && to === 'DateTime')
    return notNull((value: string, session) => startOfLocalDay(value, session.timeZone));
  return null;
}

/** Throws a FlowProblem for types that a flow does not convert. */
export function converter(from: FlowType, to: FlowType): Convert {
  if (from.kind === 'value' && from.type === 'Null') return (value) => value;
  if (from.kind === 'value' && to.kind === 'value') {
    const convert = convertValue(from.type, to.type);
    if (convert) return convert;
  }
  if (from.kind === 'record' && to.kind === 'record' && from.object.name === to.object.name) return copied;
  if (from.kind === 'collection' && to.kind === 'collection') {
    const item = converter(from.of, to.of);
    return (value, session) => (isCollection(value) ? value.map((entry) => item(entry, session) as FieldValue) : value);
  }
  throw new FlowProblem(`A value of type ${typeLabel(from)} can't be used where ${typeLabel(to)} is expected.`);
}

/**
 * What a field makes of a value that a flow puts into it: numbers rounded to its scale, a checkbox never null, '' as
 * null.
 */
export function fieldConverter(field: FieldDef): (value: FieldValue) => FieldValue {
  switch (field.type) {
    case 'boolean':
      return (value) => value ?? false;
    case 'int':
      return (value) => (typeof value === 'number' ? roundHalfUp(value, 0) : value);
    case 'double':
    case 'currency':
    case 'percent':
      return (value) => (typeof value === 'number' ? roundHalfUp(value, field.scale) : value);
    default:
      return (value) => (value === '' ? null : value);
  }
}
