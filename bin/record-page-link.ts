import type { ServingOrg } from './log-in.ts';

const API = '/services/data/v66.0';
const DEMONSTRATION_KEY = 'demonstration:acquisition';
const DAY_MS = 86_400_000;

/**
 * A link that opens a record page in a browser that has never been here: it carries the session, as `sf org open` does. The page
 * is that of one opportunity which shows the waterfall at work; it is created the first time, through the same API as any other.
 * Falls back to the list of opportunities when the org refuses it.
 */
export const recordPageLink = async (org: ServingOrg): Promise<string> => {
  const id =
    (await query(org, `SELECT Id FROM Opportunity WHERE Waterfall_Key__c = '${DEMONSTRATION_KEY}'`)) ??
    (await createDemonstration(org));
  const page = id === null ? '/lightning/o/Opportunity/list' : `/lightning/r/Opportunity/${id}/view`;
  return `${org.url}/secur/frontdoor.jsp?sid=${encodeURIComponent(org.token)}&retURL=${encodeURIComponent(page)}`;
};

/**
 * Asks for a page and lets the answer go: pages are built from the deployed components when the first one is asked for, and this
 * way nobody waits for that.
 */
export const warmUpPages = async (org: ServingOrg): Promise<void> => {
  await fetch(`${org.url}/lightning/o/Opportunity/list`, { headers: { cookie: `sid=${org.token}` } }).catch(
    () => undefined,
  );
};

const createDemonstration = async (org: ServingOrg): Promise<string | null> => {
  const [account, recordType] = await Promise.all([
    query(org, 'SELECT Id FROM Account ORDER BY Name LIMIT 1'),
    query(org, "SELECT Id FROM RecordType WHERE SobjectType = 'Opportunity' AND DeveloperName = 'Acquisition'"),
  ]);
  if (account === null || recordType === null) return null;
  const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10);
  const response = await request(org, '/sobjects/Opportunity', {
    Name: 'Core Platform for a targeted account',
    AccountId: account,
    RecordTypeId: recordType,
    StageName: 'Engaged',
    CloseDate: ago(-90),
    Amount: 48_000,
    Solution__c: 'Core Platform',
    Targeted_Date__c: ago(64),
    Detected_Date__c: ago(19),
    Waterfall_Key__c: DEMONSTRATION_KEY,
  });
  return response.ok ? ((await response.json()) as { readonly id: string }).id : null;
};

const query = async (org: ServingOrg, soql: string): Promise<string | null> => {
  const response = await request(org, `/query?q=${encodeURIComponent(soql)}`);
  const body = response.ok
    ? ((await response.json()) as { readonly records: readonly { readonly Id: string }[] })
    : null;
  return body?.records[0]?.Id ?? null;
};

const request = (org: ServingOrg, path: string, body?: unknown): Promise<Response> =>
  fetch(`${org.url}${API}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${org.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
