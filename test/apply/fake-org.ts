import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { CHILD_TYPES } from '../../scripts/metadata/metadata-types.ts';
import { parseMetadata } from '../../scripts/metadata/parse-xml.ts';
import { hashOf } from '../../scripts/org/hash.ts';
import { zipComponents } from '../../scripts/org/zip-components.ts';
import type { DeployReport, MetadataOrg } from '../../scripts/org/metadata-org.ts';
import type { OrgComponent } from '../../scripts/org/snapshot.ts';
import { OrgError } from '../../scripts/org/types.ts';
import type { OrgIdentity } from '../../scripts/org/types.ts';

type Json = Readonly<Record<string, unknown>>;

export const component = (type: string, fullName: string, metadata: Json): OrgComponent => ({
  type,
  fullName,
  metadata,
  hash: hashOf({ metadata }),
});

export interface FakeOrg extends MetadataOrg {
  readonly components: Map<string, OrgComponent>;
  readonly active: Map<string, boolean>;
  /** What the next deploy does: lose the reply after carrying it out, lose the request, or refuse. */
  trouble: 'none' | 'replyLost' | 'requestLost' | 'refused';
  /** Whether the running user has the permissions that deploying takes. */
  mayDeploy: boolean;
  deploys: number;
}

const IDENTITY: OrgIdentity = {
  orgId: '00D000000000001EAA',
  name: 'Fake',
  username: 'admin@fake.test',
  userId: '005000000000001AAA',
  instanceUrl: 'http://127.0.0.1:1',
  apiVersion: '66.0',
  edition: 'Enterprise Edition',
  kind: 'sandbox',
};

const cut = (): OrgError =>
  new OrgError('ORG_UNREACHABLE', 'The org cannot be reached while deploying (ECONNRESET).', 'Check the network.');

function filesOf(folder: string, below = ''): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of readdirSync(path.join(folder, below))) {
    const at = path.posix.join(below, name);
    if (statSync(path.join(folder, at)).isDirectory())
      for (const [file, text] of filesOf(folder, at)) files.set(file, text);
    else files.set(at, readFileSync(path.join(folder, at)));
  }
  return files;
}

interface Members {
  readonly name: string;
  readonly members: string | string[];
}

const removalsIn = (folder: string, file: string): string[] => {
  if (!existsSync(path.join(folder, file))) return [];
  const { types } = parseMetadata(readFileSync(path.join(folder, file), 'utf8'), file).value as {
    types?: Members | Members[];
  };
  return [types ?? []].flat().flatMap(({ name, members }) => [members].flat().map((member) => `${name}:${member}`));
};

