import { LEGAL_FORMS } from './legal-forms.ts';

/** Longest value of the key fields, which are Text(255). */
export const KEY_LENGTH = 255;
/** Gone without a trace: `S.A.` is `sa`, `O'Neil` is `oneil`. */
export const REMOVED_CHARACTERS = ['.', "'", '’', '`'] as const;
/** Become a blank. */
export const BLANKED_CHARACTERS = [
  ...[',', ';', ':', '-', '_', '/', '\\', '(', ')', '[', ']', '{', '}', '"', '!', '?', '*', '+', '#', '@', '|'],
  ...['<', '>', '=', '~', '^', '%', '$', '–', '—', '\t', '\n', '\r'],
] as const;

const of = (characters: readonly string[]): RegExp =>
  new RegExp(`[${characters.map((character) => character.replace(/[\\\]^-]/, '\\$&')).join('')}]`, 'g');
const REMOVED = of(REMOVED_CHARACTERS);
const BLANKED = of(BLANKED_CHARACTERS);

/**
 * A company name as the org's flows compare it (`Company_Key__c`): lower case, `&` is `and`, dots and apostrophes removed, other
 * punctuation blanked, blanks single, one trailing legal form removed. Empty for a name of punctuation alone. The flows' formulas
 * state the same rule; backlog matching knows more (company-name.ts).
 */
export function simpleCompanyKey(name: string): string {
  const key = name
    .toLowerCase()
    .replaceAll('&', 'and')
    .replaceAll(REMOVED, '')
    .replaceAll(BLANKED, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const form = LEGAL_FORMS.find((candidate) => key.endsWith(` ${candidate}`));
  return (form === undefined ? key : key.slice(0, -form.length).trimEnd()).slice(0, KEY_LENGTH);
}

/**
 * The host of a web or e-mail address as the org's flows compare it (`Website_Domain__c`, `Email_Domain__c`): lower case, without
 * scheme, path, port and one leading `www.`. Empty when nothing is left.
 */
export function simpleDomain(urlOrEmail: string): string {
  const text = urlOrEmail.trim().toLowerCase();
  const scheme = text.indexOf('://');
  const host = (scheme === -1 ? text : text.slice(scheme + 3)).split(/[/?#]/, 1)[0]!;
  return host
    .slice(host.lastIndexOf('@') + 1)
    .split(':', 1)[0]!
    .replace(/^www\./, '')
    .trim()
    .slice(0, KEY_LENGTH);
}
