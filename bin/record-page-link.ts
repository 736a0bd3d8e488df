import type { ServingOrg } from './log-in.ts';

/** A link that opens a record page in a browser that has never been here: it carries the session, as `sf org open` does. */
export const recordPageLink = async (org: ServingOrg): Promise<string> => {
  const soql = 'SELECT Id FROM Opportunity WHERE IsClosed = false ORDER BY LastModifiedDate DESC LIMIT 1';
  const response = await fetch(`${org.url}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${org.token}` },
  });
  const body = (await response.json()) as { readonly records?: readonly { readonly Id: string }[] };
  const id = body.records?.[0]?.Id;
  const page = id === undefined ? '/lightning/o/Opportunity/list' : `/lightning/r/Opportunity/${id}/view`;
  return `${org.url}/secur/frontdoor.jsp?sid=${encodeURIComponent(org.token)}&retURL=${encodeURIComponent(page)}`;
};
