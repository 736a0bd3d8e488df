import { AuthInfo, StateAggregator } from '@salesforce/core';

/** What the local org prints when it is ready. */
export interface ServingOrg {
  readonly url: string;
  readonly token: string;
  readonly orgId: string;
  readonly username: string;
}

/**
 * Logs in to the local org as `sf org login access-token` would, under an alias, so that `waterfall` and `sf` both find it. The
 * token is new at every start; what was stored before for this username is replaced.
 */
export const logIn = async (org: ServingOrg, alias: string): Promise<void> => {
  const state = await StateAggregator.getInstance();
  if (await state.orgs.exists(org.username)) await state.orgs.remove(org.username);
  const info = await AuthInfo.create({
    username: org.username,
    accessTokenOptions: {
      accessToken: org.token,
      instanceUrl: org.url,
      loginUrl: org.url,
      username: org.username,
      orgId: org.orgId,
      isDevHub: false,
    },
  } as Parameters<typeof AuthInfo.create>[0]);
  await info.save();
  await info.setAlias(alias);
};
