import type { ObjectDef, Schema } from '../schema/types.ts';
import { objectGrant, type Grants, type ObjectGrant } from './grants.ts';

/** Standard objects with object permissions of their own. DOC object-reference/objectpermissions "SobjectType". */
const PERMISSIONED = new Set([
  'Account',
  'Campaign',
  'Contact',
  'Contract',
  'Lead',
  'Opportunity',
  'Order',
  'Pricebook2',
  'Product2',
]);

/**
 * Objects whose access is that of their parent: [field, parent]. DOC object-reference, "Special Access Rules" of each; the
 * opportunity's products, contact roles, partners and histories belong to it.
 */
const PARENTS: Readonly<Record<string, readonly [string, string]>> = {
  CampaignMember: ['CampaignId', 'Campaign'],
  OpportunityCompetitor: ['OpportunityId', 'Opportunity'],
  OpportunityContactRole: ['OpportunityId', 'Opportunity'],
  OpportunityFieldHistory: ['OpportunityId', 'Opportunity'],
  OpportunityHistory: ['OpportunityId', 'Opportunity'],
  OpportunityLineItem: ['OpportunityId', 'Opportunity'],
  OpportunityPartner: ['OpportunityId', 'Opportunity'],
  PricebookEntry: ['Pricebook2Id', 'Pricebook2'],
};

/** Objects of the set-up that everybody may read and only some may write: the user permission that lets them. */
const WRITTEN_WITH: Readonly<Record<string, string>> = {
  FieldPermissions: 'ManageUsers',
  Group: 'ManageUsers',
  GroupMember: 'ManageUsers',
  ObjectPermissions: 'ManageUsers',
  Organization: 'CustomizeApplication',
  PermissionSet: 'ManageUsers',
  PermissionSetAssignment: 'AssignPermissionSets',
  Profile: 'ManageUsers',
  QueueSobject: 'ManageUsers',
  RecordType: 'CustomizeApplication',
  SetupEntityAccess: 'ManageUsers',
  User: 'ManageUsers',
  UserRole: 'ManageUsers',
};

/** The record that decides who may reach a record of this object; null for an object that stands for itself. */
export function governingParent(
  schema: Schema,
  object: ObjectDef,
): { readonly field: string; readonly parent: ObjectDef } | null {
  const standard = PARENTS[object.name];
  if (standard) return { field: standard[0], parent: schema.object(standard[1])! };
  if (!object.custom) return null;
  for (const field of object.fields.values()) {
    if (field.reference?.onDelete !== 'cascade' || !field.custom) continue;
    const parent = schema.object(field.reference.to[0] ?? '');
    if (parent && object.sharingModel === 'ControlledByParent') return { field: field.name, parent };
  }
  return null;
}

/** True for objects that people's profiles and permission sets grant. Custom metadata and the set-up are not among them. */
export function isPermissioned(object: ObjectDef): boolean {
  return PERMISSIONED.has(object.name) || (object.custom && object.name.endsWith('__c'));
}

/** What the user may do with the object's records, sharing aside. */
export function accessTo(grants: Grants, object: ObjectDef): ObjectGrant {
  if (isPermissioned(object)) return objectGrant(grants, object.name);
  const parent = PARENTS[object.name];
  if (parent) {
    const { edit, read, viewAll, modifyAll } = objectGrant(grants, parent[1]);
    return { create: edit, edit, delete: edit, read, viewAll, modifyAll };
  }
  const permission = WRITTEN_WITH[object.name];
  const write = permission === undefined || grants.userPermissions.has(permission);
  const seesAll = objectGrant(grants, '');
  return {
    create: write,
    edit: write,
    delete: write,
    read: true,
    viewAll: seesAll.viewAll,
    modifyAll: seesAll.modifyAll,
  };
}
