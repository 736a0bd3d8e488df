import { componentKey } from '../metadata/component.ts';
import { hashOf } from './hash.ts';
import type { MemberList, MetadataOrg } from './metadata-org.ts';
import { countOpportunities } from './count-opportunities.ts';
import { PERMISSIONS_READ, assignedTo, permissionsOf } from './running-user.ts';
import { readRecordTypes, readStages } from './read-names.ts';
import { readRoles } from './read-roles.ts';
import type { OrgComponent, OrgProfile, Snapshot, Unread } from './snapshot.ts';
import { OrgError } from './types.ts';

interface Key {
  readonly type: string;
  readonly fullName: string;
}

/** Settings that decide what the waterfall may do, or that a plan changes. */
const SETTINGS = ['PathAssistant', 'Flow', 'LeadConfig', 'Opportunity'];
/** Values of the standard picklists that a record type of Opportunity lists, beside those that the model has values in. */
const VALUE_SETS = ['ForecastCategoryName', 'LeadSource'];
/** The object whose own record types, processes, rules and overrides are compared and audited, and so retrieved whole. */
const OBJECT = 'Opportunity';
const DESCRIBED = ['Opportunity', 'Account', 'Campaign', 'Lead'];
/** Objects whose layouts are read: ours are assigned on the first, fields of ours are put on the others'. */
const LAID_OUT = ['Opportunity', 'Account', 'Campaign', 'Lead', 'OpportunityContactRole', 'Product2'];
/** Children that come with their object; naming them as well is what makes record types and processes come reliably (forcedotcom/cli#3254). */
const WITH_OBJECT = new Set([
  'CustomField',
  'RecordType',
  'BusinessProcess',
  'ValidationRule',
  'CompactLayout',
  'ListView',
]);

interface SnapshotOptions {
  /** Names of roles to look for. */
  readonly roles?: readonly string[];
  readonly now?: Date;
}

/**
 * Reads what a plan for these components rests on. Few round trips: the questions go out together, then one retrieve.
 * What the org cannot answer (a feature it lacks) is listed in `unread`. Throws OrgError when it cannot be reached or refuses the user.
 */
export async function takeSnapshot(
  org: MetadataOrg,
  components: readonly Key[],
  { roles: roleNames = [], now = new Date() }: SnapshotOptions = {},
): Promise<Snapshot> {
  const unread: Unread[] = [];
  const flowNames = components.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName);
  const ask = <T>(what: string, fallback: T, work: Promise<T>): Promise<T> => optional(what, fallback, work, unread);
  const recordTypesAsked = ask('RecordType', [], readRecordTypes(org));
  const profilesAsked = ask('profiles in use', NO_PROFILES, profilesInUse(org));
  const [
    described,
    stages,
    recordTypes,
    counts,
    flows,
    permissions,
    assigned,
    limits,
    fiscal,
    roles,
    { profiles },
    retrieved,
  ] = await Promise.all([
    Promise.all(DESCRIBED.map((object) => org.describe(object))),
    readStages(org),
    recordTypesAsked,
    recordTypesAsked.then((types) => ask('opportunity counts', [], countOpportunities(org, types))),
    ask('FlowDefinition', [], org.flows(flowNames)),
    ask(PERMISSIONS_READ, [], permissionsOf(org)),
    ask('permission sets of the running user', [], assignedTo(org)),
    ask('limits', {}, org.limits()),
    ask(
      'fiscal year',
      1,
      org
        .query<{ readonly FiscalYearStartMonth: number | null }>('SELECT FiscalYearStartMonth FROM Organization')
        .then((rows) => rows[0]?.FiscalYearStartMonth ?? 1),
    ),
    ask('roles', null, readRoles(org, roleNames)),
    profilesAsked,
    profilesAsked.then(({ profiles: inUse, layouts }) => org.retrieve(memberLists(components, inUse, layouts))),
  ]);
  const kept = Object.fromEntries(
    retrieved.map((component) => [componentKey(component), component] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return {
    identity: org.identity,
    takenAt: now.toISOString(),
    components: kept,
    describe: Object.fromEntries(described.map((object) => [object.name, object])),
    stages,
    counts,
    recordTypes,
    flows,
    profiles,
    roles,
    permissions,
    assigned,
    limits,
    fiscalYearStartMonth: fiscal,
    unread,
    hash: snapshotHash(Object.values(kept), flows),
  };
}

/** Two snapshots with the same hash lead to the same plan. */
const snapshotHash = (components: readonly OrgComponent[], flows: Snapshot['flows']): string =>
  hashOf({
    components: components.map(({ type, fullName, hash }) => `${type}:${fullName}:${hash}`).sort(),
    active: flows
      .map(({ name, activeVersionId, latestVersionId }) => `${name}:${activeVersionId}:${latestVersionId}`)
      .sort(),
  });

/** Trouble that means the org has not got it or does not show it to this user; anything else stops the snapshot. */
const MISSING = new Set([
  'ORG_FEATURE_MISSING',
  'ORG_PERMISSION',
  'NOT_FOUND',
  'MALFORMED_QUERY',
  'OPERATION_TOO_LARGE',
  'QUERY_TIMEOUT',
]);

/** The platform quotes the query first and says what is wrong with it last. */
const lastLine = (message: string): string =>
  `${message
    .trim()
    .split('\n')
    .at(-1)!
    .split(/\. |\(while /)[0]!
    .trim()}.`;

async function optional<T>(what: string, fallback: T, work: Promise<T>, unread: Unread[]): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof OrgError) || !MISSING.has(error.code)) throw error;
    unread.push({ what, reason: lastLine(error.message) });
    return fallback;
  }
}

