import { MEMBER_FIELD, MEMBER_SOURCE, MEMBER_STATUS } from '../compile/names.ts';
import type { DataOrg } from '../org/data-org.ts';
import type { FieldValue, SaveOutcome } from '../org/types.ts';
import type { PlannedRow } from '../people/plan-people.ts';
import type { NewAccount } from '../people/types.ts';
import { resultOf } from './results-file.ts';
import type { RowResult } from './results-file.ts';

/** Records that are saved with one call. */
const BATCH = 200;

/**
 * Creates what the rows lack: accounts, then contacts, then their places in buying groups. What the org refuses is told with its
 * reason in every row that needed it. Throws OrgError when the org cannot be reached; repeating the import then does the rest.
 */
export async function carryOut(
  org: DataOrg,
  rows: readonly PlannedRow[],
  progress: (text: string) => void,
  signal: AbortSignal,
): Promise<readonly RowResult[]> {
  const todo = rows.filter(({ outcome }) => outcome === 'todo');
  const accounts = new Map<string, NewAccount>();
  for (const { account } of todo)
    if (account !== null && 'key' in account) accounts.set(account.key, accounts.get(account.key) ?? account);
  const accountsMade = await createAll(
    org,
    'Account',
    [...accounts.keys()],
    [...accounts.values()].map(accountFields),
    progress,
    signal,
  );
  const idOfAccount = (row: PlannedRow): string | null =>
    row.account === null
      ? null
      : 'id' in row.account
        ? row.account.id
        : (accountsMade.get(row.account.key)?.id ?? null);

  const people = new Map<string, PlannedRow>();
  for (const row of todo)
    if (row.contact?.kind === 'new' && !people.has(row.contact.key) && idOfAccount(row) !== null)
      people.set(row.contact.key, row);
  const contactsMade = await createAll(
    org,
    'Contact',
    [...people.keys()],
    [...people.values()].map((row) => contactFields(row, idOfAccount(row)!)),
    progress,
    signal,
  );
  const idOfContact = ({ contact }: PlannedRow): string | null =>
    contact === null ? null : contact.kind === 'known' ? contact.id : (contactsMade.get(contact.key)?.id ?? null);

  const joining = todo.filter((row) => row.member === 'new' && idOfContact(row) !== null);
  const { fields } = await org.describe('OpportunityContactRole');
  const writable = new Set(fields.filter(({ createable }) => createable).map(({ name }) => name));
  const members = await createAll(
    org,
    'OpportunityContactRole',
    joining.map(({ person }) => String(person.line)),
    joining.map((row) => memberFields(row, idOfContact(row)!, writable)),
    progress,
    signal,
  );
  return rows.map((row) => {
    const refusals = [
      row.account !== null && 'key' in row.account ? accountsMade.get(row.account.key) : undefined,
      row.contact?.kind === 'new' ? contactsMade.get(row.contact.key) : undefined,
      members.get(String(row.person.line)),
    ].flatMap((outcome) => (outcome === undefined || outcome.success ? [] : [reasonOf(outcome)]));
    const stopped =
      row.outcome === 'todo' &&
      refusals.length === 0 &&
      (idOfContact(row) === null || (row.member === 'new' && !members.has(String(row.person.line))));
    return resultOf(row, {
      accountId: idOfAccount(row),
      contactId: idOfContact(row),
      refused: refusals[0] ?? (stopped ? 'Not done: the import was stopped before it.' : null),
    });
  });
}

const reasonOf = ({ errors }: SaveOutcome): string =>
  errors
    .map(
      ({ code, message, fields }) =>
        `${message}${fields.length > 0 ? ` (${code}: ${fields.join(', ')})` : ` (${code})`}`,
    )
    .join(' ');

type Fields = Readonly<Record<string, FieldValue>>;
const filled = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '' && value !== null));

const accountFields = ({ name, website, country }: NewAccount): Fields =>
  filled({ Name: name, Website: website, BillingCountry: country });

const contactFields = ({ person }: PlannedRow, AccountId: string): Fields =>
  filled({
    AccountId,
    FirstName: person.firstName,
    LastName: person.lastName,
    Email: person.email,
    Title: person.title,
    Phone: person.phone,
    MobilePhone: person.mobile,
  });

function memberFields({ opportunity, role }: PlannedRow, ContactId: string, writable: ReadonlySet<string>): Fields {
  const fields = {
    OpportunityId: opportunity!.id,
    ContactId,
    Role: role,
    [MEMBER_FIELD.status]: MEMBER_STATUS.potential,
    [MEMBER_FIELD.source]: MEMBER_SOURCE.research,
  };
  return filled(Object.fromEntries(Object.entries(fields).filter(([name]) => writable.has(name))));
}

/** By key. After a stop nothing more is sent. */
async function createAll(
  org: DataOrg,
  object: string,
  keys: readonly string[],
  records: readonly Fields[],
  progress: (text: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SaveOutcome>> {
  const made = new Map<string, SaveOutcome>();
  for (let start = 0; start < records.length && !signal.aborted; start += BATCH) {
    progress(`Creating ${object} records: ${start} of ${records.length}`);
    const outcomes = await org.create(object, records.slice(start, start + BATCH));
    outcomes.forEach((outcome, at) => made.set(keys[start + at]!, outcome));
  }
  return made;
}
