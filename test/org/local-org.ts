import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startLocalOrg } from '../../local-org/start-local-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { orgOver } from '../../scripts/org/connect.ts';
import type { MetadataOrg } from '../../scripts/org/metadata-org.ts';

// Read by @salesforce/core when it is loaded: tests must neither use nor change the logins of whoever runs them.
process.env['HOME'] = mkdtempSync(path.join(os.tmpdir(), 'waterfall-home-'));

export interface ConnectedOrg {
  readonly running: RunningOrg;
  readonly org: MetadataOrg;
  close(): Promise<void>;
}

/** A local org in this process, with a connection to it that leaves nothing in the home directory. */
export async function connectedLocalOrg(file?: string): Promise<ConnectedOrg> {
  process.env['SF_DISABLE_LOG_FILE'] = 'true';
  process.env['SF_DISABLE_TELEMETRY'] = 'true';
  const running = await startLocalOrg(file === undefined ? {} : { file });
  return { running, org: await connectTo(running.url, running.token), close: () => running.close() };
}

export async function connectTo(url: string, token: string, apiVersion = '66.0'): Promise<MetadataOrg> {
  const { AuthInfo, Connection } = await import('@salesforce/core');
  const answer = await fetch(`${url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } });
  const { preferred_username: username, organization_id: orgId } = (await answer.json()) as {
    preferred_username: string;
    organization_id: string;
  };
  const accessTokenOptions = {
    accessToken: token,
    instanceUrl: url,
    loginUrl: url,
    username,
    orgId,
    isDevHub: false,
    namespacePrefix: null,
  };
  const authInfo = await AuthInfo.create({ username, accessTokenOptions });
  const connection = await Connection.create({ authInfo, connectionOptions: { version: apiVersion } });
  return orgOver(connection, username, '67.0');
}