function memberLists(
  components: readonly Key[],
  profiles: readonly OrgProfile[],
  layouts: readonly string[],
): readonly MemberList[] {
  const lists = new Map<string, Set<string>>();
  const add = (type: string, name: string): void => {
    lists.set(type, (lists.get(type) ?? new Set()).add(name));
  };
  add('CustomObject', OBJECT);
  for (const { type, fullName } of components) add(type, fullName);
  for (const name of SETTINGS) add('Settings', name);
  for (const name of VALUE_SETS) add('StandardValueSet', name);
  for (const { fullName } of profiles) add('Profile', fullName);
  // A profile comes with its assignments of those layouts that are in the same retrieve, and no others.
  for (const name of layouts) add('Layout', name);
  const childless = [...lists].filter(([type, names]) => !(WITH_OBJECT.has(type) && names.size === 0));
  return childless.map(([type, names]) => ({ type, members: [...names].sort() }));
}

interface ProfilesInUse {
  readonly profiles: readonly OrgProfile[];
  /** Layouts of the objects that are laid out. */
  readonly layouts: readonly string[];
}

const NO_PROFILES: ProfilesInUse = { profiles: [], layouts: [] };

async function profilesInUse(org: MetadataOrg): Promise<ProfilesInUse> {
  const [listed, users] = await Promise.all([
    org.list(['Profile', 'Layout']),
    org.query<{ readonly ProfileId: string; readonly total: number }>(
      "SELECT ProfileId, COUNT(Id) total FROM User WHERE IsActive = true AND UserType = 'Standard' GROUP BY ProfileId",
    ),
  ]);
  // The Metadata API has its own names for standard profiles (Admin, not System Administrator): the id is what both agree on.
  const byId = new Map(users.map(({ ProfileId, total }) => [ProfileId.slice(0, 15), total]));
  const profiles = listed
    .filter(({ type }) => type === 'Profile')
    .map(({ fullName, id }) => ({ fullName, activeUsers: byId.get(id.slice(0, 15)) ?? 0 }))
    .filter(({ activeUsers }) => activeUsers > 0)
    .sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
  const layouts = listed
    .filter(({ type, fullName }) => type === 'Layout' && LAID_OUT.some((object) => fullName.startsWith(`${object}-`)))
    .map(({ fullName }) => fullName);
  return { profiles, layouts };
}
