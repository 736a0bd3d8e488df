import type { UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { LocalOrg } from '../../types.ts';
import { hasUserPermission } from './user-permission.ts';

/** Either one is enough. Text: https://github.com/forcedotcom/code-builder-feedback/issues/66. */
const ENOUGH = ['ModifyMetadata', 'ModifyAllData'] as const;

const REFUSAL = 'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions';

/** Throws INSUFFICIENT_ACCESS for a user who may not use the Metadata API. Not inside a transaction. */
export const requireMetadataAccess = (org: LocalOrg, user: UserContext): void => {
  if (!ENOUGH.some((permission) => hasUserPermission(org, user, permission))) {
    throw new PlatformError('INSUFFICIENT_ACCESS', REFUSAL, { httpStatus: 403 });
  }
};
