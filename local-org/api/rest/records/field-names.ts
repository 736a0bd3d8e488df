import { PlatformError } from '../../../platform-error.ts';
import type { FieldDef, ObjectDef } from '../../../schema/types.ts';

const NOT_SCALAR = ['address', 'location', 'complexvalue', 'base64'];

/**
 * The fields that a request's `fields` asks for, or all that hold a value of their own. A parent's field (`Owner.Name`)
 * is left to SOQL. Throws INVALID_FIELD for a name that is none.
 */
export function fieldNames(object: ObjectDef, asked: string | undefined): readonly string[] {
  if (asked === undefined || asked === '') {
    const isScalar = ({ type }: FieldDef): boolean => !NOT_SCALAR.includes(type);
    return [...object.fields.values()].filter(isScalar).map(({ name }) => name);
  }
  return asked.split(',').map((given) => {
    const name = given.trim();
    if (/^\w+(\.\w+)+$/.test(name)) return name;
    const field = object.fields.get(name.toLowerCase());
    if (field) return field.name;
    throw new PlatformError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  });
}
