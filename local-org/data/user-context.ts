import { PlatformError } from '../platform-error.ts';
import type { MetadataReader, StoredComponent } from '../metadata/types.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { normalizeId } from './ids.ts';
import type { Store } from './store.ts';
import type { UserContext } from './types.ts';

/** Profiles whose metadata name is not what people see. DOC metadata-api/profile: `Admin`, `Standard`. */
const PROFILE_FULL_NAME: Readonly<Record<string, string>> = {
  'System Administrator': 'Admin',
  'Standard User': 'Standard',
  'Read Only': 'ReadOnly',
  'Marketing User': 'MarketingProfile',
};

const USER_SQL = `SELECT u."Id", u."Username", u."Name", u."ProfileId", p."Name", u."UserRoleId", u."TimeZoneSidKey"
  FROM "User" u LEFT JOIN "Profile" p ON p."Id" = u."ProfileId" WHERE u."IsActive" = 1 AND `;

const PERMISSION_SETS_SQL = `SELECT s."Name" FROM "PermissionSetAssignment" a JOIN "PermissionSet" s ON s."Id" = a."PermissionSetId"
  WHERE a."AssigneeId" = ?`;

/** The active user with this id or user name, with what profile and permission sets grant. */
export function readUser(store: Store, metadata: MetadataReader, idOrUsername: string): UserContext {
  const id = normalizeId(idOrUsername);
  const byId = id?.startsWith('005') ? id : null;
  const row = store.statement(`${USER_SQL}${byId ? 'u."Id" = ?' : 'u."Username" = ?'}`).get(byId ?? idOrUsername);
  if (!row) throw new PlatformError('NOT_FOUND', `No active user ${idOrUsername} in this org`, { httpStatus: 404 });
  const [userId, username, name, profileId, profileName, roleId, timeZone] = row as unknown as (string | null)[];
  const sets = permissionSetsOf(store, userId!);
  const granting = [
    profileComponent(metadata, profileName ?? ''),
    ...sets.map((set) => metadata.get('PermissionSet', set)),
  ];
  return {
    id: userId!,
    username: username!,
    name: name ?? username!,
    profileId: profileId ?? '',
    profileName: profileName ?? '',
    roleId: roleId ?? null,
    timeZone: timeZone ?? 'UTC',
    customPermissions: new Set(granting.flatMap(grantedPermissions)),
  };
}

/** Names of the permission sets assigned to a user. */
export function permissionSetsOf(store: Store, userId: string): readonly string[] {
  return (store.statement(PERMISSION_SETS_SQL).all(userId) as unknown as [string][]).map(([set]) => set);
}

export function profileComponent(metadata: MetadataReader, profileName: string): StoredComponent | undefined {
  return metadata.get('Profile', PROFILE_FULL_NAME[profileName] ?? profileName) ?? metadata.get('Profile', profileName);
}

function grantedPermissions(component: StoredComponent | undefined): readonly string[] {
  const list = (component?.metadata['customPermissions'] ?? []) as readonly { name?: string; enabled?: boolean }[];
  return list.filter((entry) => entry.enabled === true).map((entry) => String(entry.name));
}

/** Id of the record type that a profile makes an object's default; null for the master. DOC metadata-api/profile. */
export function defaultRecordType(
  metadata: MetadataReader,
  schema: Schema,
  profileName: string,
  objectName: string,
): string | null {
  const object: ObjectDef | undefined = schema.object(objectName);
  const visibilities = (profileComponent(metadata, profileName)?.metadata['recordTypeVisibilities'] ?? []) as readonly {
    recordType?: string;
    default?: boolean;
  }[];
  const chosen = visibilities.find((entry) => entry.default === true && entry.recordType?.startsWith(`${objectName}.`));
  const name = chosen?.recordType?.slice(objectName.length + 1);
  return object?.recordTypes.find((type) => type.developerName === name && type.active && !type.isMaster)?.id ?? null;
}
