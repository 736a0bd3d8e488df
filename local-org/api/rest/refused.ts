import type { FastifyInstance } from 'fastify';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion } from '../api-versions.ts';

/** What exists on the platform and not here, by path below the version, with the name people know it by. */
const REFUSED: readonly (readonly [path: string, name: string, httpStatus?: number])[] = [
  ['/search', 'SOSL search'],
  ['/parameterizedSearch', 'parameterized search'],
  ['/search/*', 'SOSL search'],
  ['/tooling/search', 'SOSL search'],
  ['/tooling/executeAnonymous', 'anonymous Apex'],
  ['/tooling/runTestsSynchronous', 'Apex tests'],
  ['/tooling/runTestsAsynchronous', 'Apex tests'],
  ['/analytics/*', 'the Reports and Dashboards REST API'],
  ['/actions/standard/*', 'this standard action over REST'],
  ['/actions/custom/apex', 'Apex actions over REST'],
  ['/actions/custom/apex/*', 'Apex actions over REST'],
  ['/graphql', 'GraphQL', 404],
  ['/process/*', 'approval processes and process rules'],
  ['/sobjects/:object/describe/*', "describing an object's layouts"],
  ['/sobjects/:object/listviews', "an object's list views over REST (the UI API has them)"],
  ['/sobjects/:object/listviews/*', "an object's list views over REST (the UI API has them)"],
  ['/sobjects/:object/quickActions', "an object's quick actions"],
  ['/sobjects/:object/quickActions/*', "an object's quick actions"],
];

/** Answers what the local org does not do with its name, so that nobody takes silence for "nothing found". */
export function registerRefused(server: FastifyInstance): void {
  for (const [path, name, httpStatus = 403] of REFUSED) {
    server.route<{ Params: { version: string } }>({
      method: ['GET', 'POST'],
      url: `/services/data/:version${path}`,
      handler(request) {
        parseVersion(request.params.version);
        const code = httpStatus === 404 ? 'NOT_FOUND' : 'FUNCTIONALITY_NOT_ENABLED';
        throw new PlatformError(code, `The local org does not support ${name}.`, { httpStatus });
      },
    });
  }
}
