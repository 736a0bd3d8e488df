import type { PermissionSet } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';

export type ObjectPermission = Authored<PermissionSet['objectPermissions'][number]>;

/** Reading the records of an object that are shared with the user, and what else is said; neither deleting them nor seeing all. */
export const objectAccess = (object: string, allowEdit: boolean, allowCreate: boolean): ObjectPermission => ({
  allowCreate,
  allowDelete: false,
  allowEdit,
  allowRead: true,
  modifyAllRecords: false,
  object,
  viewAllFields: false,
  viewAllRecords: false,
});