/** An org in memory that keeps what is deployed, with the platform's overlay and value-set rules. Of SOQL it answers who has which permission set. */
export function fakeOrg(initial: readonly OrgComponent[] = [], identity: Partial<OrgIdentity> = {}): FakeOrg {
  const components = new Map(initial.map((entry) => [`${entry.type}:${entry.fullName}`, entry]));
  const active = new Map<string, boolean>();
  const reports = new Map<string, DeployReport>();
  const flowIds = (): string[] =>
    [...components.values()].filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName);

  const carryOut = (folder: string): void => {
    for (const key of removalsIn(folder, 'destructiveChangesPre.xml'))
      components.delete(key.replace(/^(Flow:.*)-\d+$/, '$1'));
    for (const sentComponent of zipComponents(filesOf(folder))) {
      const { type, fullName, metadata, files } = sentComponent;
      const key = `${type}:${fullName}`;
      if (files) {
        components.set(key, sentComponent);
        continue;
      }
      const before = components.get(key)?.metadata ?? {};
      const sent = metadata;
      components.set(
        key,
        component(
          type,
          fullName,
          type === 'StandardValueSet' ? deactivatingMissing(before, sent) : overlaid(type, before, sent),
        ),
      );
      // As in a production org: a new version is not active.
      if (type === 'Flow') active.set(fullName, false);
    }
    for (const key of removalsIn(folder, 'destructiveChangesPost.xml')) components.delete(key);
  };

  const assigned = new Set<string>();
  /** Of the running user's assignments only; a set's name is its id here. */
  const answer = (soql: string): object[] => {
    const named = [...soql.matchAll(/'(Waterfall_\w+)'/g)].map(([, name]) => name!);
    if (soql.includes('FROM PermissionSetAssignment') && !soql.includes('PermissionsApi')) {
      return [...assigned]
        .filter((name) => named.length === 0 || named.includes(name))
        .map((name) => ({ Id: name, PermissionSet: { Name: name } }));
    }
    if (soql.includes('FROM PermissionSet WHERE Name'))
      return named.filter((name) => components.has(`PermissionSet:${name}`)).map((Id) => ({ Id }));
    // The permissions that are asked for, each of them given unless the org is one for somebody who may not.
    if (soql.includes('PermissionsApi')) {
      const asked = [...soql.matchAll(/Permissions\w+/g)].map(([name]) => [name, org.mayDeploy] as const);
      return [Object.fromEntries(asked)];
    }
    return [];
  };

  const org: FakeOrg = {
    identity: { ...IDENTITY, ...identity },
    newestVersion: '66.0',
    components,
    active,
    trouble: 'none',
    mayDeploy: true,
    deploys: 0,
    query: <Row>(soql: string) => Promise.resolve(answer(soql) as Row[]),
    toolingQuery: () => Promise.resolve([]),
    create: (_object, records) => {
      for (const { PermissionSetId } of records) assigned.add(String(PermissionSetId));
      return Promise.resolve(records.map(() => ({ id: '0Pa000000000001AAA', success: true, errors: [] })));
    },
    update: () => Promise.resolve([]),
    remove: (ids) => {
      for (const id of ids) assigned.delete(id);
      return Promise.resolve(ids.map((id) => ({ id, success: true, errors: [] })));
    },
    describe: (name) => Promise.resolve({ name, fields: [], recordTypeInfos: [] }),
    picklistValues: () => Promise.resolve([]),
    retrieve: () => Promise.resolve([...components.values()]),
    list: () => Promise.resolve([]),
    limits: () => Promise.resolve({}),
    flows: (names) =>
      Promise.resolve(
        flowIds()
          .filter((name) => names.includes(name))
          .map((name) => ({
            definitionId: `300-${name}`,
            name,
            activeVersionId: active.get(name) ? '301' : null,
            latestVersionId: '301',
          })),
      ),
    flowVersions: () => Promise.resolve([1]),
    activateFlow: (definitionId, version) => {
      active.set(definitionId.replace('300-', ''), version > 0);
      return Promise.resolve();
    },
    deployment: (id) => {
      const report = reports.get(id);
      return report ? Promise.resolve(report) : Promise.reject(new OrgError('NOT_FOUND', 'no such deployment', 'none'));
    },
    deploy: (folder, options = {}) => {
      org.deploys += 1;
      if (org.trouble === 'requestLost') return Promise.reject(cut());
      const id = `0Af00000000000${org.deploys}`;
      options.onStarted?.(id);
      const success = org.trouble !== 'refused';
      if (success) carryOut(folder);
      const problems = success
        ? []
        : [{ place: 'CustomField Opportunity.A__c', message: 'no such thing', warning: false }];
      const report = {
        id,
        status: success ? 'Succeeded' : 'Failed',
        done: true,
        success,
        deployed: 1,
        total: 1,
        components: [],
        problems,
      };
      reports.set(id, report);
      return org.trouble === 'replyLost' ? Promise.reject(cut()) : Promise.resolve(report);
    },
  };
  return org;
}

const overlaid = (type: string, before: Json, sent: Json): Json =>
  type in CHILD_TYPES || type === 'Flow' ? sent : { ...before, ...sent };

type Value = Json & { readonly fullName: string };

/** Values left out are deactivated and stay at the end. */
function deactivatingMissing(before: Json, sent: Json): Json {
  const [theirs, ours] = [
    (before['standardValue'] ?? []) as readonly Value[],
    (sent['standardValue'] ?? []) as readonly Value[],
  ];
  const kept = new Set(ours.map(({ fullName }) => fullName));
  const left = theirs.filter(({ fullName }) => !kept.has(fullName)).map((value) => ({ ...value, isActive: false }));
  return { ...sent, standardValue: [...ours, ...left] };
}
