import type { AccountIndex } from './account-index.ts';
import { compactLabel } from './account-index.ts';
import type { LeadName, PreparedLead } from './prepare-lead.ts';

/** A word that more names hold than this finds nobody; together with rarer ones it still counts. */
const COMMON_WORD = 400;
/** The rarest word of a name is followed up to here. */
const RAREST_WORD = 5000;
/** Accounts looked at closely, by their names alone. */
const BY_NAME = 40;
/** A name that shares less than this of the best one's common weight is out of the question. */
const NEAR_BEST = 0.5;
/** Accounts of one domain that are looked at. */
const BY_DOMAIN = 60;

/** Numbers of the accounts that come into question for a lead, out of all: by address, domain and name. */
export function candidateFinder(index: AccountIndex): (prepared: PreparedLead) => ReadonlySet<number> {
  const entries = index.entryNames.length;
  const common = new Float32Array(entries);
  let touched: number[] = [];

  const byWords = ({ words }: LeadName, found: Set<number>): void => {
    touched = [];
    const count = (word: number): number => index.postingStart[word + 1]! - index.postingStart[word]!;
    const follow = (word: number, alike: number): void => {
      const weight = index.wordWeight[word]! * alike;
      for (let at = index.postingStart[word]!; at < index.postingStart[word + 1]!; at += 1) {
        const entry = index.postings[at]!;
        if (common[entry] === 0) touched.push(entry);
        common[entry]! += weight;
      }
    };
    const rarest = words.reduce(
      (best, { index: word }) => (word === -1 ? best : best === -1 || count(word) < count(best) ? word : best),
      -1,
    );
    for (const word of words) {
      if (word.index !== -1 && count(word.index) <= (word.index === rarest ? RAREST_WORD : COMMON_WORD))
        follow(word.index, 1);
      for (const [near, alike] of word.near) if (count(near) <= COMMON_WORD) follow(near, alike);
    }
    // A name that is short by comparison, and wholly there, is nearer than one that shares as much and goes on.
    let best = 0;
    for (const entry of touched) {
      common[entry]! /= Math.sqrt(index.entryWeight[entry]!);
      if (common[entry]! > best) best = common[entry]!;
    }
    const near = touched.filter((entry) => common[entry]! >= best * NEAR_BEST);
    if (near.length > BY_NAME) near.sort((a, b) => common[b]! - common[a]!);
    for (const entry of near.slice(0, BY_NAME)) found.add(index.entryAccount[entry]!);
    for (const entry of touched) common[entry] = 0;
  };

  const addEntries = (list: readonly number[] | undefined, found: Set<number>): void => {
    for (const entry of list?.slice(0, BY_DOMAIN) ?? []) found.add(index.entryAccount[entry]!);
  };

  return (prepared) => {
    const found = new Set<number>();
    const contact = index.byContactEmail.get(prepared.lead.email.toLowerCase());
    if (typeof contact === 'number') found.add(contact);
    else for (const account of contact ?? []) found.add(account);
    for (const domain of [prepared.emailDomain, prepared.websiteDomain]) {
      if (!domain) continue;
      const letters = compactLabel(domain.label);
      for (const account of index.byWebsite.get(domain.domain)?.slice(0, BY_DOMAIN) ?? []) found.add(account);
      for (const account of index.byLabel.get(letters)?.slice(0, BY_DOMAIN) ?? []) found.add(account);
      for (const account of index.byContactDomain.get(domain.domain)?.first ?? []) found.add(account);
      addEntries(index.compacts.get(letters), found);
    }
    for (const name of prepared.names) {
      const { compact, initials } = name.name;
      addEntries(index.compacts.get(compact), found);
      const nearby = index.nearCompacts.near(compact).toSorted((a, b) => a.edits - b.edits);
      for (const { index: near } of nearby.slice(0, BY_NAME))
        addEntries(index.compacts.get(index.compactTexts[near]!), found);
      addEntries(index.initials.get(compact), found);
      if (initials !== '') addEntries(index.compacts.get(initials), found);
      for (const account of index.byLabel.get(compact)?.slice(0, BY_DOMAIN) ?? []) found.add(account);
      byWords(name, found);
    }
    return found;
  };
}
