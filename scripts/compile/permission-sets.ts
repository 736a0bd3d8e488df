import type { PermissionSet } from '@salesforce/types/metadata';

import type { Authored } from '../metadata/component-metadata.ts';
import { allStages, type RevenueFunction, type Waterfall } from '../model/waterfall.ts';
import type { Component } from '../metadata/component.ts';
import { SCORE_SOURCE } from './buying-groups/score-field.ts';
import { define } from './define.ts';
import { compileLeadConversionAccess } from './leads/permission-set.ts';
import { LIMIT } from './limits.ts';
import { compileMarketingPlatformAccess } from './marketing-platform-access.ts';
import {
  ACCOUNT_FIELD,
  BYPASS_PERMISSION,
  BYPASS_PERMISSION_SET,
  CAMPAIGN_FIELD,
  FIELD,
  HANDSHAKE,
  HANDSHAKE_FIELD,
  LEAD_FIELD,
  MEMBER_FIELD,
  PERMISSION_SET,
  PRODUCT_FIELD,
  recordTypeName,
} from './names.ts';
import { objectAccess as access } from './object-access.ts';
import type { ObjectPermission } from './object-access.ts';
import { EDITABLE_BY_PERMISSION } from './standard-fields.ts';
import { shorten } from './text.ts';

type FieldPermission = Authored<PermissionSet['fieldPermissions'][number]>;
type Reader = RevenueFunction | 'revOps';

/**
 * Custom fields that people fill in, and who does; everything else is automation's, which RevOps may correct and others
 * read.
 */
const FILLED_BY: Readonly<Record<string, readonly Reader[]>> = {
  [`Account.${ACCOUNT_FIELD.customerSuccessOwner}`]: ['customerSuccess'],
  [`Account.${ACCOUNT_FIELD.targetedSolutions}`]: ['marketing'],
  [`Campaign.${CAMPAIGN_FIELD.solution}`]: ['marketing'],
  [`Lead.${LEAD_FIELD.matchedAccount}`]: ['marketing', 'salesDevelopment'],
  [`Lead.${LEAD_FIELD.solution}`]: ['marketing', 'salesDevelopment'],
  [`Opportunity.${FIELD.contractEnd}`]: ['sales', 'customerSuccess'],
  [`Opportunity.${FIELD.contractStart}`]: ['sales', 'customerSuccess'],
  [`Opportunity.${FIELD.contractTermMonths}`]: ['sales', 'customerSuccess'],
  [`Opportunity.${FIELD.nurtureUntil}`]: ['marketing', 'salesDevelopment', 'sales', 'customerSuccess'],
  [`Opportunity.${FIELD.solution}`]: ['marketing', 'salesDevelopment', 'sales', 'customerSuccess'],
  [`Opportunity.${FIELD.stageReason}`]: ['marketing', 'salesDevelopment', 'sales', 'customerSuccess'],
  [`OpportunityContactRole.${MEMBER_FIELD.source}`]: ['marketing', 'salesDevelopment', 'sales', 'customerSuccess'],
  [`OpportunityContactRole.${MEMBER_FIELD.status}`]: ['marketing', 'salesDevelopment', 'sales', 'customerSuccess'],
};

/** Whoever owns a stage can fill in what leaving it requires, RevOps what leaving any stage does. */
const requiredOf = (reader: Reader, waterfall: Waterfall): ReadonlySet<string> =>
  new Set(
    allStages(waterfall)
      .filter(({ revenueFunction }) => reader === 'revOps' || revenueFunction === reader)
      .flatMap(({ requiredToLeave }) => requiredToLeave.map((field) => `Opportunity.${field}`)),
  );

/**
 * Standard fields without which somebody could not do what the rules ask: what leaving a stage of theirs requires, and
 * `Type` where it carries the opportunity type. Everything else about standard fields is the org's own business.
 */
const standardFields = ({ typeCarrier }: Waterfall, required: ReadonlySet<string>): readonly string[] =>
  [...EDITABLE_BY_PERMISSION]
    .map((field) => `Opportunity.${field}`)
    .filter((field) => required.has(field) || (typeCarrier === 'typeField' && field === 'Opportunity.Type'));

