import { zipSync } from 'fflate';
import { PlatformError } from '../platform-error.ts';
import type { UserContext } from '../data/types.ts';
import type { LocalOrg } from '../types.ts';
import type { RetrieveMessage, RetrieveRequest, RetrieveResult } from './deploy-types.ts';
import { filePropertiesOf } from './file-properties.ts';
import { openMetadataStore } from './open-metadata-store.ts';
import { keyOf } from './package/incoming.ts';
import { componentFiles } from './retrieve/component-files.ts';
import { keepRetrieve, findRetrieve } from './retrieve/retrieve-results.ts';
import { selectComponents } from './retrieve/select-components.ts';
import { RETRIEVE_PROBLEMS } from './retrieve/wildcards.ts';
import { printMetadataFile } from './xml/print-metadata.ts';

const FOLDER = 'unpackaged/';

/**
 * Retrieves components as a zip and keeps the result for checkRetrieveStatus. Synchronous. What cannot be found is a message, not an
 * error; the local org has no packages, so `packageNames` only yield messages.
 */
export function retrieve(org: LocalOrg, _user: UserContext, request: RetrieveRequest): RetrieveResult {
  const store = openMetadataStore(org.database);
  const prefix = request.singlePackage === true ? '' : FOLDER;
  const types = request.unpackaged?.types ?? [];
  const { components, problems } = selectComponents(store, types);
  const messages: RetrieveMessage[] = problems.map((problem) => ({ fileName: `${prefix}package.xml`, problem }));
  for (const name of request.packageNames ?? [])
    messages.push({ fileName: `${name}/package.xml`, problem: RETRIEVE_PROBLEMS.noPackages(name) });
  const requested = new Set(components.map((component) => keyOf(component.type, component.fullName)));
  const files = componentFiles(components, (type, fullName) => requested.has(keyOf(type, fullName)));
  const version = request.unpackaged?.version ?? request.apiVersion;
  const manifest = printMetadataFile('Package', 'Package', {
    types: types.map(({ name, members }) => ({ members, name })),
    version,
  });
  const entries: Record<string, Uint8Array> = { [`${prefix}package.xml`]: new TextEncoder().encode(manifest) };
  for (const [path, content] of files) entries[prefix + path] = content;
  const result: RetrieveResult = {
    id: store.nextId('RetrieveRequest'),
    done: true,
    fileProperties: filePropertiesOf(org, components, prefix),
    messages,
    status: 'Succeeded',
    success: true,
    zipFile: zipSync(entries, { level: 1 }),
  };
  keepRetrieve(org.database, result, org.clock.now());
  return result;
}

/** The result that checkRetrieveStatus gives. Throws PlatformError INVALID_ID_FIELD when there is no such retrieve. */
export function retrieveStatus(org: LocalOrg, id: string): RetrieveResult {
  const found = findRetrieve(org.database, id);
  if (!found) throw new PlatformError('INVALID_ID_FIELD', `id: ${id} is not a retrieve of this org`);
  return found;
}
