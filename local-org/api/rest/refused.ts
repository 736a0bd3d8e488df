import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion } from '../api-versions.ts';

/** What exists on the platform and not here, by path below the version, with the name people know it by. */
const REFUSED: readonly (readonly [path: string, name: string])[] = [
  ['/search', 'SOSL search'],
  ['/parameterizedSearch', 'parameterized search'],
  ['/search/*', 'SOSL search'],
  ['/tooling/search', 'SOSL search'],
  ['/tooling/executeAnonymous', 'anonymous Apex'],
  ['/tooling/runTestsSynchronous', 'Apex tests'],
  ['/tooling/runTestsAsynchronous', 'Apex tests'],
  ['/composite/graph', 'composite graph'],
  ['/analytics/*', 'the Reports and Dashboards REST API'],
  ['/actions/*', 'invocable actions over REST'],
  ['/process/*', 'approval processes and process rules'],
];

/** Answers what the local org does not do with its name, so that nobody takes silence for "nothing found". */
export function registerRefused(server: FastifyInstance): void {
  for (const [path, name] of REFUSED) {
    server.route<{ Params: { version: string } }>({
      method: ['GET', 'POST'],
      url: `/services/data/:version${path}`,
      handler(request) {
        parseVersion(request.params.version);
        throw new PlatformError('FUNCTIONALITY_NOT_ENABLED', `The local org does not support ${name}.`, {
          httpStatus: 403,
        });
      },
    });
  }
}
