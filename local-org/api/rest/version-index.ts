import type { FastifyInstance } from 'fastify';
import { callerOf, type ApiContext } from '../context.ts';
import { parseVersion } from '../api-versions.ts';

const RESOURCES = [
  'tooling',
  'metadata',
  'composite',
  'query',
  'queryAll',
  'sobjects',
  'limits',
  'jobs',
  'actions',
  'recent',
  'ui-api',
] as const;

/** Index of a version. */
export function registerVersionIndex(server: FastifyInstance, context: ApiContext): void {
  server.get<{ Params: { version: string } }>('/services/data/:version', (request) => {
    const base = `/services/data/v${parseVersion(request.params.version)}`;
    const links = Object.fromEntries(RESOURCES.map((name) => [name, `${base}/${name}`]));
    return { ...links, identity: `${context.baseUrl()}/id/${context.org.orgId}/${callerOf(request).id}` };
  });
}
