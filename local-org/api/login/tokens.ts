import type { FastifyInstance, FastifyReply } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { subjectOfJwt, JwtRefused } from './verify-jwt.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * `POST /services/oauth2/token`: the JWT bearer flow only. The assertion must be signed with the private key that
 * belongs to the public key the org was started with (`--jwt-public-key`), its `sub` names the user. Other grants are
 * refused by name. Shapes: developer.salesforce.com "OAuth 2.0 JWT Bearer Flow for Server-to-Server Integration".
 */
export function registerTokens(server: FastifyInstance, context: ApiContext): void {
  const refuse = (reply: FastifyReply, error: string, description: string): FastifyReply =>
    reply.code(400).send({ error, error_description: description });

  server.post('/services/oauth2/token', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    if (form.get('grant_type') !== JWT_BEARER) {
      return refuse(
        reply,
        'unsupported_grant_type',
        `grant type not supported by the local org; it takes ${JWT_BEARER}`,
      );
    }
    try {
      const username = subjectOfJwt(form.get('assertion') ?? '', context.jwtPublicKey, context.org.clock.now());
      const token = context.sessions.open(username);
      const user = context.sessions.userOf(token);
      if (!user) return refuse(reply, 'invalid_grant', 'user is not active');
      return reply.send({
        access_token: token,
        scope: 'web api',
        instance_url: context.baseUrl(),
        id: `${context.baseUrl()}/id/${context.org.orgId}/${user.id}`,
        token_type: 'Bearer',
      });
    } catch (error) {
      if (error instanceof JwtRefused) return refuse(reply, 'invalid_grant', error.message);
      if (error instanceof PlatformError) return refuse(reply, 'invalid_grant', "user hasn't approved this consumer");
      throw error;
    }
  });

  server.post('/services/oauth2/revoke', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    context.sessions.close(form.get('token') ?? '');
    return reply.send();
  });
}
