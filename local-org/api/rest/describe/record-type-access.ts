import type { UserContext } from '../../../data/types.ts';
import type { MetadataReader } from '../../../metadata/types.ts';

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

/** Profiles whose name in the Metadata API is not the one users see (Metadata API Developer Guide, Profile). */
const PROFILE_FULL_NAMES: Readonly<Record<string, string>> = {
  'System Administrator': 'Admin',
  'Standard User': 'Standard',
  'Read Only': 'ReadOnly',
  'Marketing User': 'MarketingProfile',
  'Solution Manager': 'SolutionManager',
  'Contract Manager': 'ContractManager',
};

/** Name of a profile in the Metadata API. */
export const profileFullName = (name: string): string => PROFILE_FULL_NAMES[name] ?? name;

const visibilities = (reader: MetadataReader, type: string, fullName: string): readonly Visibility[] => {
  const list = reader.get(type, fullName)?.metadata.recordTypeVisibilities;
  return Array.isArray(list) ? (list as Visibility[]) : [];
};

/**
 * Which record types of an object a user may choose: those that his profile or one of his permission sets makes visible. Only a
 * profile has a default (Metadata API Developer Guide, PermissionSetRecordTypeVisibility).
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
  read(visibilities(reader, 'Profile', profileFullName(user.profileName)), true);
  for (const name of permissionSets) read(visibilities(reader, 'PermissionSet', name), false);
  return { available, default: byDefault };
}
