import { convertValue } from '../../data/save/convert-value.ts';
import type { FieldValue } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { FieldDef, Schema } from '../../schema/types.ts';

/**
 * A value by which a client looks a record up, as the org keeps it. Throws what the save procedure says of a wrong
 * type.
 */
export function keyValue(schema: Schema, field: FieldDef, given: unknown): FieldValue {
  const scalar = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean' ? given : null;
  const converted = convertValue(schema, field, scalar);
  if ('value' in converted) return converted.value;
  const { statusCode, message, fields } = converted.error;
  throw new PlatformError(statusCode, message, { fields });
}
