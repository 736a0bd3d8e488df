import type { AccountIndex } from './account-index.ts';
import { compactLabel } from './account-index.ts';
import type { Domain } from './domains.ts';
import { NO_LIKENESS, nameLikeness } from './name-likeness.ts';
import type { NameLikeness } from './name-likeness.ts';
import type { PreparedLead } from './prepare-lead.ts';

/**
 * What speaks for and against an account being a lead's, added up as logarithms of odds (Fellegi and Sunter, A Theory for Record
 * Linkage, 1969). The weights were set on the tuning set of bench/matching and are held by the one that is kept apart.
 */
const WEIGHT = {
  /** Before anything is known: one account among those that come into question. */
  start: -3.2,
  contactEmail: 8,
  emailDomain: 6.6,
  website: 5,
  contactsDomain: 5.4,
  contactsDomainOnce: 3.8,
  otherSuffix: 2.6,
  namedDomain: 2.8,
  longNamedDomain: 4.2,
  otherDomain: -1.8,
  otherWebsite: -1.2,
  sameCountry: 0.8,
  otherCountry: -2,
  otherCountryDerived: -1,
  /** Where the domain says that it is the same company, people sit in many countries. */
  otherCountrySameDomain: -0.5,
  otherDaughter: -3,
} as const;

/** Accounts that share a domain beyond this number are not one company: a group, or somebody's web agency. */
const SHARED_BY_MANY = 4;
/** Labels this short are taken by others under every suffix. */
const LABEL_LENGTH = 4;
/** Labels this long are hardly two companies' names. */
const LONG_LABEL = 10;

export interface Evidence {
  readonly account: number;
  /** Logarithm of the odds; 0 is even. */
  readonly odds: number;
  /** A domain or a person says that it is the company, not only its name. */
  readonly proven: boolean;
  readonly person: boolean;
  readonly name: NameLikeness;
  readonly country: 'same' | 'other' | 'unknown';
  /** One of the two names says that it is a daughter, and the other one does not. */
  readonly otherKind: boolean;
  readonly reasons: readonly string[];
}

export const scoreOf = (odds: number): number => Math.round(100 / (1 + Math.exp(-odds)));

/** Weighs one account for a lead. */
export function weigh(index: AccountIndex, prepared: PreparedLead, account: number): Evidence {
  const name = bestName(index, prepared, account);
  const domain = domainEvidence(index, prepared, account);
  const country = countryEvidence(index, prepared, account, domain.odds > 3);
  const named = nameEvidence(prepared, name, domain.odds > 3);
  const parts = [domain, named, country];
  const odds = parts.reduce<number>((sum, part) => sum + part.odds, WEIGHT.start);
  const telling = parts.filter(({ reason }) => reason !== '').sort((a, b) => b.odds - a.odds);
  return {
    account,
    odds,
    proven: domain.odds > 3,
    person: domain.person === true,
    name,
    country: country.odds > 0 ? 'same' : country.odds < 0 ? 'other' : 'unknown',
    otherKind: isDaughter(index, account) !== prepared.names.some((each) => each.name.daughter),
    reasons: telling.map(({ reason }) => reason),
  };
}

const isDaughter = (index: AccountIndex, account: number): boolean =>
  index.entryNames[index.entryStart[account]!]?.daughter === true &&
  index.entryStart[account]! < index.entryStart[account + 1]!;

interface Part {
  /** The lead's person is a contact of the account. */
  readonly person?: true;
  readonly odds: number;
  readonly reason: string;
}
const NOTHING: Part = { odds: 0, reason: '' };

function bestName(index: AccountIndex, { names }: PreparedLead, account: number): NameLikeness {
  let best = NO_LIKENESS;
  for (let entry = index.entryStart[account]!; entry < index.entryStart[account + 1]!; entry += 1)
    for (const name of names) {
      const likeness = nameLikeness(index, name, entry);
      if (likeness.share > best.share || best === NO_LIKENESS) best = likeness;
    }
  return best;
}

/** Odds by share of the names; between these points in a straight line. */
const NAME_ODDS: readonly (readonly [share: number, odds: number])[] = [
  [0, -3],
  [0.35, -2.6],
  [0.55, -1],
  [0.7, 0.8],
  [0.8, 2.4],
  [0.9, 4],
  [0.98, 5],
  [1, 5.2],
];

function nameEvidence({ names, lead }: PreparedLead, name: NameLikeness, proven: boolean): Part {
  if (names.length === 0) return NOTHING;
  let odds = between(NAME_ODDS, name.share);
  // A name of words that many have says less, for and against.
  if (odds > 0) odds *= 0.55 + 0.45 * name.telling;
  if (name.contained > 0.95 && name.share < 0.9 && name.telling > 0.7) odds = Math.max(odds, 1) + 0.8;
  if (name.otherDaughter && !proven) odds += WEIGHT.otherDaughter;
  // Brands and daughters write from the domain of who owns them.
  if (proven) odds = Math.max(odds, -1.6);
  return { odds, reason: nameReason(name, lead.company) };
}

