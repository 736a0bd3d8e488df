import type { FieldValue, Row } from '../../data/types.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { FormulaType } from '../formula/types.ts';
import type { PlainValue } from './launchable-flows.ts';
import { isCollection, isRecord, newRecord, type FlowRecord, type FlowType, type FlowValue } from './values.ts';

/** Flow values as JSON has them, and back. */
export function toPlain(value: FlowValue): PlainValue {
  if (isCollection(value)) return value.map((item) => toPlain(item) as FieldValue);
  return isRecord(value) ? { ...value.values } : value;
}

/** Throws a PlatformError that names the input when the value is not of the variable's type. */
export function fromPlain(value: PlainValue, type: FlowType, schema: Schema, name: string): FlowValue {
  if (value === null) return type.kind === 'collection' ? [] : null;
  if (type.kind === 'collection') {
    if (!Array.isArray(value)) throw wrongType(name, 'a list');
    return (value as readonly PlainValue[]).map((item) => fromPlain(item, type.of, schema, name) as FieldValue);
  }
  if (type.kind === 'record') return recordOf(value, type.object, name);
  if (!fits(value, type.type)) throw wrongType(name, `of the type ${type.type}`);
  return value as FieldValue;
}

function recordOf(value: PlainValue, object: ObjectDef, name: string): FlowRecord {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw wrongType(name, `a record of ${object.name}`);
  const values: Row = {};
  for (const [key, entry] of Object.entries(value as Row)) {
    if (key === 'attributes') continue;
    const field = object.fields.get(key.toLowerCase());
    if (!field) throw new PlatformError('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    values[field.name] = entry;
  }
  return newRecord(object, values);
}

function fits(value: PlainValue, type: FormulaType): boolean {
  if (type === 'Number') return typeof value === 'number';
  if (type === 'Boolean') return typeof value === 'boolean';
  return typeof value === 'string';
}

const wrongType = (name: string, wanted: string): PlatformError =>
  new PlatformError('INVALID_TYPE', `The value of the input ${name} isn't ${wanted}.`);
