import { parseCompanyNames } from './company-name.ts';
import type { CompanyName } from './company-name.ts';
import { countryCode, countryOfHost } from './countries.ts';
import { companyDomain } from './domains.ts';
import type { Domain } from './domains.ts';
import { nearWords } from './near-words.ts';
import type { NearWords } from './near-words.ts';
import type { MatchAccount } from './types.ts';

/**
 * Accounts as they are searched. An account has an entry for each of its names (`Foo (formerly Bar)` has two); entries are numbered,
 * and what belongs to an entry stands in arrays by its number.
 */
export interface AccountIndex {
  readonly size: number;
  /** By account. */
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Its website's, null without one of its own. */
  readonly domains: readonly (Domain | null)[];
  /** ISO codes, null when not known; said by the address, the name, the website or the legal form, in this order. */
  readonly countries: readonly (string | null)[];
  /** Number of the account at the top of its hierarchy, itself when it has no parent here. */
  readonly families: Int32Array;
  readonly ownerSet: Uint8Array;
  readonly openOpportunities: Int32Array;
  readonly lastActivity: readonly string[];
  readonly employees: Float64Array;
  readonly revenue: Float64Array;
  /** Entries of an account: those from `entryStart[account]` up to `entryStart[account + 1]`. */
  readonly entryStart: Int32Array;
  /** By entry. */
  readonly entryAccount: Int32Array;
  readonly entryNames: readonly CompanyName[];
  /** Numbers of the entry's words: those from `wordStart[entry]` up to `wordStart[entry + 1]`. */
  readonly entryWords: Int32Array;
  readonly wordStart: Int32Array;
  /** Weight of the entry's words together. */
  readonly entryWeight: Float64Array;
  /** By word. */
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly words: readonly string[];
  /** How much a word tells: logarithm of how few names hold it. */
  readonly wordWeight: Float64Array;
  /** Weight of a word that no account's name holds. */
  readonly unknownWeight: number;
  /** Entries that hold the word: those from `postingStart[word]` up to `postingStart[word + 1]`. */
  readonly postings: Int32Array;
  readonly postingStart: Int32Array;
  readonly nearWords: NearWords;
  /** Whole names in one word -> entries. */
  readonly compacts: ReadonlyMap<string, readonly number[]>;
  readonly compactTexts: readonly string[];
  readonly nearCompacts: NearWords;
  readonly initials: ReadonlyMap<string, readonly number[]>;
  /** Domains and their labels -> accounts. */
  readonly byWebsite: ReadonlyMap<string, readonly number[]>;
  readonly byLabel: ReadonlyMap<string, readonly number[]>;
  /** By domain of contacts' addresses. */
  readonly byContactDomain: ReadonlyMap<string, ContactDomain>;
  /** Contacts' addresses, lower case -> accounts. */
  readonly byContactEmail: ReadonlyMap<string, number | readonly number[]>;
  /** Domains beside the website's: of contacts. */
  readonly hasContactDomain: Uint8Array;
}

/** Whose contacts have addresses at a domain. */
export interface ContactDomain {
  /** Account -> how many contacts. */
  readonly counts: ReadonlyMap<number, number>;
  /** Of the account that has the most. */
  readonly most: number;
  /** Accounts that have the most contacts there, at most FIRST_ACCOUNTS. */
  readonly first: readonly number[];
}
const FIRST_ACCOUNTS = 60;

const contactDomain = (counts: ReadonlyMap<number, number>): ContactDomain => {
  const first = [...counts].sort(([, a], [, b]) => b - a).slice(0, FIRST_ACCOUNTS);
  return { counts, most: first[0]![1], first: first.map(([account]) => account) };
};

/** Takes records one by one, so that nobody has to hold them all. Accounts first, then what belongs to them. */
export interface AccountIndexBuilder {
  account(account: MatchAccount): void;
  contact(accountId: string, email: string): void;
  openOpportunity(accountId: string): void;
  build(): AccountIndex;
}

const push = <K>(map: Map<K, number[]>, key: K, value: number): void => {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else if (list.at(-1) !== value) list.push(value);
};

