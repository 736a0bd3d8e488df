import { AuthInfo, Lifecycle, StateAggregator } from '@salesforce/core';

/** What the local org prints when it is ready. */
export interface ServingOrg {
  readonly url: string;
  readonly token: string;
  readonly orgId: string;
  readonly username: string;
}

/**
 * Logs in to the local org as `sf org login access-token` would, under an alias, so that `waterfall` and `sf` both find it. The
 * token is new at every start; what was stored before for this username is brought up to date.
 */
export const logIn = async ({ url, token, orgId, username }: ServingOrg, alias: string): Promise<void> => {
  const fields = { accessToken: token, instanceUrl: url, loginUrl: url, username, orgId, isDevHub: false };
  // Said of every org on plain http, and this one never leaves the machine.
  Lifecycle.getInstance().onWarning((warning) => {
    if (!warning.includes('insecure protocol')) process.emitWarning(warning);
    return Promise.resolve();
  });
  const state = await StateAggregator.getInstance();
  const known = await state.orgs.hasFile(username);
  const info = await AuthInfo.create(known ? { username } : { username, accessTokenOptions: fields });
  await info.save(fields);
  await info.setAlias(alias);
};
