import { writeFileSync } from 'node:fs';
import { csvLine, plainText } from '../csv/csv-line.ts';
import { CONVERT_SIZE } from '../org/data-org.ts';
import type { ConversionOutcome, DataOrg, LeadConversion } from '../org/data-org.ts';
import { inList, queryInLists } from '../org/query-in-lists.ts';
import { OrgError } from '../org/types.ts';
import { append } from './journal.ts';
import type { LeadOutcome, MatchRun } from './journal.ts';
import type { DecidedConversion } from './review-file.ts';

export interface ConversionWork {
  readonly org: DataOrg;
  readonly run: MatchRun;
  readonly convertedStatus: string;
  readonly decided: readonly DecidedConversion[];
  /** What an earlier part of the run has done. */
  readonly done: readonly LeadOutcome[];
  /** Leads that an earlier part of the run has sent, and of which it does not know what became. */
  readonly uncertain: ReadonlySet<string>;
  readonly signal: AbortSignal;
  readonly progress: (done: number, of: number) => void;
}

export interface ConversionReport {
  readonly outcomes: readonly LeadOutcome[];
  /** Leads that are left because it was stopped. */
  readonly left: number;
}

/** A row that another save holds is tried again this often. */
const TRIES = 3;
const LOCKED = new Set(['UNABLE_TO_LOCK_ROW', 'REQUEST_RUNNING_TOO_LONG']);
/** Values of one IN list, so that the query fits into a URL. */
const IN_SIZE = 50;

/**
 * Converts the decided leads, CONVERT_SIZE at a time. Each batch is written to the journal before it is sent and again with its
 * outcome, so a run that is broken off anywhere goes on without converting twice: before a batch the org is asked which of its leads
 * are leads still. A contact of the account with the lead's address is reused. Throws OrgError when the org cannot be asked.
 */
export async function convertLeads(work: ConversionWork): Promise<ConversionReport> {
  const { org, run, decided, done, uncertain, signal, progress } = work;
  const outcomes = [...done];
  startResults(run.results, outcomes);
  const ended = new Set(done.map(({ leadId }) => leadId));
  const waiting = decided.filter(({ leadId }) => !ended.has(leadId));
  const tries = new Map<string, number>();
  while (waiting.length > 0 && !signal.aborted) {
    const batch = waiting.splice(0, CONVERT_SIZE);
    const finish = (finished: readonly LeadOutcome[]): void => {
      run.write(finished.map((outcome) => ({ event: 'done', ...outcome })));
      append(run.results, finished.map(resultLine).join(''));
      outcomes.push(...finished);
    };
    const { ready, settled, later } = await prepare(org, batch, uncertain);
    waiting.unshift(...later);
    if (settled.length > 0) finish(settled);
    if (ready.length > 0) {
      run.write([{ event: 'sending', leads: ready.map(({ leadId }) => leadId) }]);
      const results = await org.convertLeads(work.convertedStatus, ready);
      const again = results.filter((result) => isLocked(result) && (tries.get(result.leadId) ?? 1) < TRIES);
      for (const { leadId } of again) tries.set(leadId, (tries.get(leadId) ?? 1) + 1);
      const repeated = new Set(again.map(({ leadId }) => leadId));
      waiting.push(...batch.filter(({ leadId }) => repeated.has(leadId)));
      const byLead = new Map(batch.map((each) => [each.leadId, each]));
      finish(
        results.flatMap((result, index) =>
          repeated.has(result.leadId) ? [] : [outcomeOf(result, ready[index]!, byLead.get(result.leadId)!)],
        ),
      );
    }
    progress(outcomes.length, decided.length);
  }
  if (waiting.length === 0) run.write([{ event: 'finished' }]);
  return { outcomes, left: waiting.length };
}

const isLocked = ({ success, errors }: ConversionOutcome): boolean =>
  !success && errors.some(({ code }) => LOCKED.has(code));

function outcomeOf(
  result: ConversionOutcome,
  sent: LeadConversion,
  { name, account, leadId, accountId }: DecidedConversion,
): LeadOutcome {
  const common = { leadId, accountId, name, account };
  if (!result.success) {
    const reason = result.errors.map(({ code, message }) => `${message} (${code})`).join(' ');
    return {
      ...common,
      outcome: 'refused',
      contactId: null,
      contact: null,
      reason: reason || 'The org gave no reason.',
    };
  }
  const contact = sent.contactId === null ? 'created' : 'reused';
  return { ...common, outcome: 'converted', contactId: result.contactId, contact, reason: '' };
}

interface LeadState {
  readonly Id: string;
  readonly IsConverted: boolean;
  readonly ConvertedAccountId: string | null;
  readonly ConvertedContactId: string | null;
  readonly Email: string | null;
  readonly OwnerId: string;
}

interface Prepared {
  readonly ready: readonly LeadConversion[];
  /** Those of which nothing is left to do, or nothing can be done. */
  readonly settled: readonly LeadOutcome[];
  /** A second lead of the same person: its contact comes into being with the first. */
  readonly later: readonly DecidedConversion[];
}

