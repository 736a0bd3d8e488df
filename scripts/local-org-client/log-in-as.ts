import type { LocalOrgClient } from './open-local-org.ts';

/** Answer of `/local/login`. */
interface LocalLogin {
  readonly accessToken: string;
  readonly instanceUrl: string;
  readonly orgId: string;
  readonly userId: string;
  readonly username: string;
  readonly name: string;
}

export interface LoggedIn {
  readonly username: string;
  readonly name: string;
  readonly alias: string;
  readonly instanceUrl: string;
  /** Opens the org's pages in a browser as this user. It carries the session: keep it to yourself. */
  readonly browserUrl: string;
}

const FIRST_PAGE = '/lightning/o/Opportunity/list';

/** Opens a session of the user and stores it for `sf` and `waterfall` under the alias, as `sf org login access-token` would. */
export async function logInAs(org: LocalOrgClient, username: string, alias: string): Promise<LoggedIn> {
  const login = await org.ask<LocalLogin>(`logging in as ${username}`, 'POST', '/local/login', { username });
  const { AuthInfo, StateAggregator } = await import('@salesforce/core');
  const { accessToken, instanceUrl, orgId, userId } = login;
  const fields = {
    accessToken,
    instanceUrl,
    loginUrl: instanceUrl,
    username: login.username,
    orgId,
    userId,
    isDevHub: false,
  };
  const state = await StateAggregator.getInstance();
  const known = await state.orgs.hasFile(login.username);
  const info = await AuthInfo.create(
    known ? { username: login.username } : { username: login.username, accessTokenOptions: fields },
  );
  await info.save(fields);
  await info.setAlias(alias);
  const query = new URLSearchParams({ sid: accessToken, retURL: FIRST_PAGE });
  const browserUrl = `${instanceUrl}/secur/frontdoor.jsp?${query.toString()}`;
  return { username: login.username, name: login.name, alias, instanceUrl, browserUrl };
}
