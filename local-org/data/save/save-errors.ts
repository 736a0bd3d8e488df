import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import type { FieldValue, SaveError } from '../types.ts';

/**
 * Errors of the save procedure in the platform's words. Codes: DOC api/sforce_api_calls_concepts_core_data_objects
 * "StatusCode"; texts as REST and SOAP answers show them in vendors' logs and forums.
 */
export function saveError(statusCode: string, message: string, fields: readonly string[] = []): SaveError {
  return { statusCode, message, fields };
}

export const noSuchField = (object: ObjectDef, name: string): SaveError =>
  saveError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);

export const notWriteable = (names: readonly string[]): SaveError =>
  saveError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is ` +
      'read/write for your profile or permission set.',
    names,
  );

export const wrongType = (field: FieldDef, value: FieldValue): SaveError =>
  saveError('INVALID_TYPE_ON_FIELD_IN_RECORD', `${field.label}: value not of required type: ${value}`, [field.name]);

/** What is no id at all. */
export const wrongId = (field: FieldDef, value: FieldValue): SaveError =>
  saveError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${value}`, [field.name]);

/** An id of an object that the field does not point to. https://salto.io/blog-posts/invalid-cross-reference-id "Wrong ID". */
export const idOfOtherObject = (field: FieldDef, value: FieldValue): SaveError =>
  saveError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: id value of incorrect type: ${value}`, [field.name]);

/** DOC rest-api/errorcodes: "Account ID: id value of incorrect type". */
export const wrongOwnId = (object: ObjectDef, id: FieldValue): SaveError =>
  saveError('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, ['Id']);

export const requiredMissing = (names: readonly string[]): SaveError =>
  saveError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);

export const tooLong = (field: FieldDef, value: string): SaveError =>
  saveError('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length})`, [
    field.name,
  ]);

/** Up to here Java writes a double in full. */
const MOST_IN_FULL = 1e7;

/** Whole numbers that are no `int` are written as Java writes a double: `100.0`, `1.0E18`. */
function numberText(field: FieldDef, value: number): string {
  if (field.type === 'int') return String(value);
  if (Math.abs(value) < MOST_IN_FULL) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e+');
  return `${digits}${digits.includes('.') ? '' : '.0'}E${exponent}`;
}

/** Text with `100.0` for a Number field: https://dfc-org-production.force.com/forums/ForumsMain?id=9060G000000BfsuQAC. */
export const outOfRange = (field: FieldDef, value: number): SaveError =>
  saveError(
    'NUMBER_OUTSIDE_VALID_RANGE',
    `${field.label}: value outside of valid range on numeric field: ${numberText(field, value)}`,
    [field.name],
  );

/** The text is the one that users see at the field; which code the API puts before it is not documented. */
export const badProbability = (field: FieldDef): SaveError =>
  saveError('FIELD_INTEGRITY_EXCEPTION', `Probability must be between 0 and 100: ${field.label}`, [field.name]);

export const badPicklistValue = (field: FieldDef, value: FieldValue): SaveError =>
  saveError(
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    `${field.label}: bad value for restricted picklist field: ${value}`,
    [field.name],
  );

export const badEmail = (field: FieldDef, value: FieldValue): SaveError =>
  saveError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);

export const badReference = (field: FieldDef | null = null): SaveError =>
  saveError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', field ? [field.name] : []);

export const badRecordType = (id: FieldValue): SaveError =>
  saveError('INVALID_CROSS_REFERENCE_KEY', `Record Type ID: this ID value isn't valid for the user: ${id}`, [
    'RecordTypeId',
  ]);

/** The code is that of circular references; the wording is unconfirmed, and public sources say that it varies. */
export const circularParent = (): SaveError =>
  saveError('CIRCULAR_DEPENDENCY', 'attempt to violate hierarchy constraints', ['ParentId']);

export const entityIsDeleted = (): SaveError => saveError('ENTITY_IS_DELETED', 'entity is deleted');

/** The id is told in its 15-character form: https://github.com/sfb2csolutionarchitects/b2c-crm-sync/issues/98. */
export const duplicateValue = (field: FieldDef, id: string): SaveError =>
  saveError(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field.name} duplicates value on record with id: ${id.slice(0, 15)}`,
  );

export const inactiveOwner = (object: ObjectDef, id: FieldValue): SaveError =>
  saveError(
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${id}] as owner of ${object.label.toLowerCase()}`,
  );

/**
 * Code and text as clients show them: `UNABLE_TO_LOCK_ROW, unable to obtain exclusive access to this record or 1 records:
 * a145000000C6g5HAAR: []` (https://dfc-org-production.force.com/forums/ForumsMain?id=9060G000000I2r1QAC).
 */
export const lockedRow = (id: string): SaveError =>
  saveError('UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);

export const rolledBack = (): SaveError =>
  saveError(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  );

export const tooManyRetries = (): SaveError =>
  saveError('TOO_MANY_APEX_REQUESTS', 'Too many batch retries in the presence of Apex triggers and partial failures.');
