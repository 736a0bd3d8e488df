import type { ObjectDef, Schema } from '../../../schema/types.ts';
import { describeField } from './describe-field.ts';
import type { RecordTypeAccess } from './record-type-access.ts';

/** Objects of the org's set-up: no layout, no search, not offered to users. */
const SETUP_OBJECTS = new Set([
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'RecordType',
  'Organization',
  'OpportunityStage',
  'LeadStatus',
  'Group',
  'UserRole',
  'BusinessProcess',
  'CustomPermission',
]);

const MERGEABLE = new Set(['Account', 'Contact', 'Lead', 'Case']);

/** Links of an object, as describe and describe global tell them. */
function urls(object: ObjectDef, version: string): Record<string, string> {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  return {
    rowTemplate: `${base}/{ID}`,
    describe: `${base}/describe`,
    sobject: base,
    ...(SETUP_OBJECTS.has(object.name) ? {} : { layouts: `${base}/describe/layouts` }),
  };
}

/** What describe global tells of an object; describe tells it too. */
export function describeSummary(object: ObjectDef, version: string): Record<string, unknown> {
  const ofUsers = !SETUP_OBJECTS.has(object.name);
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable,
    deprecatedAndHidden: false,
    feedEnabled: false,
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: ofUsers && object.createable,
    mergeable: MERGEABLE.has(object.name),
    mruEnabled: ofUsers && object.createable,
    name: object.name,
    queryable: object.queryable,
    replicateable: object.queryable,
    retrieveable: object.queryable,
    searchable: ofUsers && object.createable,
    triggerable: ofUsers && object.createable,
    undeletable: ofUsers && object.deletable,
    updateable: object.updateable,
    urls: urls(object, version),
  };
}

function recordTypeInfos(object: ObjectDef, version: string, access: RecordTypeAccess): unknown[] {
  const layouts = `/services/data/v${version}/sobjects/${object.name}/describe/layouts`;
  return object.recordTypes.map((type) => ({
    active: type.active,
    available: type.isMaster || (type.active && access.available.has(type.developerName)),
    defaultRecordTypeMapping: type.isMaster ? access.default === null : access.default === type.developerName,
    developerName: type.developerName,
    master: type.isMaster,
    name: type.label,
    recordTypeId: type.id,
    urls: { layout: `${layouts}/${type.id}` },
  }));
}

/**
 * `GET /sobjects/X/describe` (DescribeSObjectResult,
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm).
 */
export function describeObject(
  schema: Schema,
  object: ObjectDef,
  version: string,
  access: RecordTypeAccess,
): Record<string, unknown> {
  return {
    actionOverrides: [],
    childRelationships: schema.children(object.name).map((child) => ({
      cascadeDelete: child.onDelete === 'cascade',
      childSObject: child.childObject,
      deprecatedAndHidden: false,
      field: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.relationshipName,
      restrictedDelete: child.onDelete === 'restrict',
    })),
    compactLayoutable: object.createable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: [...object.fields.values()].map((field) => describeField(object, field)),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: recordTypeInfos(object, version, access),
    searchLayoutable: object.createable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: [
      { label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' },
      { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' },
    ],
    ...describeSummary(object, version),
  };
}
