import './own-home.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuthInfo, Connection, StateAggregator } from '@salesforce/core';
import { openMetadataStore } from '../../local-org/metadata/open-metadata-store.ts';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import type { LocalOrg } from '../../local-org/types.ts';
import { deployPlan } from '../../scripts/apply/deploy-plan.ts';
import { preparePlan } from '../../scripts/commands/prepare-plan.ts';
import { PROJECT_FOLDER } from '../../scripts/commands/project-folder.ts';
import type { Waterfall } from '../../scripts/model/waterfall.ts';
import { orgOver } from '../../scripts/org/connect.ts';
import type { MetadataOrg } from '../../scripts/org/metadata-org.ts';
import { EMPTY_MAPPING } from '../../scripts/plan/mapping.ts';

export interface DeployedOrg {
  readonly running: RunningOrg;
  readonly org: MetadataOrg;
  close(): Promise<void>;
}

/**
 * Without the release update that lets flow formulas be null where a lookup is empty (FlowSettings, `enableFlowFormulasFixEnabled`), they
 * fail there: what flows give in such an org they give in any.
 */
const letFormulasFail = (local: LocalOrg): void => {
  const stored = local.metadata.get('Settings', 'Flow')!;
  openMetadataStore(local.database).put({
    ...stored,
    metadata: { ...stored.metadata, enableFlowFormulasFixEnabled: false },
  });
  local.reload();
};

/**
 * A local org in this process with the model planned and deployed into it; the plan gives its user the RevOps permission set. A test that
 * looks at what has not been done yet has the org not work by itself.
 */
export const deployedOrg = async (
  waterfall: Waterfall,
  { worksByItself = true }: { readonly worksByItself?: boolean } = {},
): Promise<DeployedOrg> => {
  const running = await startLocalOrg({ worksByItself });
  letFormulasFail(running.org);
  const root = await mkdtemp(join(tmpdir(), 'waterfall-verify-'));
  const close = async () => {
    // Another org of this process has an administrator of the same name.
    const state = await StateAggregator.getInstance();
    for (const file of await state.orgs.list()) await state.orgs.remove(file.replace(/\.json$/, ''));
    StateAggregator.clearInstance();
    await running.close();
    await rm(root, { recursive: true });
  };
  try {
    const connection = await connect(running);
    const before = await orgOver(connection.connection, connection.username, '67.0');
    const now = new Date();
    const { plan, snapshot } = await preparePlan({
      org: before,
      waterfall,
      // Without record types our layout is assigned only when the mapping says so.
      mapping: { ...EMPTY_MAPPING, opportunityLayout: 'assign' },
      projectFolder: PROJECT_FOLDER,
      now,
    });
    await deployPlan({ org: before, root, plan, snapshot, confirmed: false, watch: () => undefined, now });
    return { running, org: await orgOver(connection.connection, connection.username, '67.0'), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const connect = async ({ url, token }: RunningOrg) => {
  const answer = await fetch(`${url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  const { preferred_username: username, organization_id: orgId } = (await answer.json()) as {
    preferred_username: string;
    organization_id: string;
  };
  const accessTokenOptions = { accessToken: token, instanceUrl: url, loginUrl: url, username, orgId };
  const authInfo = await AuthInfo.create({ username, accessTokenOptions });
  return { username, connection: await Connection.create({ authInfo, connectionOptions: { version: '66.0' } }) };
};
