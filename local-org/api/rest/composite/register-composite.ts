import type { FastifyInstance } from 'fastify';
import type { Transaction, UserContext } from '../../../data/types.ts';
import { PlatformError } from '../../../platform-error.ts';
import { callerOf, type ApiContext } from '../../context.ts';
import { toRestErrors } from '../../error-reply.ts';
import { recordBody } from '../records/write-resources.ts';
import { answerInTransaction, RolledBack, toRestCall, type Resource, type RestAnswer } from '../resource.ts';
import { resolveReferences } from './references.ts';
import { readSubrequest, type Subrequest } from './subrequest.ts';

/** Subrequests per call of Composite and of Batch (REST API Developer Guide). */
const MOST_SUBREQUESTS = 25;

/** Graphs of a call, and nodes of all of them (REST API Developer Guide, "Composite Graph Limits"). */
const MOST_GRAPHS = 75;
const MOST_NODES = 500;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function listOf(body: unknown, member: string, most = MOST_SUBREQUESTS): readonly unknown[] {
  const list = recordBody(body)[member];
  if (!Array.isArray(list)) throw new PlatformError('JSON_PARSER_ERROR', `${member} is required and must be an array`);
  if (list.length > most) {
    throw new PlatformError('LIMIT_EXCEEDED', `The maximum number of ${member} is ${String(most)}`);
  }
  return list;
}

interface CompositeRequest {
  readonly referenceId: string;
  readonly request: Subrequest;
}

interface CompositeResponse {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

function readCompositeRequest(given: unknown): CompositeRequest {
  const { method, url, referenceId, body, httpHeaders } = recordBody(given);
  if (text(referenceId) === '') throw new PlatformError('INVALID_INPUT', 'Every subrequest needs a referenceId.');
  const headers = recordBody(httpHeaders ?? {}) as Record<string, string>;
  return { referenceId: text(referenceId), request: { method: text(method), url: text(url), body, headers } };
}

const HALTED = new PlatformError(
  'PROCESSING_HALTED',
  'The transaction was rolled back since another operation in the same transaction failed.',
);

const response = (referenceId: string, answer: RestAnswer): CompositeResponse => ({
  body: answer.body ?? null,
  httpHeaders: answer.headers?.location === undefined ? {} : { Location: answer.headers.location },
  httpStatusCode: answer.status,
  referenceId,
});

/** Composite and Batch: several calls of the REST resources in one request. */
export function registerComposite(resources: readonly Resource[]) {
  return (server: FastifyInstance, context: ApiContext): void => {
    /** An answer whatever happens: an error is an answer of its subrequest. */
    const run = (user: UserContext, tx: Transaction | null, request: Subrequest): RestAnswer => {
      try {
        const { resource, call } = readSubrequest(context, resources, request);
        if (tx) return resource.handle(context, tx, call);
        return answerInTransaction(context, user, (own) => resource.handle(context, own, call));
      } catch (error) {
        if (error instanceof RolledBack) return error.answer;
        const { status, body } = toRestErrors(context, `${request.method} ${request.url}`, error);
        return { status, body };
      }
    };

    const runAll = (user: UserContext, tx: Transaction | null, requests: readonly CompositeRequest[]) => {
      const bodies = new Map<string, unknown>();
      const responses: CompositeResponse[] = [];
      for (const { referenceId, request } of requests) {
        let answer: RestAnswer;
        try {
          const { url, body } = resolveReferences({ url: request.url, body: request.body }, bodies);
          answer = run(user, tx, { ...request, url, body });
        } catch (error) {
          const { status, body } = toRestErrors(context, `composite ${referenceId}`, error);
          answer = { status, body };
        }
        if (answer.status < 300) bodies.set(referenceId, answer.body);
        responses.push(response(referenceId, answer));
        if (tx && answer.status >= 300) {
          throw new RolledBack({
            status: 200,
            body: { compositeResponse: haltOthers(requests, response(referenceId, answer)) },
          });
        }
      }
      return responses;
    };

    server.post('/services/data/:version/composite', (request) => {
      const { body } = toRestCall(request);
      const user = callerOf(request);
      const requests = listOf(body, 'compositeRequest').map(readCompositeRequest);
      if (recordBody(body).allOrNone !== true) return { compositeResponse: runAll(user, null, requests) };
      const together = (tx: Transaction): RestAnswer => ({
        status: 200,
        body: { compositeResponse: runAll(user, tx, requests) },
      });
      return answerInTransaction(context, user, together).body;
    });

    /** Each graph is a transaction of its own: all of it or nothing. */
    server.post('/services/data/:version/composite/graph', (request) => {
      const user = callerOf(request);
      const graphs = listOf(toRestCall(request).body, 'graphs', MOST_GRAPHS).map((given) => {
        const requests = listOf(given, 'compositeRequest', MOST_NODES).map(readCompositeRequest);
        return { graphId: text(recordBody(given).graphId), requests };
      });
      if (new Set(graphs.map(({ graphId }) => graphId)).size < graphs.length || graphs.some(({ graphId }) => !graphId))
        throw new PlatformError('INVALID_INPUT', 'Every graph needs a graphId of its own.');
      const nodes = graphs.reduce((sum, { requests }) => sum + requests.length, 0);
      if (nodes > MOST_NODES)
        throw new PlatformError('LIMIT_EXCEEDED', `The maximum number of nodes in all graphs is ${String(MOST_NODES)}`);
      return {
        graphs: graphs.map(({ graphId, requests }) => {
          const together = (tx: Transaction): RestAnswer => ({
            status: 200,
            body: { compositeResponse: runAll(user, tx, requests) },
          });
          const { body } = answerInTransaction(context, user, together);
          const { compositeResponse } = body as { readonly compositeResponse: readonly CompositeResponse[] };
          const isSuccessful = compositeResponse.every(({ httpStatusCode }) => httpStatusCode < 300);
          return { graphId, graphResponse: { compositeResponse }, isSuccessful };
        }),
      };
    });

    server.post('/services/data/:version/composite/batch', (request) => {
      const { body } = toRestCall(request);
      const user = callerOf(request);
      const haltOnError = recordBody(body).haltOnError === true;
      let failed = false;
      const results = listOf(body, 'batchRequests').map((given) => {
        const { method, url, richInput } = recordBody(given);
        if (failed && haltOnError) {
          const error = { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' };
          return { statusCode: 412, result: [error] };
        }
        const path = `/${text(url).replace(/^\/+/, '')}`;
        const answer = run(user, null, { method: text(method), url: path, body: richInput, headers: {} });
        failed ||= answer.status >= 400;
        return { statusCode: answer.status, result: answer.body ?? null };
      });
      return { hasErrors: failed, results };
    });
  };
}

/**
 * With allOrNone the failed subrequest keeps its own error, and all others say that they were taken back or never ran.
 */
function haltOthers(requests: readonly CompositeRequest[], failed: CompositeResponse): readonly CompositeResponse[] {
  const halted = { status: 400, body: [{ errorCode: HALTED.code, message: HALTED.message }] };
  return requests.map(({ referenceId }) =>
    referenceId === failed.referenceId ? failed : response(referenceId, halted),
  );
}