function nameReason({ kind, share, otherDaughter }: NameLikeness, company: string): string {
  const daughter = otherDaughter ? ', of another country by its name' : '';
  const percent = Math.round(share * 100);
  if (kind === 'same') return `same company name${daughter}`;
  if (kind === 'alike') return `company names alike (${percent} %)${daughter}`;
  if (kind === 'contained') return `one company name contains the other${daughter}`;
  if (kind === 'initials') return 'one company name is the initials of the other';
  return `company name differs ("${company}")`;
}

function between(points: readonly (readonly [number, number])[], x: number): number {
  const next = points.findIndex(([at]) => at >= x);
  if (next <= 0) return points[0]![1];
  const [[x0, y0], [x1, y1]] = [points[next - 1]!, points[next]!];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}

function domainEvidence(index: AccountIndex, prepared: PreparedLead, account: number): Part {
  const { lead, emailDomain, websiteDomain } = prepared;
  const known = lead.email === '' ? undefined : index.byContactEmail.get(lead.email.toLowerCase());
  if (known === account || (typeof known === 'object' && known.includes(account)))
    return {
      person: true,
      odds: WEIGHT.contactEmail,
      reason: `a contact of this account has the address ${lead.email}`,
    };
  const own = index.domains[account] ?? null;
  const parts: Part[] = [];
  for (const [domain, what, weight] of [
    [emailDomain, 'e-mail domain', WEIGHT.emailDomain],
    [websiteDomain, 'website', WEIGHT.website],
  ] as const) {
    if (!domain) continue;
    if (own?.domain === domain.domain) {
      const sharers = index.byWebsite.get(domain.domain)!.length;
      const odds = sharers <= SHARED_BY_MANY ? weight : Math.max(2, weight - Math.log2(sharers / SHARED_BY_MANY));
      parts.push({ odds, reason: `${what} ${domain.domain} is the account's website` });
    } else
      parts.push(
        contactsEvidence(index, domain, what, account),
        relatedEvidence(index, prepared, domain, what, account, own),
      );
  }
  const best = parts.reduce((a, b) => (b.odds > a.odds ? b : a), NOTHING);
  if (best.odds > 0) return best;
  return parts.find(({ odds }) => odds < 0) ?? NOTHING;
}

function contactsEvidence(index: AccountIndex, { domain }: Domain, what: string, account: number): Part {
  const known = index.byContactDomain.get(domain);
  const count = known?.counts.get(account) ?? 0;
  if (known === undefined || count === 0) return NOTHING;
  const people =
    count === 1 ? 'a contact of this account has an address' : `${count} contacts of this account have addresses`;
  const full = count > 1 ? WEIGHT.contactsDomain : WEIGHT.contactsDomainOnce;
  // Where most people of that domain are with another account, these are its guests.
  return { odds: full * (count / known.most >= 0.3 ? 1 : 0.5), reason: `${people} at the ${what} ${domain}` };
}

function relatedEvidence(
  index: AccountIndex,
  { names }: PreparedLead,
  { domain, label }: Domain,
  what: string,
  account: number,
  own: Domain | null,
): Part {
  const letters = compactLabel(label);
  if (own && letters.length >= LABEL_LENGTH && compactLabel(own.label) === letters)
    return { odds: WEIGHT.otherSuffix, reason: `${what} ${domain} has the same name as the account's ${own.domain}` };
  for (let entry = index.entryStart[account]!; entry < index.entryStart[account + 1]!; entry += 1) {
    const { compact } = index.entryNames[entry]!;
    if (compact.length >= LABEL_LENGTH && compact === letters)
      return {
        odds: own ? WEIGHT.otherSuffix / 2 : letters.length >= LONG_LABEL ? WEIGHT.longNamedDomain : WEIGHT.namedDomain,
        reason: `${what} ${domain} is the account's name`,
      };
  }
  const elsewhere = own !== null || index.hasContactDomain[account] === 1;
  // A lead whose domain is not its own company's name either says little about other domains.
  if (!elsewhere || names.length === 0) return NOTHING;
  return {
    odds: what === 'website' ? WEIGHT.otherWebsite : WEIGHT.otherDomain,
    reason: own
      ? `${what} ${domain} is not the account's (${own.domain})`
      : `no contact of this account is at the ${what} ${domain}`,
  };
}

function countryEvidence(index: AccountIndex, { country }: PreparedLead, account: number, proven: boolean): Part {
  const other = index.countries[account] ?? null;
  if (country.codes.length === 0 || other === null) return NOTHING;
  if (country.codes.includes(other)) {
    const odds = country.codes.length === 1 ? WEIGHT.sameCountry : WEIGHT.sameCountry / 2;
    return { odds, reason: `same country (${other})` };
  }
  const reason = `another country (lead ${country.codes.join(' or ')}${country.said ? '' : ' by its domain or legal form'}, account ${other})`;
  if (proven) return { odds: WEIGHT.otherCountrySameDomain, reason };
  return { odds: country.said ? WEIGHT.otherCountry : WEIGHT.otherCountryDerived, reason };
}
