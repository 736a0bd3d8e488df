import { quote } from '../data/layout.ts';
import type { UserContext } from '../data/types.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { accessTo, governingParent } from './governed-objects.ts';
import type { Grants } from './grants.ts';

/** What a user wants to do with a record. `own`: delete it, or give it to somebody else. */
export type RecordUse = 'read' | 'edit' | 'own';

/** Which records of an object a user reaches, as an SQL condition over an alias of its table; null is all of them. */
export interface RecordAccess {
  condition(object: ObjectDef, use: RecordUse, alias: string): string | null;
}

/** Of an object whose sharing metadata does not say: what new orgs have. Help, "Organization-Wide Sharing Defaults". */
const DEFAULT_MODEL = 'ReadWrite';
/** Objects that an org can have controlled by their account. */
const FOLLOW_ACCOUNT = new Set(['Contact', 'Contract', 'Order']);
const SAFE_ID = /^[0-9A-Za-z]{18}$/;

/**
 * Organization-wide defaults, ownership and the role hierarchy. Sharing rules, teams and manual shares are not modelled: with
 * them a user could only see more. DOC salesforce-record-access-under-the-hood "Record Access Calculation"; Help,
 * "Organization-Wide Sharing Defaults": Private, Public Read Only, Public Read/Write, Public Read/Write/Transfer, Full Access,
 * Controlled by Parent.
 */
export function createRecordAccess(schema: Schema, grants: Grants, user: UserContext): RecordAccess {
  const owners = ownersSql(user);
  const condition = (object: ObjectDef, use: RecordUse, alias: string): string | null => {
    const grant = accessTo(grants, object);
    if (use === 'read' ? grant.viewAll || grant.modifyAll : grant.modifyAll) return null;
    const owned = object.fields.has('ownerid') ? `${alias}."OwnerId" IN (${owners})` : null;
    const governing = governingParent(schema, object);
    if (governing) return through(governing.field, governing.parent, use === 'own' ? 'edit' : use, alias);
    if (FOLLOW_ACCOUNT.has(object.name)) return followAccount(object, owned!, use, alias);
    if (object.name === 'Task' || object.name === 'Event') return activityCondition(owned!, use, alias);
    const model = object.sharingModel ?? DEFAULT_MODEL;
    if (owned === null || isOpenTo(model, use)) return null;
    if (object.name === 'Account' && use === 'read') return `(${owned} OR ${implicitParent(schema, alias, owners)})`;
    if (object.name === 'Opportunity') return `(${owned} OR ${accountOwner(alias, user, use)})`;
    return owned;
  };
  const through = (field: string, parent: ObjectDef, use: RecordUse, alias: string): string | null => {
    const inner = condition(parent, use, `${alias}p`);
    const up = `${alias}p`;
    return inner && `${alias}.${quote(field)} IN (SELECT ${up}."Id" FROM ${quote(parent.name)} ${up} WHERE ${inner})`;
  };
  /** A contact follows its account; one without an account is its owner's alone (Help, "Controlled by Parent"). */
  const followAccount = (object: ObjectDef, owned: string, use: RecordUse, alias: string): string | null => {
    const model = object.sharingModel ?? 'ControlledByParent';
    if (model !== 'ControlledByParent') return isOpenTo(model, use) ? null : owned;
    const account = through('AccountId', schema.object('Account')!, use === 'own' ? 'edit' : use, alias);
    return `(${owned} OR ${account ?? `${alias}."AccountId" IS NOT NULL`})`;
  };
  /** An activity is its owner's; who can read what it is about can read it (Help, "Activity" sharing: Private). */
  const activityCondition = (owned: string, use: RecordUse, alias: string): string | null => {
    if (use !== 'read') return owned;
    const seen = (field: string, name: string): string => {
      const parent = schema.object(name)!;
      return through(field, parent, 'read', alias) ?? `substr(${alias}.${quote(field)}, 1, 3) = '${parent.keyPrefix}'`;
    };
    const about = [
      seen('WhatId', 'Opportunity'),
      seen('WhatId', 'Account'),
      seen('WhoId', 'Contact'),
      seen('WhoId', 'Lead'),
    ];
    return `(${[owned, ...about].join(' OR ')})`;
  };
  return { condition };
}

function isOpenTo(model: string, use: RecordUse): boolean {
  switch (model) {
    case 'FullAccess':
      return true;
    case 'ReadWriteTransfer':
    case 'ReadWrite':
      return use !== 'own';
    case 'Read':
      return use === 'read';
    default:
      return false;
  }
}

/** Ids of those whose records are the user's to edit: himself, his queues, and everybody below his role. */
function ownersSql(user: UserContext): string {
  const id = safe(user.id);
  const parts = [`SELECT '${id}'`, `SELECT "GroupId" FROM "GroupMember" WHERE "UserOrGroupId" = '${id}'`];
  if (user.roleId !== null) {
    const role = safe(user.roleId);
    parts.push(
      'SELECT "Id" FROM "User" WHERE "UserRoleId" IN (WITH RECURSIVE below(id) AS (' +
        `SELECT "Id" FROM "UserRole" WHERE "ParentRoleId" = '${role}' ` +
        'UNION SELECT r."Id" FROM "UserRole" r JOIN below ON r."ParentRoleId" = below.id) SELECT id FROM below)',
    );
  }
  return parts.join(' UNION ');
}

/** "Implicit sharing": who reaches an opportunity or a contact can read its account. DOC salesforce-record-access-under-the-hood. */
function implicitParent(schema: Schema, alias: string, owners: string): string {
  return ['Opportunity', 'Contact']
    .filter((name) => schema.object(name))
    .map(
      (name) =>
        `${alias}."Id" IN (SELECT "AccountId" FROM ${quote(name)} WHERE "OwnerId" IN (${owners}) AND "IsDeleted" = 0)`,
    )
    .join(' OR ');
}

/**
 * What the owner of an account may do with its opportunities is his role's: None, Read or Edit. DOC object-reference/userrole
 * "OpportunityAccessForAccountOwner".
 */
function accountOwner(alias: string, user: UserContext, use: RecordUse): string {
  if (user.roleId === null || use === 'own') return '0';
  const levels = use === 'read' ? "('Read', 'Edit')" : "('Edit')";
  return (
    `(EXISTS (SELECT 1 FROM "UserRole" WHERE "Id" = '${safe(user.roleId)}' AND "OpportunityAccessForAccountOwner" IN ${levels}) ` +
    `AND ${alias}."AccountId" IN (SELECT "Id" FROM "Account" WHERE "OwnerId" = '${safe(user.id)}'))`
  );
}

function safe(id: string): string {
  if (!SAFE_ID.test(id)) throw new Error(`Not a record id: ${id}`);
  return id;
}
