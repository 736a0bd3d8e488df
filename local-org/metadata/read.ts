import { PlatformError } from '../platform-error.ts';
import type { LocalOrg } from '../types.ts';
import { parentOf, registryEntry } from './metadata-registry.ts';
import { openMetadataStore } from './open-metadata-store.ts';
import { schemaTypeOf } from './package/modelled-types.ts';
import { encodeValues } from './retrieve/filter-by-request.ts';
import { RETRIEVE_PROBLEMS } from './retrieve/wildcards.ts';
import { selectComponents } from './retrieve/select-components.ts';
import type { StoredComponent } from './types.ts';
import { printElements } from './xml/print-metadata.ts';

/** readMetadata() takes at most ten names, for CustomMetadata and CustomApplication 200: Metadata API Developer Guide. */
const NAMES_PER_CALL = 10;

export interface ReadMetadataRecord {
  /** The schema's type, for `xsi:type`: `OpportunitySettings` where `type` is Settings. */
  readonly xsiType: string;
  readonly fullName: string;
  /** As `@salesforce/types` has it, `fullName` included. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The same as XML elements without a root, for a SOAP answer. */
  readonly xml: string;
}

/** Components by name, in the order asked for; null where there is none. Throws PlatformError for an unknown type or too many names. */
export function readMetadata(
  org: LocalOrg,
  type: string,
  fullNames: readonly string[],
): readonly (ReadMetadataRecord | null)[] {
  if (!registryEntry(type) && !parentOf(type))
    throw new PlatformError('INVALID_TYPE', RETRIEVE_PROBLEMS.unknownType(type));
  if (fullNames.length > NAMES_PER_CALL) {
    throw new PlatformError('LIMIT_EXCEEDED', `readMetadata takes at most ${NAMES_PER_CALL} names per call`);
  }
  const store = openMetadataStore(org.database);
  return fullNames.map((fullName) => {
    const { components } = selectComponents(store, [{ name: type, members: [fullName] }]);
    const [component] = components.filter((one) => one.type === type);
    if (!component || fullName === '*') return null;
    const content = withChildren(component, components);
    const metadata = { fullName: component.fullName, ...content };
    const xsiType = schemaTypeOf(type, component.fullName);
    return { xsiType, fullName: component.fullName, metadata, xml: printElements(xsiType, metadata) };
  });
}

/** An object's record carries its children, as on the platform. */
function withChildren(
  component: StoredComponent,
  components: readonly StoredComponent[],
): Readonly<Record<string, unknown>> {
  const content: Record<string, unknown> = { ...component.metadata };
  delete content.raw;
  if (component.type === 'BusinessProcess') content.values = encodeValues(content.values);
  for (const [element, childType] of Object.entries(registryEntry(component.type)?.children ?? {})) {
    const children = components.filter((one) => one.type === childType);
    content[element] = children.map((child) => ({
      fullName: child.fullName.slice(child.fullName.indexOf('.') + 1),
      ...child.metadata,
    }));
  }
  return content;
}
