import type { FastifyInstance } from 'fastify';
import type { DeployOptions } from '../../metadata/deploy-types.ts';
import { cancelDeploy, deploy, deployRecentValidation, deployStatus } from '../../metadata/deploy.ts';
import { PlatformError } from '../../platform-error.ts';
import { parseVersion, resourceNotFound } from '../api-versions.ts';
import { callerOf, type ApiContext } from '../context.ts';
import { recordBody } from '../rest/records/write-resources.ts';
import { requireMetadataAccess } from '../values/metadata-access.ts';
import { readMultipart } from './multipart.ts';

interface DeployPath {
  Params: { version: string; id: string };
  Querystring: { includeDetails?: string };
}

function readOptions(part: Buffer | undefined): DeployOptions {
  if (!part)
    throw new PlatformError('INVALID_MULTIPART_REQUEST', 'The part entity_content with the deployOptions is missing');
  try {
    return recordBody(recordBody(JSON.parse(part.toString('utf8'))).deployOptions ?? {});
  } catch (error) {
    if (error instanceof SyntaxError) throw new PlatformError('JSON_PARSER_ERROR', error.message);
    throw error;
  }
}

/**
 * Deploys over REST: `/metadata/deployRequest` (Metadata API Developer Guide, "Deploying and Retrieving with REST").
 */
export function registerMetadataRest(server: FastifyInstance, context: ApiContext): void {
  const base = '/services/data/:version/metadata/deployRequest';

  server.post<{ Params: { version: string } }>(base, (request, reply) => {
    const version = parseVersion(request.params.version);
    const user = callerOf(request);
    requireMetadataAccess(context.org, user);
    const url = (id: string): string => `${context.baseUrl()}/services/data/v${version}/metadata/deployRequest/${id}`;
    if (!Buffer.isBuffer(request.body)) {
      const { validatedDeployRequestId } = recordBody(request.body);
      if (typeof validatedDeployRequestId !== 'string') {
        throw new PlatformError('MISSING_ARGUMENT', 'validatedDeployRequestId is required for a quick deploy');
      }
      const { id } = deployRecentValidation(context.org, user, validatedDeployRequestId);
      return reply
        .code(201)
        .send({ validatedDeployRequestId, id, url: url(id), deployOptions: null, deployResult: null });
    }
    const parts = readMultipart(request.headers['content-type'] ?? '', request.body);
    const named = (name: string) => parts.find((part) => part.name === name)?.content;
    const deployOptions = readOptions(named('entity_content'));
    const zip = named('file');
    if (!zip) throw new PlatformError('INVALID_MULTIPART_REQUEST', 'The part file with the zip is missing');
    const { id } = deploy(context.org, user, zip, deployOptions);
    return reply
      .code(201)
      .send({ id, url: url(id), deployOptions, deployResult: null, validatedDeployRequestId: null });
  });

  const statusOf = (id: string) => {
    try {
      return deployStatus(context.org, id);
    } catch (error) {
      if (error instanceof PlatformError) throw resourceNotFound();
      throw error;
    }
  };

  server.get<DeployPath>(`${base}/:id`, (request) => {
    requireMetadataAccess(context.org, callerOf(request));
    const { id } = request.params;
    const { details, ...summary } = statusOf(id);
    return { id, deployResult: request.query.includeDetails === 'true' ? { ...summary, details } : summary };
  });

  server.patch<DeployPath>(`${base}/:id`, (request, reply) => {
    requireMetadataAccess(context.org, callerOf(request));
    const { id } = request.params;
    const { details: _details, ...summary } = statusOf(id);
    cancelDeploy(context.org, id);
    return reply.code(202).send({ id, deployResult: summary });
  });
}
