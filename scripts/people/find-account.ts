import { companyDomain } from '../matching/domains.ts';
import { parseCompanyNames } from '../matching/company-name.ts';
import type { CompanyName } from '../matching/company-name.ts';
import type { LeadMatch } from '../matching/types.ts';
import type { Person } from './read-people.ts';
import type { AccountFinding, KnownAccount, KnownContact, KnownOpportunity, NewAccount } from './types.ts';

export interface AccountClues {
  /** Accounts that rows name by id, those of known contacts and of named opportunities, by id. */
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  /** Contacts with the person's address. */
  readonly contacts: readonly KnownContact[];
  /** What the row names as its opportunity, if that is there and of one account. */
  readonly opportunity: KnownOpportunity | null;
  /** Of the person's company, by scripts/matching. */
  readonly match: LeadMatch;
  /** The same by the company's name alone: an address or a country that is another one speaks for no new account. */
  readonly byName: LeadMatch;
  readonly createAccounts: boolean;
}

/**
 * Where a person works: by the id in the row, by who has the address already, by the opportunity named, by domain and company name.
 * No account is created beside one of the same or nearly the same name.
 */
export function accountOf(
  person: Person,
  { accounts, contacts, opportunity, match, byName, createAccounts }: AccountClues,
): AccountFinding {
  const homes = new Set(contacts.flatMap(({ accountId }) => (accountId === null ? [] : [accountId.slice(0, 15)])));
  const near = [match, byName].filter((each) => comesNear(person, each));
  const ofOpportunity = accounts.get(opportunity?.accountId?.slice(0, 15) ?? '');
  if (person.accountId !== '') {
    const account = accounts.get(person.accountId.slice(0, 15));
    if (!account) return { kind: 'refused', reason: `There is no account ${person.accountId}.` };
    // Consultants and partners sit in buying groups of others: then something else says too that they work there.
    const worksThere =
      haveOneName(person.company, account.name) || isAmong(near, account) || homes.has(account.id.slice(0, 15));
    if (ofOpportunity && ofOpportunity.id !== account.id && !worksThere)
      return {
        kind: 'refused',
        reason: `The row's account is ${named(account)}, but its opportunity ${opportunity!.name} is of ${named(ofOpportunity)}. Correct one of the two, or, if the person works for ${account.name}, write that as the company.`,
      };
    return { kind: 'known', account, because: 'its id' };
  }
  const home = homes.size === 1 ? accounts.get([...homes][0]!) : undefined;
  if (home) return { kind: 'known', account: home, because: 'a contact with this address' };
  const sure = match.decision === 'match';
  if (ofOpportunity && (haveOneName(person.company, ofOpportunity.name) || (!sure && isAmong(near, ofOpportunity))))
    return { kind: 'known', account: ofOpportunity, because: 'the account of the opportunity' };
  if (sure && match.account !== null) return { kind: 'known', account: match.account, because: match.reasons[0] ?? '' };
  // Only where the row does not say otherwise: consultants and partners sit in buying groups of others.
  const silent = person.company === '' && person.website === '';
  if (ofOpportunity && silent)
    return { kind: 'known', account: ofOpportunity, because: 'the account of the opportunity' };
  if (near[0]) return { kind: 'refused', reason: mayBe(near[0], near[0] === byName) };
  const created = newAccount(person);
  if (created && createAccounts) return { kind: 'new', account: created };
  const called = person.company === '' ? (companyDomain(person.email)?.domain ?? person.email) : person.company;
  return {
    kind: 'refused',
    reason: created
      ? `No account matches ${called}. ${whatElse(person, byName)}`
      : `No account matches ${called}, and the row has no company name to create one by. Give it an account id or the company's name.`,
  };
}

const named = ({ id, name }: KnownAccount): string => `${name} (${id})`;

/** Without legal forms, blanks and the like. */
function haveOneName(company: string, name: string): boolean {
  const names = new Set(parseCompanyNames(name).map(({ compact }) => compact));
  return parseCompanyNames(company).some(({ compact }) => names.has(compact));
}

/** Whether the account may be the person's company; one of the same name always may. */
const comesNear = ({ company }: Person, { decision, account }: LeadMatch): boolean =>
  account !== null && (decision !== 'none' || haveOneName(company, account.name));

const isAmong = (near: readonly LeadMatch[], { id }: KnownAccount): boolean =>
  near.some(({ account, others }) => account?.id === id || others.some((other) => other.id === id));

/** A longer name or a shorter one may be another company, and is told of before one is created. */
function whatElse({ company }: Person, { account }: LeadMatch): string {
  const [here, there] = [company, account?.name ?? ''].map((name) => parseCompanyNames(name));
  const isIn = (a: CompanyName, b: CompanyName): boolean => a.tokens.every((token) => b.tokens.includes(token));
  const contained = here!.some((a) => there!.some((b) => isIn(a, b) || isIn(b, a)));
  return account !== null && contained
    ? `The nearest by its name is ${named(account)}: give the row its id, or, if it is another company, create accounts with --create-accounts.`
    : 'Give the row an account id, or create accounts with --create-accounts.';
}

function mayBe({ account, score, reasons, others }: LeadMatch, byNameAlone: boolean): string {
  const [sure, but] = byNameAlone ? ['', ', though what else the row says does not fit'] : [`, score ${score}`, ''];
  const further = others.length === 0 ? '' : ` It may also be ${others.map(named).join(' or ')}.`;
  return `The company may be ${account!.name} (${account!.id}${sure}): ${reasons.join('; ')}${but}.${further} Give the row an account id; if it is another company, that of an account that you create for it.`;
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
