import type { LocalOrg } from '../types.ts';
import { PlatformError } from '../platform-error.ts';
import type { FileProperties } from './deploy-types.ts';
import type { StoredComponent } from './types.ts';

/** Who made what the org came with. */
const PLATFORM_USER = 'Automated Process';

/** FileProperties of components; user names are looked up once per id. */
export function filePropertiesOf(
  org: LocalOrg,
  components: readonly StoredComponent[],
  prefix: string,
): readonly FileProperties[] {
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    let name = names.get(id);
    if (name === undefined) names.set(id, (name = userName(org, id)));
    return name;
  };
  return components.map((component) => ({
    createdById: component.createdById,
    createdByName: nameOf(component.createdById),
    createdDate: component.createdDate,
    fileName: prefix + component.fileName,
    fullName: component.fullName,
    id: component.id,
    lastModifiedById: component.lastModifiedById,
    lastModifiedByName: nameOf(component.lastModifiedById),
    lastModifiedDate: component.lastModifiedDate,
    manageableState: 'unmanaged',
    type: component.type,
  }));
}

function userName(org: LocalOrg, id: string): string {
  try {
    return org.user(id).name;
  } catch (error) {
    if (error instanceof PlatformError) return PLATFORM_USER;
    throw error;
  }
}
