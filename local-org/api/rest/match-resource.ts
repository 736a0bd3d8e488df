import { inOrder } from '../allowed-methods.ts';
import type { Resource } from './resource.ts';

export interface Matched {
  readonly resource: Resource;
  readonly params: Readonly<Record<string, string>>;
}

/** `/sobjects/:object/:id` as a pattern with one group per parameter. */
const pattern = (path: string): RegExp => new RegExp(`^${path.replace(/:\w+/g, '([^/]+)')}/?$`);

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/**
 * Finds the resource that a path below the version names; the first that fits, so literal paths come before parameters.
 */
export function matchResource(resources: readonly Resource[], method: string, path: string): Matched | null {
  for (const resource of resources) {
    if (resource.method !== method.toUpperCase()) continue;
    const values = pattern(resource.path).exec(path)?.slice(1);
    if (!values) continue;
    const names = [...resource.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
    return { resource, params: Object.fromEntries(names.map((name, index) => [name, decode(values[index] ?? '')])) };
  }
  return null;
}

/** The methods that the path can be called with; whoever answers a GET answers a HEAD. None for an unknown path. */
export function methodsOfPath(resources: readonly Resource[], path: string): readonly string[] {
  const methods = resources.filter((resource) => pattern(resource.path).test(path)).map(({ method }) => method);
  return inOrder(new Set<string>(methods.includes('GET') ? [...methods, 'HEAD'] : methods));
}
