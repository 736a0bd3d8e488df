import { companyDomain } from '../matching/domains.ts';
import { parseCompanyNames } from '../matching/company-name.ts';
import type { LeadMatch } from '../matching/types.ts';
import type { Person } from './read-people.ts';
import type { AccountFinding, KnownAccount, KnownContact, KnownOpportunity, NewAccount } from './types.ts';

export interface AccountClues {
  /** Accounts that rows name by id, those of known contacts and of named opportunities, by id. */
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  /** Contacts with the person's address. */
  readonly contacts: readonly KnownContact[];
  /** What the row names as its opportunity, if that is there. */
  readonly opportunity: KnownOpportunity | null;
  /** Of the person's company, by scripts/matching. */
  readonly match: LeadMatch;
  readonly createAccounts: boolean;
}

/** Where a person works: by the id in the row, by who has the address already, by the opportunity named, by domain and company name. */
export function accountOf(
  person: Person,
  { accounts, contacts, opportunity, match, createAccounts }: AccountClues,
): AccountFinding {
  if (person.accountId !== '') {
    const account = accounts.get(person.accountId.slice(0, 15));
    return account
      ? { kind: 'known', account, because: 'its id' }
      : { kind: 'refused', reason: `There is no account ${person.accountId}.` };
  }
  const homes = new Set(contacts.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])));
  const home = homes.size === 1 ? accounts.get([...homes][0]!.slice(0, 15)) : undefined;
  if (home) return { kind: 'known', account: home, because: 'a contact with this address' };
  if (match.decision === 'match' && match.account !== null)
    return { kind: 'known', account: match.account, because: match.reasons[0] ?? '' };
  // Only where the row does not say otherwise: consultants and partners sit in buying groups of others.
  const silent = person.company === '' && person.website === '';
  const theirs = silent ? accounts.get(opportunity?.accountId?.slice(0, 15) ?? '') : undefined;
  if (theirs) return { kind: 'known', account: theirs, because: 'the account of the opportunity' };
  if (match.decision === 'review' && match.account !== null)
    return {
      kind: 'refused',
      reason: `The company may be ${match.account.name} (${match.account.id}, score ${match.score}): ${match.reasons.join('; ')}. Give the row an account id.`,
    };
  const created = createAccounts ? newAccount(person) : null;
  if (created) return { kind: 'new', account: created };
  const called = person.company === '' ? (companyDomain(person.email)?.domain ?? person.email) : person.company;
  return {
    kind: 'refused',
    reason: createAccounts
      ? `No account matches ${called}, and the row has no company name to create one by.`
      : `No account matches ${called}. Give the row an account id, or create accounts with --create-accounts.`,
  };
}

/** Null without a company name. People of one company get one account: by its domain, else by its name. */
function newAccount({ company, website, email, country }: Person): NewAccount | null {
  const [name] = parseCompanyNames(company);
  if (name === undefined) return null;
  const domain = companyDomain(website) ?? companyDomain(email);
  return {
    key: domain?.domain ?? name.compact,
    name: company,
    website: website === '' ? (domain?.domain ?? '') : website,
    country,
  };
}
