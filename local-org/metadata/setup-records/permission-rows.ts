import type { Row } from '../../data/types.ts';
import { PROFILE_LABELS, SYSTEM_ADMINISTRATOR } from '../base-org/profiles.ts';
import { ADMINISTRATOR_PERMISSIONS } from '../base-org/system-permissions.ts';
import type { StoredComponent } from '../types.ts';
import { auditOf, text, type RowMaker, type RowSource } from './row-maker.ts';

type Entry = Readonly<Record<string, unknown>>;

const entriesOf = (component: StoredComponent, element: string): readonly Entry[] =>
  (component.metadata[element] ?? []) as readonly Entry[];

export const profileName = (component: StoredComponent): string =>
  PROFILE_LABELS[component.fullName] ?? component.fullName;

/** Every profile has a permission set of its own that carries its permissions: Object Reference, PermissionSet, IsOwnedByProfile. */
const ownSetId = (source: RowSource, profile: StoredComponent): string =>
  source.ids.idOf('PermissionSet', '0PS', `profile ${profile.fullName}`);

/** Permission sets and profiles, each with the id of the PermissionSet row that its permissions hang on. */
function holders(source: RowSource): readonly { readonly component: StoredComponent; readonly id: string }[] {
  return [
    ...source.metadata.ofType('PermissionSet').map((component) => ({ component, id: component.id })),
    ...source.metadata.ofType('Profile').map((component) => ({ component, id: ownSetId(source, component) })),
  ];
}

/** `PermissionsApiEnabled` and its like, for the columns that the object has. The System Administrator's are given, whatever the file says. */
function systemPermissions(component: StoredComponent): Row {
  const granted =
    component.type === 'Profile' && component.fullName === SYSTEM_ADMINISTRATOR
      ? ADMINISTRATOR_PERMISSIONS
      : entriesOf(component, 'userPermissions')
          .filter((entry) => entry.enabled === true)
          .map((entry) => String(entry.name));
  return Object.fromEntries(granted.map((name) => [`Permissions${name}`, true]));
}

export const profileRows: RowMaker = ({ metadata }) =>
  metadata.ofType('Profile').map((component): Row => ({
    ...systemPermissions(component),
    Id: component.id,
    Name: profileName(component),
    Description: text(component.metadata.description),
    UserType: 'Standard',
    IsSsoEnabled: false,
    ...auditOf(component),
  }));

export const permissionSetRows: RowMaker = (source) => [
  ...source.metadata.ofType('PermissionSet').map((component): Row => ({
    ...systemPermissions(component),
    Id: component.id,
    Name: component.fullName,
    Label: text(component.metadata.label) ?? component.fullName,
    Description: text(component.metadata.description),
    IsCustom: true,
    IsOwnedByProfile: false,
    Type: 'Regular',
    ...auditOf(component),
  })),
  ...source.metadata.ofType('Profile').map((component): Row => ({
    ...systemPermissions(component),
    Id: ownSetId(source, component),
    Name: `X${component.id.slice(0, 15)}`,
    Label: component.id.slice(0, 15),
    IsCustom: component.metadata.custom === true,
    IsOwnedByProfile: true,
    ProfileId: component.id,
    Type: 'Profile',
    ...auditOf(component),
  })),
];

export const fieldPermissionRows: RowMaker = (source) =>
  holders(source).flatMap(({ component, id }) =>
    entriesOf(component, 'fieldPermissions')
      .filter((entry) => entry.readable === true || entry.editable === true)
      .map((entry): Row => {
        const field = String(entry.field);
        return {
          Id: source.ids.idOf('FieldPermissions', '01k', `${id} ${field}`),
          ParentId: id,
          SobjectType: field.split('.')[0] ?? '',
          Field: field,
          PermissionsRead: true,
          PermissionsEdit: entry.editable === true,
          SystemModstamp: component.lastModifiedDate,
        };
      }),
  );

export const objectPermissionRows: RowMaker = (source) =>
  holders(source).flatMap(({ component, id }) =>
    entriesOf(component, 'objectPermissions')
      .filter((entry) => entry.allowRead === true)
      .map((entry): Row => {
        const object = String(entry.object);
        return {
          Id: source.ids.idOf('ObjectPermissions', '110', `${id} ${object}`),
          ParentId: id,
          SobjectType: object,
          PermissionsRead: true,
          PermissionsCreate: entry.allowCreate === true,
          PermissionsEdit: entry.allowEdit === true,
          PermissionsDelete: entry.allowDelete === true,
          PermissionsViewAllRecords: entry.viewAllRecords === true,
          PermissionsModifyAllRecords: entry.modifyAllRecords === true,
          SystemModstamp: component.lastModifiedDate,
        };
      }),
  );

export const customPermissionRows: RowMaker = ({ metadata }) =>
  metadata.ofType('CustomPermission').map((component): Row => ({
    Id: component.id,
    DeveloperName: component.fullName,
    MasterLabel: text(component.metadata.label) ?? component.fullName,
    Description: text(component.metadata.description),
    Language: 'en_US',
    IsDeleted: false,
    IsLicensed: component.metadata.isLicensed === true,
    IsProtected: false,
    ...auditOf(component),
  }));

/** List of a profile or permission set -> [what it names, how it says yes, SetupEntityType, metadata type]. Object Reference, SetupEntityAccess. */
const ACCESSES: readonly (readonly [string, string, string, string, string])[] = [
  ['customPermissions', 'name', 'enabled', 'CustomPermission', 'CustomPermission'],
  ['applicationVisibilities', 'application', 'visible', 'TabSet', 'CustomApplication'],
  ['classAccesses', 'apexClass', 'enabled', 'ApexClass', 'ApexClass'],
  ['flowAccesses', 'flow', 'enabled', 'FlowDefinition', 'FlowDefinition'],
];

export const setupEntityAccessRows: RowMaker = (source) =>
  holders(source).flatMap(({ component, id }) =>
    ACCESSES.flatMap(([list, key, flag, entityType, type]) =>
      entriesOf(component, list)
        .filter((entry) => entry[flag] === true)
        .flatMap((entry): Row[] => {
          const target = source.metadata.get(type, String(entry[key]));
          if (!target) return [];
          return [
            {
              Id: source.ids.idOf('SetupEntityAccess', '0J0', `${id} ${target.id}`),
              ParentId: id,
              SetupEntityId: target.id,
              SetupEntityType: entityType,
              SystemModstamp: component.lastModifiedDate,
            },
          ];
        }),
    ),
  );
