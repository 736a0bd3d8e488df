import { registerApexStandIn } from '../automation/apex/stand-ins.ts';
import type { PlainValues } from '../automation/flow/launchable-flows.ts';
import type { Transaction } from '../data/types.ts';
import type { MetadataReader } from '../metadata/types.ts';
import { convertLeads } from './convert-leads.ts';
import { MOST_LEADS } from './messages.ts';
import type { LeadConvertResult } from './types.ts';

/** The project's Apex class that converts leads (force-app/main/default/classes); the stand-in does what it does, step by step. */
const CLASS_NAME = 'WaterfallLeadConversion';

const textOf = (value: PlainValues[string] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** Leads of one account with the same person become one contact; a lead that names none is a person of its own. */
const personOf = (request: PlainValues, index: number): string => {
  const person = textOf(request['person']);
  return person === null ? String(index) : `${textOf(request['accountId']) ?? ''}${person.toLowerCase()}`;
};

/** `SELECT ApiName FROM LeadStatus WHERE IsConverted = TRUE ORDER BY SortOrder LIMIT 1`, one query of the transaction. */
function firstConvertedStatus(tx: Transaction): string {
  tx.limits.use('queries', 1);
  const [status] = tx.select({
    object: 'LeadStatus',
    filter: { field: 'IsConverted', operator: '=', value: true },
    orderBy: [{ field: 'SortOrder', descending: false }],
    limit: 1,
  });
  tx.limits.use('queryRows', status ? 1 : 0);
  return String(status?.['ApiName'] ?? '');
}

const MAY_CONVERT = 'PermissionsConvertLeads';
/** Unconfirmed text. "Your client application must be logged in with the Convert Leads permission" (SOAP API Developer Guide, convertLead()). */
const NOT_ALLOWED = 'INSUFFICIENT_ACCESS_OR_READONLY: the user lacks the permission Convert Leads';

/** The class works in user mode. */
function mayConvert(tx: Transaction): boolean {
  const profile = tx.byIds('Profile', [tx.user.profileId]).get(tx.user.profileId);
  if (profile?.[MAY_CONVERT] === true) return true;
  const assigned = tx.select({
    object: 'PermissionSetAssignment',
    filter: { field: 'AssigneeId', operator: '=', value: tx.user.id },
  });
  const sets = tx.byIds('PermissionSet', [...new Set(assigned.map((row) => String(row['PermissionSetId'])))]);
  return [...sets.values()].some((set) => set[MAY_CONVERT] === true);
}

const outcomeOf = ({ success, contactId, errors }: LeadConvertResult): PlainValues => ({
  isConverted: success,
  contactId: contactId ?? null,
  problem: errors.length === 0 ? null : errors.map(({ statusCode, message }) => `${statusCode}: ${message}`).join('; '),
});

function convert(tx: Transaction, requests: readonly PlainValues[], metadata: MetadataReader): readonly PlainValues[] {
  const results: PlainValues[] = requests.map(() => ({ isConverted: false, contactId: null, problem: null }));
  if (!mayConvert(tx)) return results.map((result) => ({ ...result, problem: NOT_ALLOWED }));
  const status = firstConvertedStatus(tx);
  const convertAll = (some: readonly { readonly index: number; readonly contactId: string | null }[]): void => {
    for (let start = 0; start < some.length; start += MOST_LEADS) {
      const chunk = some.slice(start, start + MOST_LEADS);
      tx.limits.use('dmlStatements', 1);
      tx.limits.use('dmlRows', chunk.length);
      const outcomes = convertLeads(
        tx,
        metadata,
        chunk.map(({ index, contactId }) => ({
          leadId: textOf(requests[index]!['leadId']) ?? '',
          accountId: textOf(requests[index]!['accountId']),
          contactId,
          ownerId: textOf(requests[index]!['ownerId']),
          convertedStatus: textOf(requests[index]!['convertedStatus']) ?? status,
          doNotCreateOpportunity: true,
        })),
      );
      chunk.forEach(({ index }, n) => (results[index] = outcomeOf(outcomes[n]!)));
    }
  };
  const firstOf = new Map<string, number>();
  requests.forEach((request, index) => {
    const person = personOf(request, index);
    if (!firstOf.has(person)) firstOf.set(person, index);
  });
  const first = [...firstOf.values()];
  convertAll(first.map((index) => ({ index, contactId: textOf(requests[index]!['contactId']) })));
  const known = requests.flatMap((request, index) => {
    const before = firstOf.get(personOf(request, index))!;
    if (before === index) return [];
    const { isConverted, contactId, problem } = results[before]!;
    if (isConverted === true) return [{ index, contactId: textOf(contactId) }];
    results[index] = { isConverted: false, contactId: null, problem: problem ?? null };
    return [];
  });
  convertAll(known);
  return results;
}

registerApexStandIn({
  className: CLASS_NAME,
  inputs: {
    leadId: { type: 'Text', required: true },
    accountId: { type: 'Text', required: true },
    contactId: { type: 'Text' },
    ownerId: { type: 'Text' },
    person: { type: 'Text' },
    convertedStatus: { type: 'Text' },
  },
  outputs: {
    isConverted: { type: 'Boolean' },
    contactId: { type: 'Text' },
    problem: { type: 'Text' },
  },
  invoke: convert,
});
