import type { FastifyInstance, FastifyRequest } from 'fastify';
import { PlatformError } from '../platform-error.ts';
import { callerOf, userOfSession, type ApiContext } from './context.ts';

/** Host names under which a server on loopback may be addressed. */
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Cookie in which Lightning pages carry the session, named as Salesforce names it. */
export const SESSION_COOKIE = 'sid';

function bearerToken(request: FastifyRequest): string | null {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

function cookieToken(request: FastifyRequest): string | null {
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  const found = cookies.find((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  if (!found) return null;
  try {
    return decodeURIComponent(found.slice(SESSION_COOKIE.length + 1));
  } catch {
    return null;
  }
}

/** A web page elsewhere must not reach the org through a name that it points at 127.0.0.1. */
function refuseForeignHost(request: FastifyRequest): void {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (!LOOPBACK_HOSTS.has(host)) {
    throw new PlatformError('INVALID_HOST', `The local org answers on 127.0.0.1 only, not as '${host}'`, {
      httpStatus: 403,
    });
  }
}

/** Finds out for every request who calls; whether that matters is the family's decision (`requireSession`). */
export function identifyCallers(server: FastifyInstance, context: ApiContext): void {
  server.decorateRequest('sessionId', null);
  server.decorateRequest('caller', null);
  server.addHook('onRequest', (request, _reply, done) => {
    refuseForeignHost(request);
    const token = bearerToken(request) ?? cookieToken(request);
    request.caller = token === null ? null : userOfSession(context, token);
    request.sessionId = request.caller ? token : null;
    done();
  });
}

/** Routes registered in this scope answer 401 INVALID_SESSION_ID to whoever brings no valid session. */
export function requireSession(server: FastifyInstance): void {
  server.addHook('onRequest', (request, _reply, done) => {
    callerOf(request);
    done();
  });
}
