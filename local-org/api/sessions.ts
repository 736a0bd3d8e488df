import { randomBytes } from 'node:crypto';
import type { UserContext } from '../data/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';

/** Bytes of randomness in a session id. */
const RANDOM_BYTES = 48;

/** Open sessions of one server. They live as long as the process: a new start has new ones. */
export interface Sessions {
  /** The session of the org's administrator, made at the start. */
  readonly adminToken: string;
  /** Opens a session for an active user. Throws INVALID_LOGIN when there is none. */
  open(idOrUsername: string): string;
  /** The session's user as he is now; null when there is no such session, or the user is no longer active. */
  userOf(token: string): UserContext | null;
  close(token: string): void;
}

/**
 * A session id as Salesforce writes it: the 15-character org id, `!`, and characters that no client has to escape.
 * @salesforce/core accepts only `00D`, 12 to 15 word characters, `!`.
 */
function newToken(orgId: string): string {
  return `${orgId.slice(0, 15)}!${randomBytes(RANDOM_BYTES).toString('base64url').replaceAll('-', '.')}`;
}

/** `token` instead of a random one for the administrator lets whoever started the org know it beforehand. */
export function createSessions(org: LocalOrg, admin: string, token?: string): Sessions {
  const users = new Map<string, string>();
  const findUser = (idOrUsername: string): UserContext | null => {
    try {
      return org.user(idOrUsername);
    } catch (error) {
      if (error instanceof PlatformError) return null;
      throw error;
    }
  };
  const open = (idOrUsername: string, given?: string): string => {
    const user = findUser(idOrUsername);
    // Text of the platform's login fault, SOAP API Developer Guide, login().
    const refusal = 'Invalid username, password, security token; or user locked out.';
    if (!user) throw new PlatformError('INVALID_LOGIN', refusal, { httpStatus: 401 });
    const session = given ?? newToken(org.orgId);
    users.set(session, user.id);
    return session;
  };
  return {
    adminToken: open(admin, token),
    open: (idOrUsername) => open(idOrUsername),
    userOf(session) {
      const id = users.get(session);
      return id === undefined ? null : findUser(id);
    },
    close: (session) => void users.delete(session),
  };
}
