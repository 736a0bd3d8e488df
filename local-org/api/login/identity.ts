import type { FastifyInstance } from 'fastify';
import type { UserContext } from '../../data/types.ts';
import { callerOf, type ApiContext } from '../context.ts';

/** `GET /services/oauth2/userinfo` and the identity URL: who the session belongs to. */
export function registerIdentity(server: FastifyInstance, context: ApiContext): void {
  const { orgId } = context.org;
  const identityUrl = (user: UserContext): string => `${context.baseUrl()}/id/${orgId}/${user.id}`;
  const service = (path: string): string => `${context.baseUrl()}/services/${path}`;
  const urls = (user: UserContext): Record<string, string> => ({
    partner: service(`Soap/u/{version}/${orgId}`),
    metadata: service(`Soap/m/{version}/${orgId}`),
    rest: service('data/v{version}/'),
    sobjects: service('data/v{version}/sobjects/'),
    query: service('data/v{version}/query/'),
    tooling_rest: service('data/v{version}/tooling/'),
    profile: `${context.baseUrl()}/${user.id}`,
  });

  const userInfo = (user: UserContext): Record<string, unknown> => ({
    sub: identityUrl(user),
    user_id: user.id,
    organization_id: orgId,
    preferred_username: user.username,
    nickname: user.username.split('@')[0],
    name: user.name,
    email: user.username,
    email_verified: true,
    zoneinfo: user.timeZone,
    urls: urls(user),
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_US',
    utcOffset: 0,
  });
  server.get('/services/oauth2/userinfo', (request) => userInfo(callerOf(request)));
  server.post('/services/oauth2/userinfo', (request) => userInfo(callerOf(request)));

  server.get<{ Params: { org: string; user: string } }>('/id/:org/:user', (request) => {
    const user = callerOf(request);
    return {
      id: identityUrl(user),
      asserted_user: true,
      user_id: user.id,
      organization_id: orgId,
      username: user.username,
      nick_name: user.username.split('@')[0],
      display_name: user.name,
      email: user.username,
      active: true,
      user_type: 'STANDARD',
      language: 'en_US',
      locale: 'en_US',
      utcOffset: 0,
      urls: urls(user),
    };
  });
}
