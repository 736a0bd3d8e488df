import { ascii, once, random, recordId } from './world.ts';
import type { LabelledLead, Random, World, WorldSize } from './world.ts';
import type { MatchAccount } from '../../scripts/matching/types.ts';

/**
 * The set that nothing was set on: names built from syllables, places and things, other countries, and errors as fingers and ears make
 * them (neighbouring keys, letters that sound alike, words run together), forms filled in carelessly. Shares neither names nor ways of
 * erring with tuning-world.ts.
 */
const ONSETS = 'b,br,c,ch,d,dr,f,fl,g,gl,h,k,kr,l,m,n,p,pr,qu,r,s,sk,sp,st,t,tr,v,w,z,y'.split(',');
const VOWELS = 'a,e,i,o,u,ai,ea,io,ou,ei'.split(',');
const CODAS = ',,,l,n,r,s,m,x,nd,rt,st,ck,ng,rk'.split(',');
const PLACES =
  'Riverside,Alpine,Baltic,Adriatic,Iberian,Sakura,Andean,Cascadia,Highland,Lakeside,Bayview,Outback,Prairie,Fjord,Delta,Monsoon,Sahara,Tundra,Aurora,Vistula,Ganges,Pampas,Toscana,Veneto,Catalan,Basque,Kansai,Gaucho,Mistral,Bosphorus'.split(
    ',',
  );
const THINGS =
  'Biscuits,Turbines,Elevators,Vineyards,Clinics,Drones,Batteries,Mattresses,Trucking,Sailmakers,Breweries,Furniture,Ticketing,Payments,Greenhouses,Mining,Aviation,Cosmetics,Footwear,Publishing,Cranes,Dairy,Toys,Glassworks,Catering,Recycling,Eyewear,Steel,Timber,Lighting,Hotels,Leasing,Fashion,Irrigation,Diagnostics,Freight'.split(
    ',',
  );
const OWNERS =
  'Rossi,Nowak,Tanaka,García,Silva,Kowalski,Ferrari,Sato,Ivanov,Costa,Romano,Suzuki,Pereira,Wójcik,Conti,Oliveira,Fernández,Lewandowska,Esposito,Yamamoto,Núñez,Kaczmarek,Moretti,Mendes,Sharma,Patel,Nguyen,Kim,Tremblay,MacLeod,Østergaard,Virtanen,Çelik,Papadopoulos'.split(
    ',',
  );

interface Country {
  readonly said: readonly string[];
  readonly forms: readonly string[];
  readonly suffix: string;
  readonly daughter: readonly string[];
}
const COUNTRIES: Readonly<Record<string, Country>> = {
  IT: {
    said: ['Italy', 'Italia', 'ITA'],
    forms: ['S.p.A.', 'S.r.l.', 'SRL', 'spa'],
    suffix: 'it',
    daughter: ['Italia', 'Italy'],
  },
  ES: {
    said: ['Spain', 'España', 'ES'],
    forms: ['S.L.', 'S.A.', 'SLU'],
    suffix: 'es',
    daughter: ['España', 'Iberia', 'Spain'],
  },
  PL: {
    said: ['Poland', 'Polska', 'PL'],
    forms: ['Sp. z o.o.', 'S.A.'],
    suffix: 'pl',
    daughter: ['Polska', 'Poland'],
  },
  JP: {
    said: ['Japan', 'JP', 'JPN'],
    forms: ['K.K.', 'Co., Ltd.', 'Kabushiki Kaisha'],
    suffix: 'co.jp',
    daughter: ['Japan'],
  },
  BR: {
    said: ['Brazil', 'Brasil', 'BR'],
    forms: ['Ltda', 'Ltda.', 'S/A', 'EIRELI'],
    suffix: 'com.br',
    daughter: ['Brasil', 'do Brasil', 'Brazil'],
  },
  AU: {
    said: ['Australia', 'AUS', 'AU'],
    forms: ['Pty Ltd', 'Pty. Ltd.', 'Limited'],
    suffix: 'com.au',
    daughter: ['Australia', 'ANZ'],
  },
  CA: { said: ['Canada', 'CA', 'CAN'], forms: ['Inc.', 'Ltd.', 'Corp', 'ULC'], suffix: 'ca', daughter: ['Canada'] },
  IN: {
    said: ['India', 'IN', 'IND'],
    forms: ['Pvt. Ltd.', 'Private Limited', 'Ltd'],
    suffix: 'in',
    daughter: ['India'],
  },
  DK: { said: ['Denmark', 'Danmark', 'DK'], forms: ['A/S', 'ApS'], suffix: 'dk', daughter: ['Danmark', 'Nordics'] },
  FI: { said: ['Finland', 'Suomi', 'FI'], forms: ['Oy', 'Oyj'], suffix: 'fi', daughter: ['Finland', 'Nordic'] },
};
const CODES = Object.keys(COUNTRIES);
const PUBLIC = [
  'libero.it',
  'wp.pl',
  'uol.com.br',
  'bigpond.com',
  'rediffmail.com',
  'protonmail.com',
  'aol.com',
  'live.com',
  'yahoo.co.jp',
  'sympatico.ca',
];

