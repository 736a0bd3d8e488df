/** What to do when the org's own rules keep a test record out. */
import type { SaveOutcome } from '../org/types.ts';

type SaveProblem = SaveOutcome['errors'][number];

/** StatusCodes as in the SOAP API Developer Guide, "Core Data Types Used in API Calls". */
const ADVICE: Readonly<Record<string, (problem: SaveProblem) => string>> = {
  REQUIRED_FIELD_MISSING: ({ fields }) =>
    `Give test records a value for ${fields.join(', ') || 'the field'}, which your org requires: add --value Opportunity.Field=Value.`,
  FIELD_CUSTOM_VALIDATION_EXCEPTION: () =>
    'A validation rule refuses the test record. If it is your own, give test records what it asks for with --value Opportunity.Field=Value.',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: () =>
    'A flow or trigger refuses the test record: look it up by the name in the message; spare records named "Waterfall verify".',
  INSUFFICIENT_ACCESS_OR_READONLY: () => 'Verify as a user who may create, edit and delete opportunities and accounts.',
  INVALID_FIELD_FOR_INSERT_UPDATE: () => 'Assign yourself the permission set Waterfall_RevOps and verify again.',
  INVALID_FIELD: () => 'Assign yourself the permission set Waterfall_RevOps and verify again.',
  INVALID_CROSS_REFERENCE_KEY: () =>
    'If it is the record type: assign yourself the permission set Waterfall_RevOps, which makes the record types available.',
  DUPLICATES_DETECTED: () =>
    'A duplicate rule stops the test record: let it allow saving, or exclude the verifying user.',
  UNABLE_TO_LOCK_ROW: () => 'Somebody else was saving at the same moment: verify again.',
};

export const adviceFor = (problems: readonly SaveProblem[]): string => {
  const [first] = problems;
  if (!first) return 'Verify again; the org gave no reason.';
  return (
    ADVICE[first.code]?.(first) ??
    `Look up ${first.code} and the message, remove the cause or give test records other values with --value Opportunity.Field=Value.`
  );
};
