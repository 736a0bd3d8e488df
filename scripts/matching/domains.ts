import providers from 'email-providers/all.json' with { type: 'json' };
import { parse } from 'tldts';

/** A company's place on the web. */
export interface Domain {
  /** What was registered, by the public suffix list: `acme.co.uk` of `mail.acme.co.uk`. */
  readonly domain: string;
  /** Without the suffix: `acme`. */
  readonly label: string;
  readonly host: string;
}

/** Providers that the list lacks. */
const MORE_PROVIDERS = ['ziggo.nl', 'fastmail.com', 'fastmail.fm', 'posteo.de', 'hey.com', 'tuta.com', 'kpnmail.nl'];
const PROVIDERS: ReadonlySet<string> = new Set([...providers, ...MORE_PROVIDERS]);

/** Sites where companies have a page that is not their own. */
const SHARED_SITES: ReadonlySet<string> = new Set([
  ...['facebook.com', 'linkedin.com', 'instagram.com', 'twitter.com', 'x.com', 'youtube.com', 'xing.com', 'medium.com'],
  ...['linktr.ee', 'crunchbase.com', 'yelp.com', 'wikipedia.org', 'bit.ly', 'goo.gl', 'about.me', 'google.com'],
  ...['wixsite.com', 'wordpress.com', 'blogspot.com', 'weebly.com', 'squarespace.com', 'godaddysites.com', 'jimdo.com'],
]);

/** Domains repeat, and taking one apart costs more than finding it. Emptied when it grows beyond this. */
const CACHE_SIZE = 200_000;
const cache = new Map<string, Domain | null>();

/**
 * The domain of a web or e-mail address, null when it has none that belongs to one company: public mail providers, social
 * networks and site builders, addresses without a dot, IP addresses. `more` are further public mail domains, lower case.
 */
export function companyDomain(address: string, more?: ReadonlySet<string>): Domain | null {
  const text = address.trim().toLowerCase();
  if (text === '') return null;
  const key = text.slice(text.lastIndexOf('@') + 1);
  let found = cache.get(key);
  if (found === undefined) {
    found = take(key);
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(key, found);
  }
  return found !== null && more?.has(found.domain) === true ? null : found;
}

/** Private suffixes count, so that two tenants of `github.io` are two companies. */
function take(address: string): Domain | null {
  const { domain, domainWithoutSuffix, hostname, isIp } = parse(address, { allowPrivateDomains: true });
  if (domain === null || hostname === null || isIp === true || domainWithoutSuffix === null) return null;
  if (PROVIDERS.has(domain) || PROVIDERS.has(hostname) || SHARED_SITES.has(domain)) return null;
  return { domain, label: domainWithoutSuffix, host: hostname };
}

/** Whether it is a mail provider's, where anybody may have an address. */
export const isPublicMail = (email: string, more?: ReadonlySet<string>): boolean => {
  const { domain } = parse(email.slice(email.lastIndexOf('@') + 1));
  return domain !== null && (PROVIDERS.has(domain) || more?.has(domain) === true);
};