/** Neighbours on a keyboard, and letters that sound alike. */
const NEIGHBOURS: Readonly<Record<string, string>> = {
  a: 's',
  e: 'r',
  i: 'o',
  o: 'p',
  n: 'm',
  r: 't',
  t: 'y',
  s: 'd',
  l: 'k',
  d: 'f',
  c: 'v',
  u: 'i',
  g: 'h',
  m: 'n',
  b: 'v',
};
const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/ph/i, 'f'],
  [/qu/i, 'kw'],
  [/c(?=[aou])/i, 'k'],
  [/ei/i, 'ie'],
  [/(?<=[aeiou])s(?=[aeiou])/i, 'z'],
  [/ou/i, 'u'],
  [/ck/i, 'k'],
  [/y/i, 'i'],
];

interface Firm {
  readonly base: string;
  readonly country: string;
  readonly domain: string;
  readonly form: string;
  readonly ids: string[];
}

const syllable = (r: Random): string => r.pick(ONSETS) + r.pick(VOWELS) + (r.chance(0.5) ? r.pick(CODAS) : '');
const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const word = (r: Random): string => capital(syllable(r) + syllable(r) + (r.chance(0.4) ? syllable(r) : ''));

function newBase(r: Random): string {
  const kind = r.next();
  if (kind < 0.3) return word(r);
  if (kind < 0.55) return `${word(r)} ${r.pick(THINGS)}`;
  if (kind < 0.7) return `${r.pick(PLACES)} ${r.pick(THINGS)}`;
  if (kind < 0.85) return `${r.pick(OWNERS)} ${r.pick(THINGS)}`;
  if (kind < 0.93) return `${r.pick(OWNERS)} e ${r.pick(OWNERS)}`;
  return `${r.pick(PLACES)} ${word(r)} ${r.pick(THINGS)}`;
}

const slip = (r: Random, text: string): string => {
  const at = r.int(text.length);
  const letter = text[at]!.toLowerCase();
  switch (r.int(4)) {
    case 0:
      return text.slice(0, at) + (NEIGHBOURS[letter] ?? letter) + text.slice(at + 1);
    case 1:
      return SOUNDS.reduce((name, [from, to]) => (name === text ? name.replace(from, to) : name), text);
    case 2:
      return text.replace(/ /, '');
    default:
      return text.slice(0, at) + (NEIGHBOURS[letter] ?? '') + text.slice(at);
  }
};
/** Vowels inside a word left out, as on labels: `Turbines` is `Trbns`. */
const squeeze = (text: string): string => text.replaceAll(/(?<=\w)[aeiou](?=\w*\b)/g, '');
const local = (r: Random): string => `${ascii(r.pick(OWNERS))}.${ascii(r.pick(OWNERS))}`;

