import { flowsLeftOut } from '../compile/left-out.ts';
import type { Waterfall } from '../model/waterfall.ts';
import { hashOf } from '../org/hash.ts';
import type { MetadataOrg } from '../org/metadata-org.ts';
import type { Snapshot } from '../org/snapshot.ts';
import { readNames } from '../org/read-names.ts';
import { takeSnapshot } from '../org/take-snapshot.ts';
import { adopt } from '../plan/adopt.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Mapping } from '../plan/mapping.ts';
import { rolesNamed } from '../plan/roles.ts';
import type { Wanted } from '../plan/rules/rule.ts';
import type { Plan } from '../plan/types.ts';
import { gatherComponents } from './gather-components.ts';

export interface Prepared {
  readonly plan: Plan;
  readonly snapshot: Snapshot;
  readonly components: readonly Wanted[];
  readonly waterfall: Waterfall;
}

export interface PlanRequest {
  readonly org: MetadataOrg;
  readonly waterfall: Waterfall;
  readonly mapping: Mapping;
  readonly projectFolder: string;
  readonly now: Date;
}

/** Model and org to plan: adopt, compile, read the org, compare. */
export async function preparePlan({ org, waterfall, mapping, projectFolder, now }: PlanRequest): Promise<Prepared> {
  const adopts = [...mapping.recordTypes, ...mapping.stages].some((entry) => entry.adopt);
  const adopted = adopts ? adopt(waterfall, mapping, await readNames(org)) : { waterfall, findings: [] };
  const components = await gatherComponents(adopted.waterfall, projectFolder);
  const snapshot = await takeSnapshot(org, [...components, ...flowsLeftOut(components)], {
    roles: rolesNamed(adopted.waterfall),
    now,
  });
  const modelHash = hashOf(
    components.map(({ type, fullName, metadata, files }) => ({ type, fullName, metadata, files })),
  );
  const plan = makePlan({
    components,
    waterfall: adopted.waterfall,
    snapshot,
    mapping,
    modelHash,
    findings: adopted.findings,
    madeAt: now,
  });
  return { plan, snapshot, components, waterfall: adopted.waterfall };
}
