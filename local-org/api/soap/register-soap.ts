import type { FastifyInstance, FastifyReply } from 'fastify';
import type { UserContext } from '../../data/types.ts';
import { isDiskFull } from '../../disk-full.ts';
import { PlatformError } from '../../platform-error.ts';
import { userOfSession, type ApiContext } from '../context.ts';
import { parseVersion } from '../api-versions.ts';
import { requireMetadataAccess } from '../values/metadata-access.ts';
import { diskFull } from '../error-reply.ts';
import { metadataOperations } from './metadata-operations.ts';
import { child, childText, parseEnvelope } from './parse-envelope.ts';
import { loginOperations, partnerOperations } from './partner-operations.ts';
import type { OpenSoapOperation, SoapOperation } from './soap-operation.ts';
import {
  METADATA_NAMESPACE,
  PARTNER_FAULT_NAMESPACE,
  PARTNER_NAMESPACE,
  soapAnswer,
  soapFault,
} from './write-envelope.ts';

interface SoapApi {
  readonly path: string;
  readonly namespace: string;
  readonly faultNamespace: string;
  /** Fault element of the WSDL. */
  readonly faultKind: string | undefined;
  readonly operations: Readonly<Record<string, SoapOperation>>;
  readonly open: Readonly<Record<string, OpenSoapOperation>>;
  /** Throws when the user may not use this API at all. */
  readonly admit?: (context: ApiContext, user: UserContext) => void;
}

const APIS: readonly SoapApi[] = [
  {
    path: '/services/Soap/m',
    namespace: METADATA_NAMESPACE,
    faultNamespace: METADATA_NAMESPACE,
    faultKind: undefined,
    operations: metadataOperations,
    open: {},
    admit: ({ org }, user) => requireMetadataAccess(org, user),
  },
  {
    path: '/services/Soap/u',
    namespace: PARTNER_NAMESPACE,
    faultNamespace: PARTNER_FAULT_NAMESPACE,
    faultKind: 'ApiFault',
    operations: partnerOperations,
    open: loginOperations,
  },
];

/** Text of the platform's fault for a missing or foreign session. */
const illegalSession = (): PlatformError =>
  new PlatformError('INVALID_SESSION_ID', 'Invalid Session ID found in SessionHeader: Illegal Session');

function answer(context: ApiContext, api: SoapApi, version: string, body: unknown): string {
  const { header, operation } = parseEnvelope(typeof body === 'string' ? body : '');
  const { name } = operation;
  const open = Object.hasOwn(api.open, name) ? api.open[name] : undefined;
  if (open) return soapAnswer(api.namespace, name, open(context, operation, version));
  const sessionId = childText(child(header, 'SessionHeader'), 'sessionId') ?? '';
  const user = userOfSession(context, sessionId);
  if (!user) throw illegalSession();
  api.admit?.(context, user);
  const run = Object.hasOwn(api.operations, name) ? api.operations[name] : undefined;
  if (!run) {
    context.unknownPaths.add('SOAP', `${api.path} ${name}`);
    throw new PlatformError('INVALID_OPERATION', `No operation available for request {${api.namespace}}${name}`);
  }
  return soapAnswer(api.namespace, name, run(context, { version, user, sessionId, header, operation }));
}

function faultOf(context: ApiContext, api: SoapApi, error: unknown): string {
  const refusal = isDiskFull(error) ? diskFull() : error;
  if (refusal instanceof PlatformError)
    return soapFault(api.faultNamespace, refusal.code, refusal.message, api.faultKind);
  const id = context.defects.record(`SOAP ${api.path}`, error);
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${id}`;
  return soapFault(api.faultNamespace, 'UNKNOWN_EXCEPTION', message, api.faultKind);
}

/** The Metadata API and the partner API over SOAP; each operation checks the session in its own header. */
export function registerSoap(server: FastifyInstance, context: ApiContext): void {
  for (const api of APIS) {
    const handle = (version: string, body: unknown, reply: FastifyReply): FastifyReply => {
      reply.type('text/xml;charset=UTF-8');
      try {
        return reply.send(answer(context, api, parseVersion(`v${version}`), body));
      } catch (error) {
        return reply.code(500).send(faultOf(context, api, error));
      }
    };
    for (const path of [`${api.path}/:version`, `${api.path}/:version/:org`]) {
      server.post<{ Params: { version: string } }>(path, (request, reply) =>
        handle(request.params.version, request.body, reply),
      );
    }
  }
}
