import fastify, { type FastifyInstance } from 'fastify';
import { ADMIN_USERNAME } from '../data/base-records.ts';
import type { LocalOrg } from '../types.ts';
import { methodNotAllowed, watchMethods } from './allowed-methods.ts';
import { overrideMethod } from './method-override.ts';
import { addBodyParsers, MAX_BODY_BYTES } from './body-parsers.ts';
import { identifyCallers } from './authenticate.ts';
import type { ApiContext } from './context.ts';
import { createDefectLog } from './defect-log.ts';
import { replyWithError } from './error-reply.ts';
import { registerFamilies } from './register-families.ts';
import { limitRequestSize, READ_BYTES } from './request-size.ts';
import { countRequests, createRequestCount } from './request-count.ts';
import { createCursors } from './rest/query/cursors.ts';
import { createSessions } from './sessions.ts';
import { createUnknownPaths } from './unknown-paths.ts';
import { resourceNotFound } from './api-versions.ts';

export interface ServerOptions {
  /** Session id of the administrator; a random one when left out. */
  readonly token?: string;
  /** Id or username of the administrator who owns `token`. */
  readonly admin?: string;
  /** File for stacks of defects; standard error when left out. */
  readonly logFile?: string;
  /** PEM public key or certificate whose JWTs may log in (`sf org login jwt`). */
  readonly jwtPublicKey?: string;
  /** Told once of each method and path that the local org does not have. */
  readonly onUnknownPath?: (request: string) => void;
}

export interface ApiServer {
  readonly http: FastifyInstance;
  readonly context: ApiContext;
  /** The administrator's session id. */
  readonly token: string;
  /** Listens on 127.0.0.1; 0 takes a free port. Returns the base URL. Throws what the system says (`EADDRINUSE`). */
  listen(port: number): Promise<string>;
  /** Ends open connections and stops listening. The org stays open. */
  close(): Promise<void>;
}

/** The org's API over HTTP. One file per API family; `register-families.ts` lists them. */
export function createServer(org: LocalOrg, options: ServerOptions = {}): ApiServer {
  let url = 'http://127.0.0.1';
  const context: ApiContext = {
    org,
    sessions: createSessions(org, options.admin ?? ADMIN_USERNAME, options.token),
    unknownPaths: createUnknownPaths(options.onUnknownPath ?? (() => undefined)),
    defects: createDefectLog(options.logFile ?? null, (text) => void process.stderr.write(text)),
    requests: createRequestCount(),
    cursors: createCursors(),
    soapCursors: createCursors(),
    jwtPublicKey: options.jwtPublicKey ?? null,
    baseUrl: () => url,
  };
  const http = fastify({
    bodyLimit: MAX_BODY_BYTES,
    http: { maxHeaderSize: READ_BYTES },
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: true, maxParamLength: 1000, querystringParser },
    // Clients join an instance URL that ends in a slash with paths that begin with one.
    rewriteUrl: (request) => overrideMethod(request, collapseSlashes(request.url ?? '/')),
  });
  const methodsOf = watchMethods(http);
  addBodyParsers(http);
  limitRequestSize(http);
  countRequests(http, context.requests);
  identifyCallers(http, context);
  http.setErrorHandler(replyWithError(context));
  http.setNotFoundHandler((request) => {
    const path = request.url.split('?')[0] ?? request.url;
    context.unknownPaths.add(request.method, path);
    const allowed = methodsOf(path);
    throw allowed.length > 0 ? methodNotAllowed(request.method, allowed) : resourceNotFound();
  });
  registerFamilies(http, context);
  return {
    http,
    context,
    token: context.sessions.adminToken,
    async listen(port) {
      url = await http.listen({ host: '127.0.0.1', port });
      return url;
    },
    close: () => http.close(),
  };
}

/** A parameter that is given twice counts once, with its first value, as in a Java servlet. */
const querystringParser = (text: string): Record<string, string> =>
  Object.fromEntries([...new URLSearchParams(text)].reverse());

function collapseSlashes(url: string): string {
  const [path = '/', ...query] = url.split('?');
  return [path.replace(/\/{2,}/g, '/'), ...query].join('?');
}
