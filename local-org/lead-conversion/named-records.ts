import { runSoql } from '../data/transaction.ts';
import type { Row, Transaction } from '../data/types.ts';
import type { NamedRecords } from './check-request.ts';
import type { ConversionSettings, LeadConvert } from './types.ts';

/** Reads what the requests name, and the leads' owners as far as they are users. */
export function namedRecords(
  tx: Transaction,
  settings: ConversionSettings,
  requests: readonly LeadConvert[],
): NamedRecords {
  const named = (object: string, idOf: (request: LeadConvert) => string | null | undefined): ReadonlyMap<string, Row> =>
    tx.byIds(object, [...new Set(requests.map(idOf).filter((id) => typeof id === 'string' && id !== ''))] as string[]);
  const leads = named('Lead', ({ leadId }) => leadId);
  const owners = [...leads.values()].map((lead) => String(lead['OwnerId']));
  return {
    leads: withFormulas(tx, settings, leads),
    accounts: named('Account', ({ accountId }) => accountId),
    contacts: named('Contact', ({ contactId }) => contactId),
    opportunities: named('Opportunity', ({ opportunityId }) => opportunityId),
    users: new Map([...named('User', ({ ownerId }) => ownerId), ...tx.byIds('User', [...new Set(owners)])]),
  };
}

/** Formula fields that are mapped are computed as the leads are now. */
function withFormulas(
  tx: Transaction,
  { mappings }: ConversionSettings,
  leads: ReadonlyMap<string, Row>,
): ReadonlyMap<string, Row> {
  const fields = tx.schema.object('Lead')?.fields;
  const names = [...new Set(mappings.map(({ from }) => from))].filter(
    (name) => (fields?.get(name.toLowerCase())?.formula ?? null) !== null,
  );
  if (names.length === 0 || leads.size === 0) return leads;
  const ids = [...leads.keys()].map((id) => `'${id}'`).join(',');
  const { records } = runSoql(tx, `SELECT Id, ${names.join(', ')} FROM Lead WHERE Id IN (${ids})`);
  const computed = new Map(records.map(({ id, values }) => [id, values as Row]));
  return new Map([...leads].map(([id, lead]) => [id, { ...lead, ...computed.get(id) }]));
}
