import type { ApiContext } from '../../context.ts';
import { methodNotAllowed } from '../../allowed-methods.ts';
import { parseVersion, resourceNotFound } from '../../api-versions.ts';
import { matchResource, methodsOfPath, type Matched } from '../match-resource.ts';
import type { Resource, RestCall } from '../resource.ts';

export interface Subrequest {
  readonly method: string;
  readonly url: string;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * The resource a subrequest names and the call it makes. Throws NOT_FOUND for what cannot be called inside a composite,
 * METHOD_NOT_ALLOWED for a method that the resource does not have.
 */
export function readSubrequest(
  { unknownPaths }: ApiContext,
  resources: readonly Resource[],
  { method, url, body, headers }: Subrequest,
): { readonly resource: Matched['resource']; readonly call: RestCall } {
  const { pathname, searchParams } = new URL(url.replace(/^\/+/, '/'), 'http://composite');
  const [, versionSegment = '', path = ''] = /^(?:\/services\/data)?\/(v[^/]+)(\/.*)$/.exec(pathname) ?? [];
  const version = parseVersion(versionSegment);
  const matched = matchResource(resources, method, path);
  if (!matched) {
    const allowed = methodsOfPath(resources, path);
    unknownPaths.add(method, pathname.startsWith('/services/') ? pathname : `/services/data${pathname}`);
    throw allowed.length > 0 ? methodNotAllowed(method, allowed) : resourceNotFound();
  }
  const lowerCased = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    resource: matched.resource,
    call: {
      version,
      params: matched.params,
      query: Object.fromEntries([...searchParams].reverse()),
      headers: lowerCased,
      body,
    },
  };
}
