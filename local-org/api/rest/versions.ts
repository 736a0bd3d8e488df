import type { FastifyInstance } from 'fastify';
import { apiVersions } from '../api-versions.ts';

/** `GET /services/data`: the API versions served. Public, as on the platform. */
export function registerVersions(server: FastifyInstance): void {
  server.get('/services/data', () => apiVersions());
}
