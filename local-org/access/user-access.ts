import type { UserContext } from '../data/types.ts';
import type { Schema } from '../schema/types.ts';
import type { Grants } from './grants.ts';
import { createRecordAccess, type RecordAccess } from './record-access.ts';
import { visibleSchema } from './visible-schema.ts';

/** What one user may see and do, for one transaction in user mode. */
export interface UserAccess {
  /** Objects and fields as the user sees them. */
  readonly schema: Schema;
  readonly grants: Grants;
  readonly records: RecordAccess;
}

/** `schema` is the org's whole schema. */
export function userAccess(schema: Schema, grants: Grants, user: UserContext): UserAccess {
  return { schema: visibleSchema(schema, grants), grants, records: createRecordAccess(schema, grants, user) };
}
