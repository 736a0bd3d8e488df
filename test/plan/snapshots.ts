import { hashOf } from '../../scripts/org/hash.ts';
import type { OrgComponent, Snapshot } from '../../scripts/org/snapshot.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';
import type { Mapping } from '../../scripts/plan/mapping.ts';
import type { RuleContext } from '../../scripts/plan/rules/rule.ts';

export const snapshotOf = (components: readonly OrgComponent[], more: Partial<Snapshot> = {}): Snapshot => ({
  identity: {
    orgId: '00D000000000001EAA',
    name: 'Fake',
    username: 'admin@fake.test',
    userId: '005000000000001AAA',
    instanceUrl: 'http://127.0.0.1:1',
    apiVersion: '66.0',
    edition: 'Enterprise Edition',
    kind: 'sandbox',
  },
  takenAt: '2026-01-01T00:00:00.000Z',
  components: Object.fromEntries(components.map((entry) => [`${entry.type}:${entry.fullName}`, entry])),
  describe: {},
  stages: [],
  counts: [],
  recordTypes: [],
  flows: [],
  profiles: [],
  roles: [],
  permissions: ['ApiEnabled', 'ModifyMetadata', 'CustomizeApplication', 'ManageProfilesPermissionsets'],
  assigned: [],
  limits: {},
  fiscalYearStartMonth: 1,
  unread: [],
  hash: hashOf(components.map(({ type, fullName, hash }) => [type, fullName, hash])),
  ...more,
});

export const contextOf = (
  components: readonly OrgComponent[],
  mapping: Mapping = EMPTY_MAPPING,
  more: Partial<Snapshot> = {},
): RuleContext => ({
  snapshot: snapshotOf(components, more),
  mapping,
  adopted: new Set(),
  adoptedProcesses: new Map(),
  ownScores: new Map(),
});
