import { placeAtEnd } from './countries.ts';
import { fold } from './fold.ts';
import { COUNTRIES_OF_FORM, FORM_WORDS, LEADING_FORMS, TRAILING_FORMS } from './legal-forms.ts';
import { ALIAS, CANONICAL, NOISE, NO_COMPANY, OWNED } from './words.ts';

/** A company's name as it is compared. */
export interface CompanyName {
  /** What tells the company apart, in the order written: no legal form, no noise, no country; spellings made one. */
  readonly tokens: readonly string[];
  /** The tokens in one word, as a domain would have them, before spellings were made one. */
  readonly compact: string;
  /** All words in one, legal form and noise included. */
  readonly letters: string;
  /** First letters of all words but the legal form, for three words and more; else empty. */
  readonly initials: string;
  /** ISO code of the country that the name itself names (`Acme Deutschland`), null without one. */
  readonly country: string | null;
  /** Countries that register companies of its legal form, where these are few. */
  readonly formCountries: readonly string[];
  /** The name says which daughter it is: by a country or a region. */
  readonly daughter: boolean;
}

/** Nobody is in two companies' names more than this often. */
const MOST_NAMES = 3;
/** Fewest letters of initials that say anything. */
const INITIALS_LENGTH = 3;

/**
 * The names in a company field: one as a rule, more for `Foo (formerly Bar)` or `Foo, a Bar company`. None when people wrote that
 * they do not say (`n/a`, `self-employed`).
 */
export function parseCompanyNames(text: string): readonly CompanyName[] {
  const folded = fold(text.replaceAll(EASTERN_FORMS, ' '))
    .replaceAll(/[&+]/g, ' and ')
    .replaceAll(/[.'’`´]/g, '');
  const plain = wordsOf(folded);
  if (NO_COMPANY.has(plain)) return [];
  const parts = namesIn(folded);
  const names = parts.map((part) => companyName(wordsOf(part).split(' '))).filter(({ compact }) => compact !== '');
  return names.slice(0, MOST_NAMES);
}

/** Legal forms that are written without a blank, before or behind the name. */
const EASTERN_FORMS = /株式会社|有限会社|合同会社|股份有限公司|有限责任公司|有限責任公司|有限公司|주식회사|㈜/g;

const wordsOf = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();

function namesIn(folded: string): readonly string[] {
  const owned = OWNED.exec(folded);
  if (owned) return [folded.slice(0, owned.index), owned[1]!].filter((part) => wordsOf(part) !== '');
  // What is in brackets is a second name only if it says so; else it belongs to the first: `Acme (UK) Ltd`.
  const spaced = folded.replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
  const alias = ALIAS.exec(spaced);
  if (!alias || alias.index === 0) return [folded];
  const rest = spaced.slice(alias.index + alias[0].length);
  return [spaced.slice(0, alias.index), rest].filter((part) => part.trim() !== '');
}

function companyName(all: readonly string[]): CompanyName {
  let words = all;
  let country: string | null = null;
  let daughter = false;
  let formCountries: readonly string[] = [];
  if (words.length > 1 && LEADING_FORMS.has(words[0]!)) words = words.slice(1);
  for (let changed = true; changed;) {
    changed = false;
    const form = trailingForm(words);
    if (form > 0 && form < words.length) {
      if (formCountries.length === 0) formCountries = COUNTRIES_OF_FORM.get(words.slice(-form).join('')) ?? [];
      words = words.slice(0, -form);
      changed = true;
    }
    const place = placeAtEnd(words);
    if (place && place.length < words.length && tellsApart(words.slice(0, -place.length))) {
      country ??= place.country;
      daughter = true;
      words = words.slice(0, -place.length);
      changed = true;
    }
  }
  const telling = words.filter((word) => !NOISE.has(word));
  const core = telling.length > 0 ? telling : words;
  return {
    tokens: core.map((word) => CANONICAL.get(word) ?? word),
    compact: core.join(''),
    letters: all.join(''),
    initials: words.length >= INITIALS_LENGTH ? words.map((word) => word[0]).join('') : '',
    country,
    formCountries,
    daughter,
  };
}

/** Whether enough is left without the place: `Acme` of `Acme France`, but not `Air` of `Air France`, nor `Bank of`. */
const tellsApart = (words: readonly string[]): boolean =>
  !PREPOSITIONS.has(words.at(-1)!) &&
  words.some((word) => word.length > 1 && !NOISE.has(word) && !COMMON.has(word) && !CANONICAL.has(word));
const PREPOSITIONS = new Set(['of', 'de', 'von', 'du', 'di']);
/** Words that make a name only together with what follows, beside those that have several spellings. */
const COMMON = new Set([
  ...CANONICAL.values(),
  'air',
  'royal',
  'first',
  'new',
  'united',
  'radio',
  'port',
  'gas',
  'team',
]);

/** How many words at the end are a legal form; the longest one counts. */
function trailingForm(words: readonly string[]): number {
  for (let length = Math.min(FORM_WORDS, words.length); length > 0; length -= 1)
    if (TRAILING_FORMS.has(words.slice(-length).join(''))) return length;
  return 0;
}
