import type { FastifyInstance } from 'fastify';
import { callerOf, sessionExpired, type ApiContext } from '../context.ts';
import { SESSION_COOKIE } from '../authenticate.ts';

/** Where someone lands who names no page. */
const HOME = '/lightning/page/home';

/** Only a path of this org: a full address would make the org a redirector to anywhere. */
const localPath = (wanted: string | undefined): string =>
  wanted !== undefined && /^\/(?![/\\])/.test(wanted) ? wanted : HOME;

/** `/secur/frontdoor.jsp?sid=&retURL=`: turns a session id into the browser's cookie, as `sf org open` expects. */
export function registerFrontdoor(server: FastifyInstance, context: ApiContext): void {
  server.get<{ Querystring: { sid?: string; retURL?: string; startURL?: string } }>(
    '/secur/frontdoor.jsp',
    (request, reply) => {
      const { sid, retURL, startURL } = request.query;
      if (sid === undefined || !context.sessions.userOf(sid)) throw sessionExpired();
      const cookie = `${SESSION_COOKIE}=${encodeURIComponent(sid)}; Path=/; HttpOnly; SameSite=Strict`;
      return reply.header('set-cookie', cookie).redirect(localPath(retURL ?? startURL), 302);
    },
  );

  /** A link that logs a browser in; `sf org open` asks for it. */
  server.get<{ Querystring: { redirect_uri?: string } }>('/services/oauth2/singleaccess', (request) => {
    const user = callerOf(request);
    const query = new URLSearchParams({ sid: context.sessions.open(user.id) });
    if (request.query.redirect_uri !== undefined)
      query.set('retURL', `/${request.query.redirect_uri.replace(/^\/+/, '')}`);
    return { frontdoor_uri: `${context.baseUrl()}/secur/frontdoor.jsp?${query.toString()}` };
  });
}
