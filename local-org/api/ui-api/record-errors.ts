import type { SaveError } from '../../data/types.ts';
import type { ObjectDef } from '../../schema/types.ts';
import type { RestAnswer } from '../rest/resource.ts';

/** Message above the details, as Lightning Data Service hands it to components. */
const MESSAGES = {
  create: 'An error occurred while trying to create the record. Please try again.',
  update: 'An error occurred while trying to update the record. Please try again.',
  delete: 'An error occurred while trying to delete the record. Please try again.',
} as const;

/**
 * "Error with Output" with "Record Exceptions" (User Interface API Developer Guide): errors of the record as a whole, and errors
 * of a field under the field's name.
 */
export function recordErrorAnswer(
  action: keyof typeof MESSAGES,
  object: ObjectDef,
  errors: readonly SaveError[],
): RestAnswer {
  const general: unknown[] = [];
  const byField: Record<string, unknown[]> = {};
  for (const error of errors) {
    const fields = error.fields
      .map((name) => object.fields.get(name.toLowerCase()))
      .filter((field) => field !== undefined);
    if (fields.length === 0) general.push(entry(error, null, null));
    for (const field of fields) (byField[field.name] ??= []).push(entry(error, field.name, field.label));
  }
  const gone = errors.some(({ statusCode }) => statusCode === 'ENTITY_IS_DELETED');
  return {
    status: gone ? 404 : 400,
    body: {
      enhancedErrorType: 'RecordError',
      message: MESSAGES[action],
      output: { errors: general, fieldErrors: byField },
      statusCode: gone ? 404 : 400,
    },
  };
}

/** "Record Exception Error". */
const entry = ({ statusCode, message }: SaveError, field: string | null, fieldLabel: string | null): unknown => ({
  constituentField: null,
  duplicateRecordError: null,
  errorCode: statusCode,
  field,
  fieldLabel,
  message,
});
