import type { UserContext } from '../../../data/types.ts';
import { profileComponent } from '../../../data/user-context.ts';
import type { MetadataReader, StoredComponent } from '../../../metadata/types.ts';

/** A user's record types of one object, by developer name. */
export interface RecordTypeAccess {
  readonly available: ReadonlySet<string>;
  /** Developer name of the default one; null is the master record type. */
  readonly default: string | null;
}

interface Visibility {
  readonly recordType?: unknown;
  readonly visible?: unknown;
  readonly default?: unknown;
}

const visibilities = (component: StoredComponent | undefined): readonly Visibility[] => {
  const list = component?.metadata.recordTypeVisibilities;
  return Array.isArray(list) ? (list as Visibility[]) : [];
};

/**
 * Which record types of an object a user may choose: those that his profile or one of his permission sets makes
 * visible. Only a profile has a default (Metadata API Developer Guide, PermissionSetRecordTypeVisibility).
 */
export function recordTypeAccess(
  reader: MetadataReader,
  user: UserContext,
  permissionSets: readonly string[],
  object: string,
): RecordTypeAccess {
  const prefix = `${object}.`;
  const available = new Set<string>();
  let byDefault: string | null = null;
  const read = (entries: readonly Visibility[], mayDefault: boolean): void => {
    for (const { recordType, visible, default: isDefault } of entries) {
      if (typeof recordType !== 'string' || !recordType.startsWith(prefix) || visible !== true) continue;
      available.add(recordType.slice(prefix.length));
      if (mayDefault && isDefault === true) byDefault = recordType.slice(prefix.length);
    }
  };
  read(visibilities(profileComponent(reader, user.profileName)), true);
  for (const name of permissionSets) read(visibilities(reader.get('PermissionSet', name)), false);
  return { available, default: byDefault };
}
