import type { FastifyInstance } from 'fastify';
import { readOutbox, type OutboxQuery, type SentMessage } from '../../outbox/outbox.ts';
import { PlatformError } from '../../platform-error.ts';
import type { ApiContext } from '../context.ts';
import { administratorOf } from './administrator-only.ts';
import { positiveParam } from './positive-param.ts';

type Query = Readonly<Record<string, string | undefined>>;

const KINDS = ['email', 'notification'] as const;

/**
 * `GET /local/outbox?last=20&kind=email&contains=renewal`: the emails and notifications that flows sent, newest first. The local
 * org keeps them and sends nothing.
 */
export function registerOutbox(server: FastifyInstance, { org }: ApiContext): void {
  server.get<{ Querystring: Query }>('/local/outbox', (request): { messages: readonly SentMessage[] } => {
    administratorOf(request);
    return { messages: readOutbox(org.database, outboxQuery(request.query)) };
  });
}

const outboxQuery = ({ last, kind, contains }: Query): OutboxQuery => ({
  ...(last === undefined ? {} : { limit: positiveParam('last', last) }),
  ...(kind === undefined ? {} : { kind: kindParam(kind) }),
  ...(contains === undefined ? {} : { contains }),
});

function kindParam(text: string): (typeof KINDS)[number] {
  const kind = KINDS.find((each) => each === text);
  if (kind) return kind;
  throw new PlatformError('INVALID_INPUT', `kind must be one of: ${KINDS.join(', ')}.`);
}
