import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Transaction } from '../../data/types.ts';
import { parseVersion } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';

/** One call of a REST resource, whether it came over HTTP or inside a composite request. */
export interface RestCall {
  /** `67.0` */
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: unknown;
}

export interface RestAnswer {
  readonly status: number;
  /** Absent: no body (204). */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Something under `/services/data/vXX.0` that runs in one transaction. */
export interface Resource {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below the version, with parameters: `/sobjects/:object/:id`. */
  readonly path: string;
  handle(context: ApiContext, tx: Transaction, call: RestCall): RestAnswer;
}

/** Thrown inside a transaction that must be undone although there is an answer to give. */
export class RolledBack extends Error {
  override readonly name = 'RolledBack';
  readonly answer: RestAnswer;

  constructor(answer: RestAnswer) {
    super('the transaction was rolled back on purpose');
    this.answer = answer;
  }
}

/** Runs a piece of work in a transaction of its own, and undoes it where it asks for that. */
export function answerInTransaction(
  context: ApiContext,
  user: Parameters<ApiContext['org']['transact']>[0],
  work: (tx: Transaction) => RestAnswer,
): RestAnswer {
  try {
    return context.org.transact(user, work, { mode: 'user' });
  } catch (error) {
    if (error instanceof RolledBack) return error.answer;
    throw error;
  }
}

export function sendAnswer(reply: FastifyReply, answer: RestAnswer): FastifyReply {
  reply.code(answer.status).headers(answer.headers ?? {});
  return answer.body === undefined ? reply.send() : reply.send(answer.body);
}

/** The call that an HTTP request makes. */
export function toRestCall(request: FastifyRequest): RestCall {
  const params = request.params as Record<string, string>;
  return {
    version: parseVersion(params.version ?? ''),
    params,
    query: request.query as Record<string, string | undefined>,
    headers: request.headers as Record<string, string | undefined>,
    body: request.body,
  };
}

export function registerResources(server: FastifyInstance, context: ApiContext, resources: readonly Resource[]): void {
  for (const resource of resources) {
    server.route({
      method: resource.method,
      url: `/services/data/:version${resource.path}`,
      handler: (request, reply) => {
        const call = toRestCall(request);
        const answer = answerInTransaction(context, callerOf(request), (tx) => resource.handle(context, tx, call));
        return sendAnswer(reply, answer);
      },
    });
  }
}
