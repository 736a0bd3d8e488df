import type { AccountIndex } from './account-index.ts';
import { parseCompanyNames } from './company-name.ts';
import type { CompanyName } from './company-name.ts';
import { countryCode, countryOfHost } from './countries.ts';
import { companyDomain } from './domains.ts';
import type { Domain } from './domains.ts';
import { TRAILING_FORMS } from './legal-forms.ts';
import { nearWords } from './near-words.ts';
import type { MatchLead } from './types.ts';
import { NOISE } from './words.ts';

/** A word of a lead's company, looked up among the words of all accounts. */
export interface LeadWord {
  readonly text: string;
  /** Its number among the accounts' words, -1 when no account has it. */
  readonly index: number;
  readonly weight: number;
  /** Words of accounts that are a typing error away -> how alike, 0 to 1. */
  readonly near: ReadonlyMap<number, number>;
}

export interface LeadName {
  readonly name: CompanyName;
  readonly words: readonly LeadWord[];
  readonly weight: number;
}

export interface PreparedLead {
  readonly lead: MatchLead;
  readonly names: readonly LeadName[];
  readonly emailDomain: Domain | null;
  readonly websiteDomain: Domain | null;
  /**
   * ISO codes, several where the legal form is known in several countries; none when nothing is known. `said` is what the record
   * says itself; otherwise it follows from the domain or the legal form.
   */
  readonly country: { readonly codes: readonly string[]; readonly said: boolean };
}

/** `Goup`, `Limted`: words that tell nothing, a typing error away. */
const SILENT = nearWords([...new Set([...NOISE, ...TRAILING_FORMS])]);
const isNoise = (text: string): boolean => SILENT.near(text).length > 0;

/** Words repeat: what has been looked up is kept. */
const CACHE_SIZE = 200_000;

/** Makes leads ready to be compared with the accounts of an index. */
export function leadPreparer(
  index: AccountIndex,
  publicMailDomains?: ReadonlySet<string>,
): (lead: MatchLead) => PreparedLead {
  const cache = new Map<string, LeadWord>();
  const word = (text: string): LeadWord => {
    const known = cache.get(text);
    if (known) return known;
    const number = index.vocabulary.get(text) ?? -1;
    const near = new Map(
      index.nearWords.near(text).map(({ index: other, edits }) => [other, 1 - (edits * 1.2) / text.length] as const),
    );
    // A word that nobody has and that is nearly another one is a typing error, and weighs what the other one weighs.
    const closest = Math.max(...[...near.keys()].map((other) => index.wordWeight[other]!), 0);
    const weight = number !== -1 ? index.wordWeight[number]! : closest || (isNoise(text) ? 0 : index.unknownWeight);
    const found = { text, index: number, weight, near };
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(text, found);
    return found;
  };
  return (lead) => {
    const names = parseCompanyNames(lead.company).map((name): LeadName => {
      const words = [...new Set(name.tokens)].map(word);
      return { name, words, weight: words.reduce((sum, { weight }) => sum + weight, 0) };
    });
    const emailDomain = companyDomain(lead.email, publicMailDomains);
    const websiteDomain = companyDomain(lead.website, publicMailDomains);
    return { lead, names, emailDomain, websiteDomain, country: countryOf(lead, names, emailDomain ?? websiteDomain) };
  };
}

/** The company's name says it better than the form, where people also choose the country they live in. */
function countryOf(lead: MatchLead, names: readonly LeadName[], domain: Domain | null): PreparedLead['country'] {
  const named = names.find(({ name }) => name.country !== null)?.name.country ?? countryCode(lead.country);
  if (named) return { codes: [named], said: true };
  const derived = domain ? countryOfHost(domain.host) : null;
  return { codes: derived ? [derived] : (names[0]?.name.formCountries ?? []), said: false };
}
