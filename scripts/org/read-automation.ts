import type { MetadataOrg } from './metadata-org.ts';
import { OrgError } from './types.ts';
import type { Unread } from './snapshot.ts';

export interface OrgTrigger {
  readonly name: string;
  readonly active: boolean;
  readonly body: string;
}

/** A record-triggered flow of the org's own on Opportunity. */
export interface OwnFlow {
  readonly name: string;
  readonly active: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface DuplicateRule {
  readonly name: string;
  readonly object: string;
}

/** What else works on the records that the waterfall works on. Asked for by the audit only. */
export interface OrgAutomation {
  readonly triggers: readonly OrgTrigger[];
  readonly flows: readonly OwnFlow[];
  /** Active ones only. */
  readonly duplicateRules: readonly DuplicateRule[];
  /** Full names of custom fields, also of those that the user may not see and describe therefore leaves out. */
  readonly customFields: readonly string[];
  readonly unread: readonly Unread[];
}

const OBJECT = 'Opportunity';

/** `ours` are the names of our own flows, whatever model they come from, which are left out. Throws OrgError when the org cannot be reached. */
export async function readAutomation(org: MetadataOrg, ours: ReadonlySet<string>): Promise<OrgAutomation> {
  const unread: Unread[] = [];
  const optional = <T>(what: string, work: Promise<readonly T[]>): Promise<readonly T[]> =>
    work.catch((error: unknown) => {
      if (!(error instanceof OrgError) || error.code === 'ORG_UNREACHABLE' || error.code === 'ORG_SESSION_EXPIRED')
        throw error;
      unread.push({ what, reason: error.message });
      return [];
    });
  const [triggers, flows, duplicateRules, customFields] = await Promise.all([
    optional('Apex triggers', triggersOf(org)),
    optional('flows', flowsOf(org, ours)),
    optional('duplicate rules', duplicateRulesOf(org)),
    optional(
      'custom fields',
      org.list(['CustomField']).then((fields) => fields.map(({ fullName }) => fullName)),
    ),
  ]);
  return { triggers, flows, duplicateRules, customFields, unread };
}

const triggersOf = async (org: MetadataOrg): Promise<readonly OrgTrigger[]> =>
  (
    await org.toolingQuery<{ readonly Name: string; readonly Status: string; readonly Body: string | null }>(
      `SELECT Name, Status, Body FROM ApexTrigger WHERE TableEnumOrId = '${OBJECT}'`,
    )
  ).map(({ Name, Status, Body }) => ({ name: Name, active: Status === 'Active', body: Body ?? '' }));

async function flowsOf(org: MetadataOrg, ours: ReadonlySet<string>): Promise<readonly OwnFlow[]> {
  const names = (await org.list(['Flow'])).map(({ fullName }) => fullName).filter((name) => !ours.has(name));
  if (names.length === 0) return [];
  const [components, states] = await Promise.all([org.retrieve([{ type: 'Flow', members: names }]), org.flows(names)]);
  const active = new Set(states.filter(({ activeVersionId }) => activeVersionId !== null).map(({ name }) => name));
  return components
    .filter(
      ({ type, metadata }) =>
        type === 'Flow' && (metadata['start'] as { readonly object?: string } | undefined)?.object === OBJECT,
    )
    .map(({ fullName, metadata }) => ({ name: fullName, active: active.has(fullName), metadata }));
}

const duplicateRulesOf = async (org: MetadataOrg): Promise<readonly DuplicateRule[]> =>
  (
    await org.query<{ readonly DeveloperName: string; readonly SobjectType: string }>(
      'SELECT DeveloperName, SobjectType FROM DuplicateRule WHERE IsActive = true',
    )
  ).map(({ DeveloperName, SobjectType }) => ({ name: DeveloperName, object: SobjectType }));
