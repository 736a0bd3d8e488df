import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../platform-error.ts';

/** The order in which the platform lists them; https://salesforce.stackexchange.com/questions/13294. */
const ORDER = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Methods in the order of the error that lists them. */
export const inOrder = (methods: ReadonlySet<string>): readonly string[] =>
  ORDER.filter((method) => methods.has(method));

/** `/sobjects/:object/:id` and `/process/*` as patterns of a whole path. */
const patternOf = (url: string): RegExp =>
  new RegExp(
    `^${url
      .replace(/[.+?()[\]{}|^$\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\*/g, '.*')}/?$`,
  );

/**
 * Watches the routes that are registered after it, and tells by which methods a path may be called: none for a path that
 * does not exist.
 */
export function watchMethods(server: FastifyInstance): (path: string) => readonly string[] {
  const routes = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();
  server.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() };
    routes.set(url, route);
    for (const one of [method].flat()) route.methods.add(one);
  });
  return (path) => {
    const fitting = [...routes.values()].filter(({ pattern }) => pattern.test(path));
    return inOrder(new Set(fitting.flatMap(({ methods }) => [...methods])));
  };
}

/** The platform's answer to a method that a resource does not have. DOC rest-api/errorcodes "405"; text as ORDER. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): PlatformError =>
  new PlatformError('METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`, {
    httpStatus: 405,
  });
