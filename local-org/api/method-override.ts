import type { IncomingMessage } from 'node:http';

/** Methods that a POST may stand for. */
const METHODS = new Set(['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE']);

const PARAMETER = '_HttpMethod';

/**
 * A POST with `?_HttpMethod=PATCH` is answered as the PATCH it names, for clients that cannot send one; the name and its
 * value are case-sensitive. DOC rest-api/rest-api-architecture "Method Overriding". Returns the URL without the parameter.
 */
export function overrideMethod(request: Pick<IncomingMessage, 'method'>, url: string): string {
  const [path = '/', query] = url.split(/\?(.*)/s);
  if (request.method !== 'POST' || query === undefined || !path.startsWith('/services/data/')) return url;
  const parameters = query.split('&');
  const named = parameters.find((parameter) => parameter.startsWith(`${PARAMETER}=`));
  const method = named?.slice(PARAMETER.length + 1) ?? '';
  if (!METHODS.has(method)) return url;
  request.method = method;
  const others = parameters.filter((parameter) => parameter !== named);
  return others.length > 0 ? `${path}?${others.join('&')}` : path;
}