/** `publicMailDomains` adds to the list of public mail providers. */
export function accountIndexBuilder(publicMailDomains?: ReadonlySet<string>): AccountIndexBuilder {
  const numbers = new Map<string, number>();
  const ids: string[] = [];
  const names: string[] = [];
  const parents: string[] = [];
  const domains: (Domain | null)[] = [];
  const countries: (string | null)[] = [];
  const ownerSet: number[] = [];
  const lastActivity: string[] = [];
  const employees: number[] = [];
  const revenue: number[] = [];
  const entryStart: number[] = [0];
  const entryAccount: number[] = [];
  const entryNames: CompanyName[] = [];
  const byWebsite = new Map<string, number[]>();
  const byLabel = new Map<string, number[]>();
  const byContactDomain = new Map<string, Map<number, number>>();
  const byContactEmail = new Map<string, number | number[]>();
  const open = new Map<number, number>();

  const build = (): AccountIndex => {
    const words = fileWords(entryNames);
    const compacts = new Map<string, number[]>();
    const initials = new Map<string, number[]>();
    entryNames.forEach((name, entry) => {
      push(compacts, name.compact, entry);
      if (name.initials !== '') push(initials, name.initials, entry);
    });
    const compactTexts = [...compacts.keys()];
    const openOpportunities = new Int32Array(ids.length);
    for (const [account, count] of open) openOpportunities[account] = count;
    const hasContactDomain = new Uint8Array(ids.length);
    for (const accounts of byContactDomain.values())
      for (const account of accounts.keys()) hasContactDomain[account] = 1;
    return {
      size: ids.length,
      ids,
      names,
      domains,
      countries,
      families: familiesOf(parents, numbers),
      ownerSet: Uint8Array.from(ownerSet),
      openOpportunities,
      lastActivity,
      employees: Float64Array.from(employees),
      revenue: Float64Array.from(revenue),
      entryStart: Int32Array.from(entryStart),
      entryAccount: Int32Array.from(entryAccount),
      entryNames,
      ...words,
      nearWords: nearWords(words.words),
      compacts,
      compactTexts,
      nearCompacts: nearWords(compactTexts),
      initials,
      byWebsite,
      byLabel,
      byContactDomain: new Map([...byContactDomain].map(([domain, counts]) => [domain, contactDomain(counts)])),
      byContactEmail,
      hasContactDomain,
    };
  };

  return {
    account: (account) => {
      const number = ids.length;
      numbers.set(account.id, number);
      ids.push(account.id);
      names.push(account.name);
      parents.push(account.parentId);
      ownerSet.push(account.ownerSet ? 1 : 0);
      lastActivity.push(account.lastActivity);
      employees.push(account.employees);
      revenue.push(account.revenue);
      const domain = companyDomain(account.website, publicMailDomains);
      domains.push(domain);
      if (domain) {
        push(byWebsite, domain.domain, number);
        push(byLabel, compactLabel(domain.label), number);
      }
      const parsed = parseCompanyNames(account.name);
      for (const name of parsed) {
        entryAccount.push(number);
        entryNames.push(name);
      }
      entryStart.push(entryNames.length);
      countries.push(
        countryCode(account.country) ??
          parsed.find(({ country }) => country !== null)?.country ??
          (domain ? countryOfHost(domain.host) : null) ??
          onlyOne(parsed[0]?.formCountries ?? []),
      );
    },
    contact: (accountId, email) => {
      const account = numbers.get(accountId);
      if (account === undefined || email === '') return;
      const address = email.toLowerCase();
      const known = byContactEmail.get(address);
      if (known === undefined) byContactEmail.set(address, account);
      else if (typeof known === 'number') {
        if (known !== account) byContactEmail.set(address, [known, account]);
      } else if (!known.includes(account)) known.push(account);
      const domain = companyDomain(address, publicMailDomains);
      if (!domain) return;
      const counts = byContactDomain.get(domain.domain) ?? new Map<number, number>();
      counts.set(account, (counts.get(account) ?? 0) + 1);
      byContactDomain.set(domain.domain, counts);
    },
    openOpportunity: (accountId) => {
      const account = numbers.get(accountId);
      if (account !== undefined) open.set(account, (open.get(account) ?? 0) + 1);
    },
    build,
  };
}

const onlyOne = (list: readonly string[]): string | null => (list.length === 1 ? list[0]! : null);

/** `acme-robotics` and `acmerobotics` are registered by the same people. */
export const compactLabel = (label: string): string => label.replaceAll('-', '');

type Words = Pick<
  AccountIndex,
  | 'vocabulary'
  | 'words'
  | 'wordWeight'
  | 'unknownWeight'
  | 'postings'
  | 'postingStart'
  | 'entryWords'
  | 'wordStart'
  | 'entryWeight'
>;

function fileWords(names: readonly CompanyName[]): Words {
  const vocabulary = new Map<string, number>();
  const words: string[] = [];
  const wordStart = new Int32Array(names.length + 1);
  const flat: number[] = [];
  const counts: number[] = [];
  names.forEach((name, entry) => {
    for (const word of new Set(name.tokens)) {
      let number = vocabulary.get(word);
      if (number === undefined) {
        number = words.length;
        vocabulary.set(word, number);
        words.push(word);
        counts.push(0);
      }
      counts[number]! += 1;
      flat.push(number);
    }
    wordStart[entry + 1] = flat.length;
  });
  const total = names.length + 1;
  const wordWeight = Float64Array.from(counts, (count) => Math.log(1 + total / count));
  const postingStart = new Int32Array(words.length + 1);
  counts.forEach((count, word) => (postingStart[word + 1] = postingStart[word]! + count));
  const filled = postingStart.slice();
  const postings = new Int32Array(flat.length);
  const entryWeight = new Float64Array(names.length);
  for (let entry = 0; entry < names.length; entry += 1)
    for (let at = wordStart[entry]!; at < wordStart[entry + 1]!; at += 1) {
      const word = flat[at]!;
      postings[filled[word]!] = entry;
      filled[word]! += 1;
      entryWeight[entry]! += wordWeight[word]!;
    }
  const entryWords = Int32Array.from(flat);
  return {
    vocabulary,
    words,
    wordWeight,
    unknownWeight: Math.log(1 + total),
    postings,
    postingStart,
    entryWords,
    wordStart,
    entryWeight,
  };
}

/** More than any hierarchy has. */
const MOST_LEVELS = 100;

/** A hierarchy that goes round in a circle has no top; then each account is its own. */
function familiesOf(parents: readonly string[], numbers: ReadonlyMap<string, number>): Int32Array {
  const parent = parents.map((id) => (id === '' ? -1 : (numbers.get(id) ?? -1)));
  return Int32Array.from(parent, (_, account) => {
    let top = account;
    for (let steps = 0; parent[top]! !== -1; steps += 1) {
      if (steps > MOST_LEVELS) return account;
      top = parent[top]!;
    }
    return top;
  });
}
