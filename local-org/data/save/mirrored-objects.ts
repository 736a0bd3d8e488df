import { PlatformError } from '../../platform-error.ts';
import type { ObjectDef } from '../../schema/types.ts';

/**
 * Objects whose records the platform lets an API client save, and that here mirror metadata alone (metadata/setup-records.ts):
 * the next deploy would take such a record away again.
 */
const MIRRORED: Readonly<Record<string, string>> = {
  FieldPermissions: 'a permission set or profile',
  ObjectPermissions: 'a permission set or profile',
  PermissionSet: 'a permission set',
  Profile: 'a profile',
  RecordType: 'a record type',
  SetupEntityAccess: 'a permission set or profile',
};

/** Throws FUNCTIONALITY_NOT_ENABLED for records that only a deploy may change. */
export function refuseMirrored(object: ObjectDef): void {
  const what = MIRRORED[object.name];
  if (what === undefined) return;
  const message = `The local org does not save ${object.name} records: they mirror metadata. Deploy ${what} instead.`;
  throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', message, { httpStatus: 403 });
}
