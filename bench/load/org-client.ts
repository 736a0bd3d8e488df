import { AuthInfo, Connection } from '@salesforce/core';
import { ADMIN_USERNAME } from '../../local-org/open-org.ts';
import type { RunningOrg } from '../../local-org/start-local-org.ts';
import { orgOver } from '../../scripts/org/connect.ts';
import type { Org } from '../../scripts/org/types.ts';

/** A local org of this process as the product sees any org. Logins of this machine are neither read nor written. */
export const clientOf = async ({ url, token, org }: RunningOrg): Promise<Org> => {
  const authInfo = await AuthInfo.create({
    username: ADMIN_USERNAME,
    accessTokenOptions: {
      accessToken: token,
      instanceUrl: url,
      loginUrl: url,
      username: ADMIN_USERNAME,
      orgId: org.orgId,
    },
  });
  const connection = await Connection.create({ authInfo, connectionOptions: { version: '66.0' } });
  return orgOver(connection, ADMIN_USERNAME, '67.0');
};
