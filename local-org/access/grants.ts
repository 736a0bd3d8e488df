import type { MetadataReader, StoredComponent } from '../metadata/types.ts';

/** What a profile or permission set allows with an object's records. DOC metadata-api/permissionset "objectPermissions". */
export interface ObjectGrant {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
}

export interface FieldGrant {
  readonly read: boolean;
  readonly edit: boolean;
}

/** Everything that a user's profile and permission sets grant together. */
export interface Grants {
  /** The same for users who are granted the same, until the org's metadata changes. */
  readonly key: string;
  readonly userPermissions: ReadonlySet<string>;
  /** By object, in lower case. */
  readonly objects: ReadonlyMap<string, ObjectGrant>;
  /** By `object.field`, in lower case. */
  readonly fields: ReadonlyMap<string, FieldGrant>;
  /** `object.developername`, in lower case. */
  readonly recordTypes: ReadonlySet<string>;
  /** The profile grants the standard fields that it does not name. */
  readonly standardFields: boolean;
}

/**
 * The profile of new orgs that grants nothing of itself. Help, "Standard Profiles": Minimum Access - Salesforce. All other
 * profiles let people see the standard fields, and the retrieved form of a fresh profile names none of them here.
 */
const GRANTS_NOTHING = 'Minimum Access - Salesforce';

type Entry = Readonly<Record<string, unknown>>;

const entriesOf = (component: StoredComponent, element: string): readonly Entry[] =>
  (component.metadata[element] ?? []) as readonly Entry[];

const nameOf = (entry: Entry, key: string): string => (typeof entry[key] === 'string' ? entry[key].toLowerCase() : '');

/** Grants add up: "permission sets extend users' functional access" (Help, "Permission Sets"); nothing takes one away. */
export function grantsOf(
  metadata: MetadataReader,
  profile: StoredComponent | undefined,
  permissionSets: readonly string[],
): Grants {
  const sets = permissionSets.flatMap((name) => metadata.get('PermissionSet', name) ?? []);
  const holders = profile ? [profile, ...sets] : sets;
  const userPermissions = new Set<string>();
  const objects = new Map<string, ObjectGrant>();
  const fields = new Map<string, FieldGrant>();
  const recordTypes = new Set<string>();
  for (const holder of holders) {
    for (const entry of entriesOf(holder, 'userPermissions'))
      if (entry['enabled'] === true && typeof entry['name'] === 'string') userPermissions.add(entry['name']);
    for (const entry of entriesOf(holder, 'objectPermissions')) addObject(objects, entry);
    for (const entry of entriesOf(holder, 'fieldPermissions')) addField(fields, entry);
    for (const entry of entriesOf(holder, 'recordTypeVisibilities'))
      if (entry['visible'] === true) recordTypes.add(nameOf(entry, 'recordType'));
  }
  return {
    key: JSON.stringify([profile?.fullName ?? null, ...sets.map((set) => set.fullName).sort()]),
    userPermissions,
    objects,
    fields,
    recordTypes,
    standardFields: profile !== undefined && profile.fullName !== GRANTS_NOTHING,
  };
}

function addObject(objects: Map<string, ObjectGrant>, entry: Entry): void {
  const name = nameOf(entry, 'object');
  const before = objects.get(name);
  const either = (key: string, had: boolean | undefined): boolean => entry[key] === true || had === true;
  objects.set(name, {
    create: either('allowCreate', before?.create),
    read: either('allowRead', before?.read),
    edit: either('allowEdit', before?.edit),
    delete: either('allowDelete', before?.delete),
    viewAll: either('viewAllRecords', before?.viewAll),
    modifyAll: either('modifyAllRecords', before?.modifyAll),
  });
}

function addField(fields: Map<string, FieldGrant>, entry: Entry): void {
  const name = nameOf(entry, 'field');
  const before = fields.get(name);
  fields.set(name, {
    read: entry['readable'] === true || before?.read === true,
    edit: entry['editable'] === true || before?.edit === true,
  });
}

const EVERYTHING: ObjectGrant = { create: true, read: true, edit: true, delete: true, viewAll: true, modifyAll: true };
const NOTHING: ObjectGrant = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};

/**
 * What the user may do with an object that carries object permissions. "Modify All Data" and "View All Data" reach every
 * such object (Help, "Comparing Security Models": sharing and object permissions both).
 */
export function objectGrant(grants: Grants, object: string): ObjectGrant {
  if (grants.userPermissions.has('ModifyAllData')) return EVERYTHING;
  const own = grants.objects.get(object.toLowerCase()) ?? NOTHING;
  return grants.userPermissions.has('ViewAllData') ? { ...own, read: true, viewAll: true } : own;
}
