import type { FastifyRequest } from 'fastify';
import type { UserContext } from '../data/types.ts';
import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import type { DefectLog } from './defect-log.ts';
import type { RequestCount } from './request-count.ts';
import type { Cursors } from './rest/query/cursors.ts';
import type { Sessions } from './sessions.ts';
import type { UnknownPaths } from './unknown-paths.ts';

/** What every API family stands on. One per server. */
export interface ApiContext {
  readonly org: LocalOrg;
  readonly sessions: Sessions;
  readonly unknownPaths: UnknownPaths;
  readonly defects: DefectLog;
  readonly requests: RequestCount;
  /** Queries with more to fetch: REST's records, and SOAP's, which are XML already. */
  readonly cursors: Cursors<Readonly<Record<string, unknown>>>;
  readonly soapCursors: Cursors<string>;
  /** PEM of the key whose JWTs may open a session; null when none was given. */
  readonly jwtPublicKey: string | null;
  /** `http://127.0.0.1:4646`, without a slash at the end. Known once the server listens. */
  baseUrl(): string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The session id that came with the request and is valid; null when there is none. */
    sessionId: string | null;
    /** The user of that session. */
    caller: UserContext | null;
  }
}

/**
 * Text and code as in "Status Codes and Error Responses", REST API Developer Guide
 * (developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm).
 */
export const sessionExpired = (): PlatformError =>
  new PlatformError('INVALID_SESSION_ID', 'Session expired or invalid', { httpStatus: 401 });

/** The user of a session, with the session; null when it is not valid. */
export function userOfSession(context: ApiContext, id: string): UserContext | null {
  const user = context.sessions.userOf(id);
  return user && { ...user, session: { id, url: context.baseUrl() } };
}

/**
 * The user on whose behalf the request runs. Throws INVALID_SESSION_ID (401) when the request brought no valid session.
 */
export function callerOf(request: FastifyRequest): UserContext {
  if (!request.caller) throw sessionExpired();
  return request.caller;
}
