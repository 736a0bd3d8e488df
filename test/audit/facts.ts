import type { AuditFacts } from '../../scripts/audit/facts.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import type { OrgAutomation } from '../../scripts/org/read-automation.ts';
import type { OrgComponent, Snapshot } from '../../scripts/org/snapshot.ts';
import { PLAN_VERSION } from '../../scripts/plan/types.ts';
import { snapshotOf } from '../plan/snapshots.ts';

export interface FactsOptions {
  readonly components?: readonly OrgComponent[];
  readonly snapshot?: Partial<Snapshot>;
  readonly automation?: Partial<OrgAutomation>;
  readonly wanted?: AuditFacts['components'];
  readonly newestVersion?: string;
}

/** What a check looks at, of an org in which nothing is wrong but what is given. */
export function factsOf(
  waterfall: Waterfall,
  { components = [], snapshot: more = {}, automation = {}, wanted = [], newestVersion = '66.0' }: FactsOptions = {},
): AuditFacts {
  const snapshot = snapshotOf(components, more);
  return {
    snapshot,
    automation: { triggers: [], flows: [], duplicateRules: [], customFields: [], unread: [], ...automation },
    newestVersion,
    waterfall,
    components: wanted,
    plan: {
      version: PLAN_VERSION,
      orgId: snapshot.identity.orgId,
      orgName: 'Fake',
      orgKind: 'sandbox',
      username: 'admin@fake.test',
      apiVersion: '66.0',
      snapshotHash: '',
      modelHash: '',
      madeAt: '',
      steps: [],
      findings: [],
      unchanged: 0,
    },
  };
}
