import type { StoredComponent } from '../metadata/types.ts';
import type { FieldDef } from './types.ts';
import { standardFieldDef, type StandardField } from './standard-objects.ts';

const USER = { type: 'reference', allow: 'FSGD', to: ['User'] } as const;

/** Fields that every custom object has. DOC object-reference/custom-objects, system-fields. */
const SYSTEM_FIELDS: Readonly<Record<string, StandardField>> = {
  Id: { label: 'Record ID', type: 'id', allow: 'FSGD' },
  OwnerId: { label: 'Owner ID', type: 'reference', allow: 'CUFSGD', to: ['Group', 'User'], as: 'Owner' },
  IsDeleted: { label: 'Deleted', type: 'boolean', allow: 'FSGD' },
  Name: { label: 'Name', type: 'string', length: 80, allow: 'CUFSGNDL' },
  CreatedDate: { label: 'Created Date', type: 'datetime', allow: 'FSD' },
  CreatedById: { label: 'Created By ID', ...USER, as: 'CreatedBy' },
  LastModifiedDate: { label: 'Last Modified Date', type: 'datetime', allow: 'FSD' },
  LastModifiedById: { label: 'Last Modified By ID', ...USER, as: 'LastModifiedBy' },
  SystemModstamp: { label: 'System Modstamp', type: 'datetime', allow: 'FSD' },
};

/**
 * What a hierarchy custom setting has instead of an owner: whom a record is for, the org, a profile or a user (Apex
 * Developer Guide, Custom Settings; "SetupOwnerId").
 */
const SETUP_OWNER: StandardField = {
  label: 'Location',
  type: 'reference',
  allow: 'CUFSG',
  to: ['Organization', 'Profile', 'User'],
  as: 'SetupOwner',
};

/** Fields that every custom metadata type has; records are made by deploys, not saved. DOC object-reference/custom-metadata-type-mdt. */
const METADATA_TYPE_FIELDS: Readonly<Record<string, StandardField>> = {
  Id: { label: 'Custom Metadata Record ID', type: 'id', allow: 'FSGD' },
  DeveloperName: { label: 'Custom Metadata Record Name', type: 'string', length: 40, allow: 'FSG' },
  MasterLabel: { label: 'Label', type: 'string', length: 40, allow: 'FSG' },
  Label: { label: 'Label', type: 'string', length: 40, allow: 'FSGN' },
  Language: { label: 'Master Language', type: 'picklist', length: 40, allow: 'FSGN' },
  NamespacePrefix: { label: 'Namespace Prefix', type: 'string', length: 15, allow: 'FSGN' },
  QualifiedApiName: { label: 'Qualified API Name', type: 'string', length: 70, allow: 'FSGN' },
  SystemModstamp: { label: 'System Modstamp', type: 'datetime', allow: 'FSD' },
};

interface NameField {
  readonly label?: string;
  readonly type?: string;
  readonly displayFormat?: string;
}

/** System fields and the name field of a custom object. A detail of a master-detail and a custom setting have no owner of their own. */
export function customObjectFields(component: StoredComponent, isDetail: boolean): readonly FieldDef[] {
  if (/__mdt$/i.test(component.fullName)) {
    return Object.entries(METADATA_TYPE_FIELDS).map(([name, field]) => standardFieldDef(name, field, null));
  }
  const settings = component.metadata['customSettingsType'];
  const ownFields = settings === 'Hierarchy' ? { ...SYSTEM_FIELDS, SetupOwnerId: SETUP_OWNER } : SYSTEM_FIELDS;
  const hasOwner = !isDetail && settings === undefined;
  const nameField = (component.metadata['nameField'] ?? {}) as NameField;
  return Object.entries(ownFields)
    .filter(([name]) => hasOwner || name !== 'OwnerId')
    .map(([name, field]) => {
      const def = standardFieldDef(name, field, null);
      if (name !== 'Name') return def;
      const automatic = nameField.type === 'AutoNumber';
      return {
        ...def,
        label: nameField.label ?? 'Name',
        createable: !automatic,
        updateable: !automatic,
        autoNumberFormat: automatic ? (nameField.displayFormat ?? '{0}') : null,
      };
    });
}
