import type { FastifyInstance } from 'fastify';
import { registerLightning } from '../lightning/register-lightning.ts';
import { requireSession } from './authenticate.ts';
import { registerBulk } from './bulk/register-bulk.ts';
import type { ApiContext } from './context.ts';
import { registerLocal } from './local/register-local.ts';
import { registerFrontdoor } from './login/frontdoor.ts';
import { registerIdentity } from './login/identity.ts';
import { registerTokens } from './login/tokens.ts';
import { registerMetadataRest } from './metadata-rest/register-metadata-rest.ts';
import { registerRefused } from './rest/refused.ts';
import { registerRest } from './rest/register-rest.ts';
import { registerVersionIndex } from './rest/version-index.ts';
import { registerVersions } from './rest/versions.ts';
import { registerSoap } from './soap/register-soap.ts';
import { registerUiApi } from './ui-api/register-ui-api.ts';

/** An API family: adds its routes, with full paths, to the scope it is given. */
export type Family = (server: FastifyInstance, context: ApiContext) => void;

/** Answer without a session: they are how one gets a session, or ask for it in their own way (SOAP, pages). */
const OPEN: readonly Family[] = [registerVersions, registerTokens, registerFrontdoor, registerSoap, registerLightning];

/** Answer 401 INVALID_SESSION_ID without a session. */
const PROTECTED: readonly Family[] = [
  registerIdentity,
  registerVersionIndex,
  registerRest,
  registerUiApi,
  registerBulk,
  registerMetadataRest,
  registerLocal,
  registerRefused,
];

/** To add an API: write `registerX` in a file of its own and name it in one of the two lists. */
export function registerFamilies(server: FastifyInstance, context: ApiContext): void {
  for (const family of OPEN) family(server, context);
  void server.register((scope, _options, done) => {
    requireSession(scope);
    for (const family of PROTECTED) family(scope, context);
    done();
  });
}
