import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import type { FileProperties, ListMetadataQuery } from './deploy-types.ts';
import { filePropertiesOf } from './file-properties.ts';
import { parentOf, registryEntry } from './metadata-registry.ts';
import { openMetadataStore } from './open-metadata-store.ts';
import { RETRIEVE_PROBLEMS } from './retrieve/wildcards.ts';

/** At most three queries per call: Metadata API Developer Guide, listMetadata(). */
const QUERIES_PER_CALL = 3;

/**
 * Components of up to three types; of a type in folders those of the named folder, and none without one ("required for components
 * that use folders", Metadata API Developer Guide, ListMetadataQuery); folders are listed as ReportFolder and the like. Throws
 * PlatformError for an unknown type.
 */
export function listMetadata(org: LocalOrg, queries: readonly ListMetadataQuery[]): readonly FileProperties[] {
  if (queries.length > QUERIES_PER_CALL) {
    throw new PlatformError('LIMIT_EXCEEDED', `listMetadata takes at most ${QUERIES_PER_CALL} queries per call`);
  }
  const store = openMetadataStore(org.database);
  return queries.flatMap(({ type, folder }) => {
    if (!registryEntry(type) && !parentOf(type) && !type.endsWith('Folder'))
      throw new PlatformError('INVALID_TYPE', RETRIEVE_PROBLEMS.unknownType(type));
    const inFolder = registryEntry(type)?.inFolder === true;
    const components = store
      .ofType(type)
      .filter((one) => !inFolder || (folder !== undefined && one.fullName.startsWith(`${folder}/`)));
    return filePropertiesOf(org, components, '');
  });
}
