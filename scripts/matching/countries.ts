import { fold } from './fold.ts';

/** Languages in which people write countries into forms. */
const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'hu', 'tr', 'ro'];

/** What neither ISO 3166-1 alpha-2 nor a language's own name for the country says. */
const ALIASES: Readonly<Record<string, string>> = {
  US: 'usa,us,u s a,u s,america,united states of america,the united states,estados unidos de america,etats unis d amerique',
  GB: 'uk,gbr,u k,great britain,britain,england,scotland,wales,northern ireland,vereinigtes konigreich,grossbritannien',
  DE: 'deu,ger,brd,bundesrepublik deutschland,federal republic of germany',
  NL: 'nld,holland,the netherlands,niederlande',
  CH: 'che,schweiz,suisse,svizzera',
  AE: 'uae,are,emirates,united arab emirates,dubai,abu dhabi',
  CZ: 'cze,czech republic,czechia,tschechien,cesko',
  KR: 'kor,korea,south korea,republic of korea',
  CN: 'chn,prc,peoples republic of china,mainland china',
  RU: 'rus,russian federation',
  VN: 'vnm,viet nam',
  TR: 'tur,turkey,turkiye',
  IE: 'irl,eire,republic of ireland',
  ...Object.fromEntries(
    (
      'FR:fra,ES:esp,IT:ita,PT:prt,BE:bel,LU:lux,AT:aut,SE:swe,NO:nor,DK:dnk,FI:fin,PL:pol,HU:hun,RO:rou,BG:bgr,GR:grc,HR:hrv,' +
      'SI:svn,SK:svk,EE:est,LV:lva,LT:ltu,UA:ukr,CA:can,MX:mex,BR:bra,AR:arg,CL:chl,CO:col,PE:per,AU:aus,NZ:nzl,JP:jpn,IN:ind,' +
      'SG:sgp,MY:mys,TH:tha,ID:idn,PH:phl,HK:hkg,TW:twn,IL:isr,SA:sau,EG:egy,ZA:zaf,NG:nga,KE:ken,MA:mar'
    )
      .split(',')
      .map((entry) => entry.split(':') as [string, string]),
  ),
};

/** Parts of the world that companies name their daughters after; they say that it is a daughter, and not where. */
const REGIONS = [
  ...[
    'emea',
    'apac',
    'dach',
    'latam',
    'amer',
    'americas',
    'europe',
    'europa',
    'asia',
    'asia pacific',
    'nordic',
    'nordics',
  ],
  ...[
    'benelux',
    'iberia',
    'iberica',
    'middle east',
    'mea',
    'africa',
    'north america',
    'south america',
    'latin america',
  ],
  ...[
    'anz',
    'cee',
    'central europe',
    'eastern europe',
    'western europe',
    'northern europe',
    'southern europe',
    'eu',
    'na',
  ],
];

/** Country codes as top-level domains that everybody uses. */
const ANYBODYS_TLD = new Set([
  'io',
  'co',
  'ai',
  'tv',
  'me',
  'cc',
  'ly',
  'to',
  'fm',
  'gg',
  'sh',
  'ws',
  'eu',
  'la',
  'bz',
]);

let tables: { readonly byName: ReadonlyMap<string, string>; readonly codes: ReadonlySet<string> } | null = null;

/** Names of all countries in these languages, from the CLDR data that come with the runtime. Made when first asked for. */
function countryTables(): NonNullable<typeof tables> {
  if (tables) return tables;
  const byName = new Map<string, string>();
  const codes = new Set<string>();
  for (const language of LANGUAGES) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of possibleCodes()) {
      const name = names.of(code);
      if (name === undefined) continue;
      codes.add(code);
      const key = words(name);
      if (!byName.has(key)) byName.set(key, code);
    }
  }
  // After the names, so that `Korea` is the one that buys software.
  for (const [code, aliases] of Object.entries(ALIASES))
    for (const alias of aliases.split(',')) byName.set(alias, code);
  tables = { byName, codes };
  return tables;
}

/** Two letters that stand for no country of today: groupings and codes that were given up. */
const NO_COUNTRY = new Set([
  'EU',
  'EZ',
  'UN',
  'ZZ',
  'XA',
  'XB',
  'QO',
  'SU',
  'UK',
  'DD',
  'YU',
  'FX',
  'TP',
  'ZR',
  'BU',
  'AN',
  'CS',
]);
function* possibleCodes(): Iterable<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of letters) for (const second of letters) if (!NO_COUNTRY.has(first + second)) yield first + second;
}

const words = (text: string): string =>
  fold(text)
    .replaceAll(/[.'’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** ISO 3166-1 alpha-2 of a country as people write it, in many languages or as a code; null when it is none that is known. */
export function countryCode(text: string): string | null {
  const key = words(text);
  if (key === '') return null;
  const { byName, codes } = countryTables();
  const named = byName.get(key);
  if (named !== undefined) return named;
  const code = key.toUpperCase();
  return codes.has(code) ? code : null;
}

/** The country of a host's top-level domain, null for `.com` and for codes that everybody uses. */
export function countryOfHost(host: string): string | null {
  const tld = host.slice(host.lastIndexOf('.') + 1);
  if (tld.length !== 2 || ANYBODYS_TLD.has(tld)) return null;
  return countryCode(tld === 'uk' ? 'GB' : tld);
}

const LONGEST_PLACE = 4;
const REGION_NAMES = new Set(REGIONS);
/** Short words that mean a country only in capital letters or in another language's sentence. */
const NO_PLACE = new Set([
  'can',
  'per',
  'fin',
  'est',
  'pol',
  'ind',
  'are',
  'col',
  'us',
  'man',
  'jersey',
  'chad',
  'mali',
]);

/**
 * The country or region that a list of words ends with: how many words it takes, and which country (null for a region). Only names,
 * and codes that nobody takes for a word. Null when there is none.
 */
export function placeAtEnd(
  tokens: readonly string[],
): { readonly length: number; readonly country: string | null } | null {
  const { byName } = countryTables();
  for (let length = Math.min(LONGEST_PLACE, tokens.length); length > 0; length -= 1) {
    const text = tokens.slice(-length).join(' ');
    if (REGION_NAMES.has(text)) return { length, country: null };
    if (NO_PLACE.has(text)) continue;
    const country = byName.get(text);
    if (country !== undefined && (text.length > 2 || text === 'uk')) return { length, country };
  }
  return null;
}