/** Formulas nobody can edit; a score is the marketing platform's, and may be a formula in an organisation that brings its own. */
const isNobodys = ({ metadata, source }: Component): boolean => 'formula' in metadata || source === SCORE_SOURCE;

/** What the receiver of a handshake answers with. */
const ANSWER: readonly string[] = [HANDSHAKE_FIELD.comment, HANDSHAKE_FIELD.outcome, HANDSHAKE_FIELD.reason].map(
  (field) => `${HANDSHAKE}.${field}`,
);

const receives = (reader: Reader, { handshakes }: Waterfall): boolean =>
  handshakes.some(({ receiver }) => receiver === reader);

const mayEdit = (reader: Reader, field: string, required: ReadonlySet<string>, waterfall: Waterfall): boolean =>
  reader === 'revOps' ||
  required.has(field) ||
  (FILLED_BY[field]?.includes(reader) ?? false) ||
  (ANSWER.includes(field) && receives(reader, waterfall));

/** Whether opportunities of a type begin with this function, and go to whom the account names in this field. */
const givesItsOwn = (reader: Reader, field: string, { opportunityTypes }: Waterfall): boolean =>
  opportunityTypes.some(
    ({ creation, stages }) =>
      creation.ownerChain.some((name) => field === `Account.${name}`) &&
      stages.some(({ name, revenueFunction }) => name === creation.stage && revenueFunction === reader),
  );

/**
 * A field that is deployed without a permission set is readable to nobody, and a required one must not be listed (DOC
 * metadata-api/permissionset). That people read the stamped fields and do not edit them also keeps clones clean: a field
 * with read-only access is blank in the copy (Help, "Considerations for Cloning Opportunities"). RevOps edits them all,
 * the mark `Stage_Stamped_At__c` among them, by which the stamping flow knows a copy that brings its dates along.
 */
const fieldPermissions = (
  reader: Reader,
  waterfall: Waterfall,
  customFields: readonly Component[],
): readonly FieldPermission[] => {
  const required = requiredOf(reader, waterfall);
  const custom = customFields
    .filter(({ metadata }) => !('required' in metadata && metadata.required === true))
    .map((field) => ({
      editable:
        !isNobodys(field) &&
        (mayEdit(reader, field.fullName, required, waterfall) ||
          (editsAccounts(reader, customFields) && givesItsOwn(reader, field.fullName, waterfall))),
      field: field.fullName,
      readable: true,
    }));
  const standard = standardFields(waterfall, required).map((field) => ({ editable: true, field, readable: true }));
  return [...custom, ...standard].sort((left, right) => (left.field < right.field ? -1 : 1));
};

/**
 * Handshakes are made by automation. Whoever may have to answer edits them, which sharing narrows to the owner and those above; who only
 * gives reads them; RevOps may correct or reassign every one, which the platform grants together with deleting.
 */
const handshakeAccess = (reader: Reader, { handshakes }: Waterfall): readonly ObjectPermission[] => {
  if (handshakes.length === 0) return [];
  if (reader !== 'revOps')
    return [
      access(
        HANDSHAKE,
        handshakes.some(({ receiver }) => receiver === reader),
        false,
      ),
    ];
  return [{ ...access(HANDSHAKE, true, false), allowDelete: true, modifyAllRecords: true, viewAllRecords: true }];
};

const names = (customFields: readonly Component[], field: string): boolean =>
  customFields.some(({ fullName }) => fullName === field);

/** Marketing says which accounts are targeted for what. */
const targets = (reader: Reader, customFields: readonly Component[]): boolean =>
  reader === 'marketing' && names(customFields, `Account.${ACCOUNT_FIELD.targetedSolutions}`);

/** Whoever fills in a field of it. */
const editsAccounts = (reader: Reader, customFields: readonly Component[]): boolean =>
  reader === 'revOps' || reader === 'customerSuccess' || targets(reader, customFields);

/**
 * Campaigns say what a response is about. Their members have no permission of their own: they follow the campaign (Metadata API
 * Developer Guide, Profile, `objectPermissions`; retrieved permission sets name no CampaignMember).
 */
