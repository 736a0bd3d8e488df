import type { Connection } from '@salesforce/core';
import { isLoopback, openConnection } from './connection.ts';
import { deployFolder, deploymentOf } from './deploy-folder.ts';
import { flowStates, setActiveVersion, versionsOf } from './flow-activation.ts';
import type { MetadataOrg } from './metadata-org.ts';
import { asking } from './org-errors.ts';
import { restOrg } from './rest-org.ts';
import { listComponents, retrieveComponents } from './retrieve.ts';
import type { OrgIdentity } from './types.ts';

interface OrganizationRow {
  readonly Id: string;
  readonly Name: string;
  readonly OrganizationType: string;
  readonly IsSandbox: boolean;
  readonly TrialExpirationDate: string | null;
}

/** The org behind an alias or username that `sf` has logged in to; without one sf's default org, else the local org. Throws OrgError. */
export async function connectOrg(target?: string): Promise<MetadataOrg> {
  const { connection, username, newestVersion } = await openConnection(target);
  return orgOver(connection, username, newestVersion);
}

/** The same over a connection that is open already. */
export async function orgOver(connection: Connection, username: string, newestVersion: string): Promise<MetadataOrg> {
  const identity = await identify(connection, username);
  const rest = restOrg(connection, identity);
  return {
    ...rest,
    newestVersion,
    retrieve: (members) => retrieveComponents(connection, members),
    list: (types) => listComponents(connection, types),
    deploy: (folder, options = {}) => deployFolder(connection, folder, identity.kind === 'local', options),
    deployment: (id) => deploymentOf(connection, id),
    flows: (names) => flowStates(rest, names),
    flowVersions: (definitionId) => versionsOf(rest, definitionId),
    activateFlow: (definitionId, versionNumber) => setActiveVersion(connection, definitionId, versionNumber),
    limits: () =>
      asking('reading the limits', () => connection.request(`/services/data/v${connection.getApiVersion()}/limits`)),
  };
}

async function identify(connection: Connection, username: string): Promise<OrgIdentity> {
  const soql = (text: string): string =>
    `/services/data/v${connection.getApiVersion()}/query?q=${encodeURIComponent(text)}`;
  const [organizations, users] = await asking('asking which org this is', () =>
    Promise.all([
      connection.request<{ readonly records: readonly OrganizationRow[] }>(
        soql('SELECT Id, Name, OrganizationType, IsSandbox, TrialExpirationDate FROM Organization'),
      ),
      connection.request<{ readonly records: readonly { readonly Id: string }[] }>(
        soql(`SELECT Id FROM User WHERE Username = '${username.replaceAll("'", "\\'")}'`),
      ),
    ]),
  );
  const organization = organizations.records[0]!;
  return {
    orgId: organization.Id,
    name: organization.Name,
    username,
    userId: users.records[0]?.Id ?? '',
    instanceUrl: connection.instanceUrl.replace(/\/+$/, ''),
    apiVersion: connection.getApiVersion(),
    edition: organization.OrganizationType,
    kind: kindOf(organization, connection.instanceUrl),
  };
}

/** Scratch orgs are sandboxes with an end: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
function kindOf(
  { IsSandbox, TrialExpirationDate, OrganizationType }: OrganizationRow,
  instanceUrl: string,
): OrgIdentity['kind'] {
  if (isLoopback(instanceUrl)) return 'local';
  if (IsSandbox) return TrialExpirationDate === null ? 'sandbox' : 'scratch';
  return OrganizationType === 'Developer Edition' ? 'developer' : 'production';
}
