import { DatabaseSync } from 'node:sqlite';
import { ADMIN_USERNAME } from '../../../local-org/data/base-records.ts';
import type { UserContext } from '../../../local-org/data/types.ts';
import { PlatformError } from '../../../local-org/platform-error.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

export const ADMIN: UserContext = {
  id: '005000000000001AAA',
  username: ADMIN_USERNAME,
  name: 'Local Admin',
  profileId: '00e000000000001AAA',
  profileName: 'System Administrator',
  roleId: null,
  timeZone: 'UTC',
  customPermissions: new Set(),
};

/** An org that knows its administrator and nothing else: enough for what login, sessions and errors need. */
export function orgDouble(overrides: Partial<LocalOrg> = {}): LocalOrg {
  const unavailable = (): never => {
    throw new Error('the double has no data');
  };
  return {
    orgId: '00D000000000001EAA',
    database: new DatabaseSync(':memory:'),
    clock: { now: () => new Date(), moveTo: unavailable },
    metadata: { get: unavailable, ofType: unavailable },
    schema: { objects: new Map(), object: () => undefined, objectOfId: () => undefined, children: () => [] },
    automation: {
      defaults: unavailable,
      beforeSave: unavailable,
      validate: unavailable,
      afterSave: unavailable,
      beforeDelete: unavailable,
      formulaFields: unavailable,
    },
    user(idOrUsername) {
      if (idOrUsername === ADMIN.id || idOrUsername === ADMIN.username) return ADMIN;
      throw new PlatformError('INVALID_LOGIN', `no user ${idOrUsername}`);
    },
    transact: unavailable,
    reload: unavailable,
    close: () => undefined,
    ...overrides,
  };
}
