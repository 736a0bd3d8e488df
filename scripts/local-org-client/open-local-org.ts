import type { Connection } from '@salesforce/core';
import { isLoopback, openConnection } from '../org/connection.ts';
import { orgError } from '../org/org-errors.ts';
import { OrgError } from '../org/types.ts';

/** The local org, asked for what Salesforce does not have: everything below `/local/`. */
export interface LocalOrgClient {
  readonly connection: Connection;
  readonly username: string;
  /** Throws OrgError. `doing` completes "while …" in its message. */
  ask<Answer>(doing: string, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer>;
  /** All rows of a query, without `attributes`. Throws OrgError. */
  query<Row>(doing: string, soql: string): Promise<readonly Row[]>;
}

const TRY_LOCAL = 'Leave out --target-org for the local org; npm start serves it.';

/** Opens what `sf` knows under the alias or username. Throws OrgError, with NOT_LOCAL_ORG for any other org. */
export async function openLocalOrg(target: string | undefined): Promise<LocalOrgClient> {
  const { connection, username } = await openConnection(target);
  const instanceUrl = connection.instanceUrl.replace(/\/+$/, '');
  if (!isLoopback(instanceUrl)) throw notLocal(target ?? username, instanceUrl);
  const request = async <Answer>(
    doing: string,
    method: 'GET' | 'POST',
    url: string,
    body?: unknown,
  ): Promise<Answer> => {
    try {
      return await connection.request<Answer>({
        method,
        url: `${instanceUrl}${url}`,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
    } catch (error) {
      throw explained(error, doing, url, target ?? username, instanceUrl);
    }
  };
  return {
    connection,
    username,
    ask: request,
    async query<Row>(doing: string, soql: string): Promise<readonly Row[]> {
      const rows: Row[] = [];
      let next: string | undefined =
        `/services/data/v${connection.getApiVersion()}/query?q=${encodeURIComponent(soql)}`;
      while (next !== undefined) {
        const page: Page<Row> = await request(doing, 'GET', next);
        rows.push(...page.records);
        next = page.nextRecordsUrl;
      }
      return rows;
    },
  };
}

interface Page<Row> {
  readonly records: readonly Row[];
  readonly nextRecordsUrl?: string;
}

const notLocal = (named: string, instanceUrl: string): OrgError =>
  new OrgError(
    'NOT_LOCAL_ORG',
    `${named} is the org at ${instanceUrl}, not the local org. Salesforce has nothing like this command.`,
    TRY_LOCAL,
  );

function explained(error: unknown, doing: string, url: string, named: string, instanceUrl: string): OrgError {
  const code = (error as { readonly errorCode?: unknown }).errorCode;
  // Something else on this machine that speaks Salesforce's API: it has no such path.
  if (url.startsWith('/local/') && (code === 'NOT_FOUND' || code === 'ERROR_HTTP_404') && !isOfLocalOrg(error))
    return notLocal(named, instanceUrl);
  if (code === 'INSUFFICIENT_ACCESS') {
    const { message } = error as Error;
    return new OrgError('NOT_ADMINISTRATOR', message, 'Use the login of npm start: --target-org waterfall-local.');
  }
  // What the local org refuses it explains itself.
  if (url.startsWith('/local/') && typeof code === 'string' && error instanceof Error && code !== 'INVALID_SESSION_ID')
    return new OrgError(code, error.message, 'waterfall org log, users and clock without flags show what there is.');
  return orgError(error, doing);
}

/** The platform's words for an unknown path tell a server without `/local/` from one that lacks what was asked for. */
const isOfLocalOrg = (error: unknown): boolean =>
  error instanceof Error && error.message !== 'The requested resource does not exist';