export function heldOutWorld({ seed, accounts: wanted, leads: count }: WorldSize): World {
  const r = random(seed ^ 0x5eed);
  const anew = once(() => ` ${word(r)}`);
  const stem = once(() => String(2 + r.int(8)));
  const accounts: MatchAccount[] = [];
  const contacts: World['contacts'][number][] = [];
  const openOpportunities: string[] = [];
  const firms: Firm[] = [];

  const firm = (country = r.pick(CODES), base = anew(newBase(r))): Firm => {
    const { suffix, forms } = COUNTRIES[country]!;
    const own = r.chance(0.6)
      ? ascii(base)
      : r.chance(0.5)
        ? base.split(' ').map(ascii).join('-')
        : ascii(base.split(' ')[0]!);
    return { base, country, domain: `${stem(own)}.${r.chance(0.35) ? 'com' : suffix}`, form: r.pick(forms), ids: [] };
  };
  const open = (of: Firm, name: string, more: Partial<MatchAccount> = {}): string => {
    const id = recordId('001', accounts.length);
    accounts.push({
      id,
      name,
      website: r.chance(0.65) ? `http://${of.domain}/index.html` : '',
      country: r.chance(0.75) ? r.pick(COUNTRIES[of.country]!.said) : '',
      parentId: '',
      ownerSet: r.chance(0.85),
      lastActivity: r.chance(0.5) ? `2026-0${1 + r.int(9)}-0${1 + r.int(9)}` : '',
      employees: r.int(20_000),
      revenue: r.int(500) * 1_000_000,
      ...more,
    });
    of.ids.push(id);
    if (r.chance(0.25)) openOpportunities.push(id);
    for (let people = r.int(5); people > 0; people -= 1)
      contacts.push({
        accountId: id,
        email: `${local(r)}${r.int(500)}@${r.chance(0.88) ? of.domain : r.pick(PUBLIC)}`,
      });
    return id;
  };

  while (accounts.length < wanted) {
    const made = firm();
    firms.push(made);
    const style = r.next();
    const name =
      style < 0.6
        ? `${made.base} ${made.form}`
        : style < 0.75
          ? made.base.toUpperCase()
          : style < 0.9
            ? made.base
            : `${made.base}, ${made.form}`;
    // A website that is somebody else's: an agency's, a directory's.
    const id = open(
      made,
      name,
      r.chance(0.03) ? { website: r.chance(0.5) ? 'https://www.instagram.com/shop' : r.pick(firms).domain } : {},
    );
    if (r.chance(0.04)) open(made, `${made.base} - do not use`, { ownerSet: false, website: '' });
    if (r.chance(0.05)) {
      // Bought: the account carries both names.
      const bought = firm();
      firms.push({ ...bought, ids: [open(bought, `${bought.base} (formerly ${anew(newBase(r))})`)] });
    }
    if (r.chance(0.06)) {
      const country = r.pick(CODES.filter((code) => code !== made.country));
      const { daughter, forms, suffix } = COUNTRIES[country]!;
      const child: Firm = {
        ...made,
        country,
        form: r.pick(forms),
        domain: `${made.domain.split('.')[0]!}.${suffix}`,
        ids: [],
      };
      open(child, `${made.base} ${r.pick(daughter)} ${child.form}`, { parentId: r.chance(0.7) ? id : '' });
      firms.push(child);
    }
    if (r.chance(0.03)) {
      const namesake = firm(r.pick(CODES.filter((code) => code !== made.country)), made.base);
      open(namesake, `${made.base} ${namesake.form}`);
      firms.push(namesake);
    }
  }

  const lead = (number: number): LabelledLead => {
    const of = r.pick(firms);
    const { said, forms, daughter } = COUNTRIES[of.country]!;
    const at = `${local(r)}@${r.chance(0.2) ? 'mail.' : ''}${of.domain}`;
    const free = `${local(r)}${r.int(99)}@${r.pick(PUBLIC)}`;
    const base = {
      id: recordId('00Q', number),
      website: '',
      country: r.chance(0.6) ? r.pick(said) : '',
      truth: of.ids,
    };
    const full = r.chance(0.4) ? `${of.base} ${r.pick(forms)}` : of.base;
    const stranger = (): Pick<LabelledLead, 'truth' | 'country' | 'website'> => ({
      truth: [],
      country: r.chance(0.6) ? r.pick(COUNTRIES[r.pick(CODES)]!.said) : '',
      website: '',
    });
    const kind = r.next();
    if (kind < 0.18) return { ...base, company: full, email: at, kind: 'corporate address' };
    if (kind < 0.3) return { ...base, company: full, email: free, kind: 'public mail, same name' };
    if (kind < 0.4) return { ...base, company: slip(r, full), email: r.chance(0.4) ? at : free, kind: 'typing error' };
    if (kind < 0.44) return { ...base, company: squeeze(full), email: r.chance(0.7) ? at : free, kind: 'abbreviated' };
    if (kind < 0.51)
      return {
        ...base,
        country: r.pick(said),
        company: `${of.base} (${r.pick(daughter)})`,
        email: r.chance(0.4) ? at : free,
        kind: 'daughter',
      };
    if (kind < 0.56) {
      const known = r.pick(contacts);
      return {
        ...base,
        country: '',
        company: r.chance(0.5) ? '[not provided]' : of.base,
        email: known.email.toUpperCase(),
        truth: contacts.filter(({ email }) => email === known.email).map(({ accountId }) => accountId),
        kind: 'known person',
      };
    }
    if (kind < 0.6)
      return {
        ...base,
        company: full,
        email: at,
        website: r.pick(['www.facebook.com/us', 'https://bit.ly/3xyz', 'none']),
        kind: 'wrong website',
      };
    if (kind < 0.64)
      return {
        ...base,
        company: `${word(r)}, a ${of.base} company`,
        email: r.chance(0.5) ? at : free,
        kind: 'acquired brand',
      };
    if (kind < 0.68) return { ...base, company: anew(newBase(r)), email: at, kind: 'other name, corporate address' };
    if (kind < 0.72)
      return {
        ...base,
        company: `${full} | ${r.pick(['HQ', 'Sales Dept', 'IT', 'Purchasing'])}`.toLowerCase(),
        email: free,
        website: `https://www.${of.domain}/contact`,
        kind: 'website, careless name',
      };
    if (kind < 0.86) {
      const other = firm();
      return {
        ...base,
        ...stranger(),
        company: `${other.base} ${other.form}`,
        email: r.chance(0.5) ? `${local(r)}@${other.domain}` : free,
        kind: 'stranger',
      };
    }
    if (kind < 0.95) {
      const [first, ...rest] = of.base.split(' ') as [string, ...string[]];
      const near = anew(
        rest.length > 0 && r.chance(0.5) ? `${first} ${r.pick(THINGS)}` : `${word(r)} ${rest.at(-1) ?? first}`,
      );
      return {
        ...base,
        ...stranger(),
        company: near,
        email: r.chance(0.5) ? `${local(r)}@${ascii(near)}.com` : free,
        kind: 'similar stranger',
      };
    }
    return {
      ...base,
      truth: [],
      company: r.pick(['[not provided]', 'Freelancer', 'privat', 'x', 'test']),
      email: free,
      kind: 'no company',
    };
  };
  return { accounts, contacts, openOpportunities, leads: Array.from({ length: count }, (_, number) => lead(number)) };
}