async function prepare(
  org: DataOrg,
  batch: readonly DecidedConversion[],
  uncertain: ReadonlySet<string>,
): Promise<Prepared> {
  const states = await queryInLists<LeadState>(
    org,
    batch.map(({ leadId }) => leadId),
    CONVERT_SIZE,
    (ids) =>
      `SELECT Id, IsConverted, ConvertedAccountId, ConvertedContactId, Email, OwnerId FROM Lead WHERE Id IN (${ids})`,
  );
  const leads = new Map(states.map((state) => [state.Id.slice(0, 15), state]));
  const open = batch.filter(({ leadId }) => leads.get(leadId.slice(0, 15))?.IsConverted === false);
  const accountIds = [...new Set(open.map(({ accountId }) => accountId))];
  const accounts = new Map(
    (
      await queryInLists<{ readonly Id: string; readonly OwnerId: string }>(
        org,
        accountIds,
        CONVERT_SIZE,
        (ids) => `SELECT Id, OwnerId FROM Account WHERE Id IN (${ids})`,
      )
    ).map((account) => [account.Id.slice(0, 15), account]),
  );
  const contacts = await contactsOf(
    org,
    open.map(({ leadId, accountId }) => ({ accountId, email: leads.get(leadId.slice(0, 15))!.Email })),
  );
  const ready: LeadConversion[] = [];
  const settled: LeadOutcome[] = [];
  const later: DecidedConversion[] = [];
  const people = new Set<string>();
  for (const each of batch) {
    const { leadId, accountId, name, account } = each;
    const lead = leads.get(leadId.slice(0, 15));
    const common = { leadId, accountId, name, account, contact: null };
    if (lead === undefined)
      settled.push({ ...common, outcome: 'refused', contactId: null, reason: 'The lead is no longer there.' });
    else if (lead.IsConverted) {
      const ours = uncertain.has(leadId);
      const elsewhere =
        lead.ConvertedAccountId !== null && lead.ConvertedAccountId.slice(0, 15) !== accountId.slice(0, 15);
      settled.push({
        ...common,
        outcome: ours && !elsewhere ? 'converted' : 'already converted',
        contactId: lead.ConvertedContactId,
        reason: ours
          ? 'Converted before the run was broken off.'
          : elsewhere
            ? `It is with account ${lead.ConvertedAccountId}.`
            : '',
      });
    } else if (!accounts.has(accountId.slice(0, 15)))
      settled.push({ ...common, outcome: 'refused', contactId: null, reason: `There is no account ${accountId}.` });
    else {
      const person = lead.Email === null ? null : personKey(accountId, lead.Email);
      if (person !== null && people.has(person)) {
        later.push(each);
        continue;
      }
      if (person !== null) people.add(person);
      ready.push({
        leadId,
        accountId,
        contactId: person === null ? null : (contacts.get(person) ?? null),
        // A lead of a queue needs an owner, since queues own no contacts: SOAP API Developer Guide, convertLead().
        ownerId: lead.OwnerId.startsWith('00G') ? accounts.get(accountId.slice(0, 15))!.OwnerId : null,
      });
    }
  }
  return { ready, settled, later };
}

const personKey = (accountId: string, email: string): string => `${accountId.slice(0, 15)} ${email.toLowerCase()}`;

/** The oldest contact of each account and address. */
async function contactsOf(
  org: DataOrg,
  people: readonly { readonly accountId: string; readonly email: string | null }[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const known = people.flatMap(({ accountId, email }) => (email === null ? [] : [{ accountId, email }]));
  for (let start = 0; start < known.length; start += IN_SIZE) {
    const part = known.slice(start, start + IN_SIZE);
    const [ids, emails] = [inList(part.map(({ accountId }) => accountId)), inList(part.map(({ email }) => email))];
    const rows = await org.query<{ readonly Id: string; readonly AccountId: string; readonly Email: string }>(
      `SELECT Id, AccountId, Email FROM Contact WHERE AccountId IN (${ids}) AND Email IN (${emails}) ORDER BY CreatedDate DESC, Id DESC`,
    );
    for (const { Id, AccountId, Email } of rows) found.set(personKey(AccountId, Email), Id);
  }
  return found;
}

const RESULT_COLUMNS = [
  'Lead Id',
  'Name',
  'Account Id',
  'Account',
  'Outcome',
  'Contact Id',
  'Contact',
  'Reason',
] as const;

const resultLine = ({ leadId, name, accountId, account, outcome, contactId, contact, reason }: LeadOutcome): string =>
  `${csvLine([leadId, name, accountId, account, outcome, contactId ?? '', contact ?? '', reason].map(plainText))}\n`;

/** Written anew from the journal: a run that was killed may have a line more there than in the results. */
function startResults(file: string, done: readonly LeadOutcome[]): void {
  writeFileSync(file, `\u{FEFF}${csvLine(RESULT_COLUMNS)}\n${done.map(resultLine).join('')}`);
}

/** The status that leads get. Throws OrgError when the org has none, or not the one wanted. */
export async function convertedStatus(org: DataOrg, wanted?: string): Promise<string> {
  const rows = await org.query<{ readonly MasterLabel: string }>(
    'SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true ORDER BY SortOrder',
  );
  const labels = rows.map(({ MasterLabel }) => MasterLabel);
  const found = wanted === undefined ? labels[0] : labels.find((label) => label === wanted);
  if (found !== undefined) return found;
  throw new OrgError(
    'LEAD_STATUS',
    wanted === undefined
      ? 'No lead status of the org means "converted".'
      : `"${wanted}" is no converted lead status of the org.`,
    labels.length === 0 ? 'Mark one as converted in Setup: Lead Status.' : `Name one of: ${labels.join(', ')}.`,
  );
}
