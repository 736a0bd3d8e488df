import type { DescribeMetadataResult } from './deploy-types.ts';
import { registry } from './metadata-registry.ts';
import { elementsOf } from './xml/metadata-schema.ts';

/** Types with a `-meta.xml` beside each content file. */
const META_ADAPTERS: ReadonlySet<string> = new Set(['matchingContentFile', 'mixedContent']);

/** Every type that can be deployed, stored and retrieved, whether or not the org acts on it. */
export function describeMetadata(): DescribeMetadataResult {
  const metadataObjects = registry()
    .filter((entry) => elementsOf(entry.name) !== undefined || entry.name === 'Settings')
    .map((entry) => ({
      childXmlNames: Object.values(entry.children ?? {}),
      directoryName: entry.directory,
      inFolder: entry.inFolder === true,
      metaFile: META_ADAPTERS.has(entry.adapter ?? ''),
      ...(entry.suffix === undefined ? {} : { suffix: entry.suffix }),
      xmlName: entry.name,
    }));
  return { metadataObjects, organizationNamespace: '', partialSaveAllowed: true, testRequired: false };
}
