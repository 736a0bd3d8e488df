import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { administratorOf } from './administrator-only.ts';

/** What a client needs to act as a user: the fields of an `sf` login. */
export interface LocalLogin {
  readonly accessToken: string;
  readonly instanceUrl: string;
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
}

/**
 * `POST /local/login` with `{username}`: a session of that user, for an administrator who wants to see what the user
 * sees. Throws NOT_FOUND (404) when there is no such active user.
 */
export function registerLogin(server: FastifyInstance, context: ApiContext): void {
  const { org, sessions } = context;
  server.post('/local/login', (request): LocalLogin => {
    administratorOf(request);
    const user = org.user(usernameOf(request.body));
    return {
      accessToken: sessions.open(user.id),
      instanceUrl: context.baseUrl(),
      orgId: org.orgId,
      userId: user.id,
      username: user.username,
      name: user.name,
    };
  });
}

function usernameOf(body: unknown): string {
  const username = typeof body === 'object' && body !== null && 'username' in body ? body.username : undefined;
  if (typeof username === 'string' && username !== '') return username;
  throw new PlatformError('INVALID_INPUT', 'username must name the user to log in as.');
}