const campaigns = (reader: Reader, customFields: readonly Component[]): readonly ObjectPermission[] =>
  names(customFields, `Campaign.${CAMPAIGN_FIELD.solution}`)
    ? [access('Campaign', reader === 'revOps' || reader === 'marketing', false)]
    : [];

/** Who works on leads says what they want and which account is theirs. */
const leads = (reader: Reader, waterfall: Waterfall): readonly ObjectPermission[] =>
  waterfall.leads === null
    ? []
    : [access('Lead', reader === 'revOps' || reader === 'marketing' || reader === 'salesDevelopment', false)];

/** RevOps says which products a renewal takes over. */
const products = (reader: Reader, customFields: readonly Component[]): readonly ObjectPermission[] =>
  names(customFields, `Product2.${PRODUCT_FIELD.renewable}`) ? [access('Product2', reader === 'revOps', false)] : [];

/**
 * The record types that a function works with: those with a stage of its own. They decide what it can create, not what
 * it can see.
 */
const recordTypes = (
  reader: Reader,
  { opportunityTypes, typeCarrier }: Waterfall,
): PermissionSet['recordTypeVisibilities'] =>
  typeCarrier === 'typeField'
    ? []
    : opportunityTypes
        .filter(({ stages }) => reader === 'revOps' || stages.some(({ revenueFunction }) => revenueFunction === reader))
        .map((type) => ({ recordType: `Opportunity.${recordTypeName(type)}`, visible: true }))
        .sort((left, right) => (left.recordType < right.recordType ? -1 : 1));

const permissionSet = (
  reader: Reader,
  label: string,
  waterfall: Waterfall,
  customFields: readonly Component[],
): Component => {
  const visible = recordTypes(reader, waterfall);
  return define<PermissionSet>(
    'PermissionSet',
    PERMISSION_SET[reader],
    {
      description: shorten(
        reader === 'revOps'
          ? 'Runs the revenue waterfall: every opportunity type, and corrections to what automation writes. Gets a task when a follow-up opportunity could not be created.'
          : `${label} in the revenue waterfall: its opportunity types, the fields it fills in, and read access to the rest.`,
        LIMIT.permissionSetDescription,
      ),
      fieldPermissions: fieldPermissions(reader, waterfall, customFields),
      hasActivationRequired: false,
      label: shorten(`Waterfall ${label}`, LIMIT.permissionSetLabel),
      objectPermissions: [
        access('Account', editsAccounts(reader, customFields), false),
        ...campaigns(reader, customFields),
        access('Contact', false, false),
        ...handshakeAccess(reader, waterfall),
        ...leads(reader, waterfall),
        access('Opportunity', true, true),
        ...products(reader, customFields),
      ],
      recordTypeVisibilities: visible.length > 0 ? visible : undefined,
      tabSettings: waterfall.handshakes.length > 0 ? [{ tab: HANDSHAKE, visibility: 'Visible' }] : undefined,
    },
    'revenueFunctions',
  );
};

const bypass = (): Component =>
  define<PermissionSet>(
    'PermissionSet',
    BYPASS_PERMISSION_SET,
    {
      customPermissions: [{ enabled: true, name: BYPASS_PERMISSION }],
      description:
        "Turns the waterfall's flows and validation rules off. For integrations and migrations, not for people.",
      hasActivationRequired: false,
      label: 'Waterfall Automation Bypass',
    },
    'name',
  );

/**
 * One permission set per revenue function that owns a stage, one for RevOps, one that holds the bypass permission, and those of
 * automation's users.
 * `customFields` are the compiled fields they give access to.
 */
export const compilePermissionSets = (
  waterfall: Waterfall,
  customFields: readonly Component[],
): readonly Component[] => [
  bypass(),
  ...waterfall.revenueFunctions
    .filter(({ key }) => allStages(waterfall).some(({ revenueFunction }) => revenueFunction === key))
    .map(({ key, label }) => permissionSet(key, label, waterfall, customFields)),
  permissionSet('revOps', 'RevOps', waterfall, customFields),
  ...compileLeadConversionAccess(waterfall),
  ...compileMarketingPlatformAccess(waterfall, customFields),
];
