import type { FastifyRequest } from 'fastify';
import type { UserContext } from '../../data/types.ts';
import { PlatformError } from '../../platform-error.ts';
import { callerOf } from '../context.ts';

/** The profile whose users may do with the org itself what nobody can do with Salesforce. */
const ADMINISTRATOR = 'System Administrator';

/** The caller, who must be an administrator. Throws INSUFFICIENT_ACCESS (403) for anybody else. */
export function administratorOf(request: FastifyRequest): UserContext {
  const user = callerOf(request);
  if (user.profileName === ADMINISTRATOR) return user;
  throw new PlatformError(
    'INSUFFICIENT_ACCESS',
    `Only an administrator of the local org may do this; ${user.username} has the profile ${user.profileName}.`,
    { httpStatus: 403 },
  );
}
