import { ascii, once, random, recordId } from './world.ts';
import type { LabelledLead, Random, World, WorldSize } from './world.ts';
import type { MatchAccount } from '../../scripts/matching/types.ts';

/**
 * The set that the weights were set on: surnames and trades, six countries, errors as letters that are swapped, doubled or left out.
 * Shares neither names nor ways of erring with held-out-world.ts.
 */
const SURNAMES =
  'Abbott,Adler,Ackermann,Albrecht,Anderson,Arnold,Ashton,Auer,Bailey,Barlow,Bauer,Baxter,Becker,Bennett,Berger,Bernard,Blake,Bonnet,Bosman,Bouchard,Bradley,Brandt,Brennan,Bruun,Burke,Byrne,Caldwell,Carlsson,Carpenter,Chapman,Chevalier,Clarke,Coleman,Connolly,Cooper,Crawford,Daniels,Dawson,Delacroix,Dietrich,Dijkstra,Donovan,Dubois,Duncan,Eklund,Elliott,Engel,Fabre,Farrell,Faulkner,Fischer,Fleming,Fontaine,Forsberg,Foster,Franke,Frost,Garnier,Gerber,Gibson,Girard,Goddard,Graham,Gruber,Gustafsson,Haas,Hagen,Hale,Hammond,Hansen,Harper,Hartmann,Hawkins,Heller,Hendriks,Henry,Hoffmann,Holm,Hughes,Huber,Jansen,Jacobs,Joly,Jordan,Kaiser,Keller,Kennedy,Kirk,Klein,Koch,Kramer,Krause,Kuiper,Lambert,Lang,Larsson,Laurent,Lawson,Lehmann,Lindqvist,Lockhart,Lorenz,Lund,Maas,Marchand,Marshall,Martin,Maurer,Mercer,Meunier,Meyer,Moreau,Mulder,Müller,Nielsen,Norris,Novak,Olsson,Osborne,Otto,Palmer,Parker,Peeters,Perrin,Petit,Pfeiffer,Porter,Prescott,Quinn,Raymond,Reuter,Richter,Roche,Roussel,Sanders,Sauer,Schäfer,Schmidt,Schneider,Schröder,Seidel,Simon,Sjöberg,Sloan,Smit,Sorensen,Stark,Steiner,Sutton,Thomsen,Turner,Vasseur,Verhoeven,Vogel,Voss,Wagner,Walsh,Weber,Werner,Whitaker,Winkler,Wolff,Young,Ziegler,Zimmermann'.split(
    ',',
  );
const TRADES =
  'Technologies,Systems,Solutions,Services,Industries,Logistics,Consulting,Software,Engineering,Energy,Foods,Insurance,Manufacturing,Pharmaceuticals,Communications,Partners,Electronics,Automotive,Construction,Packaging,Laboratories,Analytics,Robotics,Materials,Plastics,Instruments,Textiles,Optics,Shipping,Hydraulics,Ceramics,Bearings,Coatings,Sensors'.split(
    ',',
  );
const COINED =
  'Nova,Alto,Vertex,Quanta,Solis,Zenit,Orbis,Lumen,Axion,Ferro,Hydra,Inter,Omni,Poly,Tri,Ultra,Veri,Xeno,Cyber,Aero,Bio,Geo,Neuro,Nano'.split(
    ',',
  );
const ENDINGS =
  'tec,dyne,metrix,works,soft,port,gen,flex,wave,line,core,point,cast,link,scan,form,sphere,zon,plex,vance,trix,mark,data,path'.split(
    ',',
  );
const ADJECTIVES =
  'Northern,Pacific,Summit,Premier,Pioneer,Atlantic,Global,United,Central,Metro,Royal,First,Blue,Silver'.split(',');

interface Country {
  readonly names: readonly string[];
  readonly forms: readonly string[];
  readonly suffix: string;
  /** How a daughter there is called. */
  readonly daughter: readonly string[];
}
const COUNTRIES: Readonly<Record<string, Country>> = {
  US: {
    names: ['United States', 'USA', 'US'],
    forms: ['Inc.', 'Inc', 'LLC', 'Corp.', 'Corporation', ''],
    suffix: 'com',
    daughter: ['USA', 'America'],
  },
  GB: {
    names: ['United Kingdom', 'UK', 'GB'],
    forms: ['Ltd', 'Limited', 'plc', 'Ltd.'],
    suffix: 'co.uk',
    daughter: ['UK', '(UK)'],
  },
  DE: {
    names: ['Germany', 'Deutschland', 'DE'],
    forms: ['GmbH', 'AG', 'GmbH & Co. KG', 'KG'],
    suffix: 'de',
    daughter: ['Deutschland', 'Germany'],
  },
  FR: { names: ['France', 'FR'], forms: ['SA', 'SAS', 'SARL', 'S.A.'], suffix: 'fr', daughter: ['France'] },
  NL: {
    names: ['Netherlands', 'The Netherlands', 'NL'],
    forms: ['B.V.', 'BV', 'N.V.'],
    suffix: 'nl',
    daughter: ['Nederland', 'Netherlands'],
  },
  SE: { names: ['Sweden', 'Sverige', 'SE'], forms: ['AB', 'AB (publ)'], suffix: 'se', daughter: ['Sverige', 'Sweden'] },
};
const CODES = Object.keys(COUNTRIES);
const FREE_MAIL = [
  'gmail.com',
  'yahoo.com',
  'hotmail.com',
  'gmx.de',
  'web.de',
  'orange.fr',
  'outlook.com',
  'icloud.com',
];
const ABBREVIATED: readonly (readonly [RegExp, string])[] = [
  [/Technologies/, 'Tech'],
  [/Systems/, 'Sys'],
  [/Services/, 'Svcs'],
  [/Industries/, 'Ind.'],
  [/Manufacturing/, 'Mfg'],
  [/Engineering/, 'Eng.'],
  [/Pharmaceuticals/, 'Pharma'],
  [/Communications/, 'Comms'],
  [/Laboratories/, 'Labs'],
  [/Solutions/, 'Solns'],
  [/ and /, ' & '],
];

interface Company {
  readonly base: string;
  readonly country: string;
  readonly domain: string;
  readonly form: string;
  /** Accounts in the org; none for a company that it does not know. */
  readonly ids: string[];
}

function baseName(r: Random): string {
  const kind = r.next();
  if (kind < 0.3) return `${r.pick(SURNAMES)} ${r.pick(TRADES)}`;
  if (kind < 0.42) return `${r.pick(SURNAMES)} and ${r.pick(SURNAMES)}`;
  if (kind < 0.52) return `${r.pick(SURNAMES)} ${r.pick(SURNAMES)} ${r.pick(TRADES)}`;
  if (kind < 0.8) return `${r.pick(COINED)}${r.pick(ENDINGS)}${r.chance(0.5) ? ` ${r.pick(TRADES)}` : ''}`;
  if (kind < 0.9) return `${r.pick(ADJECTIVES)} ${r.pick(SURNAMES)} ${r.chance(0.5) ? 'Group' : 'Holdings'}`;
  return `${r.pick(ADJECTIVES)} ${r.pick(TRADES)}`;
}

/** No two companies have one domain, and two have one name only where that is what is tried. */
interface Names {
  /** Makes a name nobody's. */
  readonly anew: (base: string) => string;
  readonly base: () => string;
  readonly stem: (stem: string) => string;
}
const namesFrom = (r: Random): Names => {
  const base = once(() => ` ${r.pick(COINED)}${r.pick(ENDINGS)}`);
  return { anew: base, base: () => base(baseName(r)), stem: once(() => `-${ascii(r.pick(SURNAMES))}`) };
};

function company(
  r: Random,
  { base: newBase, stem: newStem }: Names,
  country = r.pick(CODES),
  base = newBase(),
): Company {
  const { suffix, forms } = COUNTRIES[country]!;
  const stem = newStem(
    r.chance(0.75)
      ? ascii(base)
      : ascii(base.split(' ')[0]!) + (r.chance(0.5) ? ascii(r.pick(TRADES)).slice(0, 5) : ''),
  );
  return { base, country, domain: `${stem}.${r.chance(0.4) ? 'com' : suffix}`, form: r.pick(forms), ids: [] };
}

function typo(r: Random, text: string): string {
  const at = 1 + r.int(Math.max(1, text.length - 2));
  switch (r.int(3)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + text[at]! + text.slice(at);
    default:
      return text.slice(0, at) + (text[at + 1] ?? '') + text[at]! + text.slice(at + 2);
  }
}

const abbreviate = (text: string): string =>
  ABBREVIATED.reduce((name, [word, short]) => name.replace(word, short), text);
const person = (r: Random): string => `${ascii(r.pick(SURNAMES)).slice(0, 1)}.${ascii(r.pick(SURNAMES))}`;

export function tuningWorld({ seed, accounts: wanted, leads: leadCount }: WorldSize): World {
  const r = random(seed);
  const accounts: MatchAccount[] = [];
  const contacts: World['contacts'][number][] = [];
  const openOpportunities: string[] = [];
  const companies: Company[] = [];
  const newNames = namesFrom(r);

  const account = (of: Company, name: string, more: Partial<MatchAccount> = {}): string => {
    const id = recordId('001', accounts.length);
    const { names } = COUNTRIES[of.country]!;
    accounts.push({
      id,
      name,
      website: r.chance(0.75) ? `${r.chance(0.5) ? 'https://www.' : ''}${of.domain}` : '',
      country: r.chance(0.85) ? r.pick(names) : '',
      parentId: '',
      ownerSet: r.chance(0.9),
      lastActivity: r.chance(0.6) ? `2026-0${1 + r.int(9)}-1${r.int(10)}` : '',
      employees: r.int(5000),
      revenue: r.int(1000) * 100_000,
      ...more,
    });
    of.ids.push(id);
    if (r.chance(0.3)) openOpportunities.push(id);
    for (let count = r.int(4); count > 0; count -= 1)
      contacts.push({
        accountId: id,
        email: `${person(r)}${r.int(90)}@${r.chance(0.92) ? of.domain : r.pick(FREE_MAIL)}`,
      });
    return id;
  };

  while (accounts.length < wanted) {
    const made = company(r, newNames);
    companies.push(made);
    const id = account(
      made,
      `${made.base} ${made.form}`.trim(),
      r.chance(0.02) ? { website: r.chance(0.5) ? 'www.facebook.com/company' : `www.${r.pick(companies).domain}` } : {},
    );
    if (r.chance(0.05)) account(made, made.base, { website: r.chance(0.5) ? made.domain : '' });
    if (r.chance(0.06)) {
      const country = r.pick(CODES.filter((code) => code !== made.country));
      const { daughter, forms, suffix } = COUNTRIES[country]!;
      const child: Company = {
        ...made,
        country,
        form: r.pick(forms),
        domain: r.chance(0.5) ? made.domain : `${made.domain.split('.')[0]!}.${suffix}`,
        ids: [],
      };
      account(child, `${made.base} ${r.pick(daughter)} ${child.form}`, { parentId: id });
      companies.push(child);
    }
    if (r.chance(0.04)) {
      const namesake = company(r, newNames, r.pick(CODES.filter((code) => code !== made.country)), made.base);
      companies.push(namesake);
      account(namesake, `${made.base} ${namesake.form}`);
    }
  }
  const leads = Array.from({ length: leadCount }, (_, number) => lead(r, number, companies, contacts, newNames));
  return { accounts, contacts, openOpportunities, leads };
}

function lead(
  r: Random,
  number: number,
  companies: readonly Company[],
  contacts: World['contacts'],
  newNames: Names,
): LabelledLead {
  const id = recordId('00Q', number);
  const kind = r.next();
  const known = r.pick(companies);
  const { names, daughter, forms } = COUNTRIES[known.country]!;
  const country = r.chance(0.7) ? r.pick(names) : '';
  const corporate = `${person(r)}@${known.domain}`;
  const free = `${person(r)}${r.int(99)}@${r.pick(FREE_MAIL)}`;
  const truth = known.ids;
  const full = `${known.base}${r.chance(0.5) ? ` ${r.pick(forms)}` : ''}`;
  if (kind < 0.2)
    return { id, company: full, email: corporate, website: '', country, truth, kind: 'corporate address' };
  if (kind < 0.32)
    return { id, company: full, email: free, website: '', country, truth, kind: 'public mail, same name' };
  if (kind < 0.42)
    return {
      id,
      company: typo(r, full),
      email: r.chance(0.5) ? corporate : free,
      website: '',
      country,
      truth,
      kind: 'typing error',
    };
  if (kind < 0.5)
    return {
      id,
      company: abbreviate(full).toUpperCase(),
      email: free,
      website: r.chance(0.3) ? known.domain : '',
      country,
      truth,
      kind: 'abbreviated',
    };
  if (kind < 0.56)
    return {
      id,
      company: `${known.base} ${r.pick(daughter)} ${r.pick(forms)}`,
      email: r.chance(0.5) ? corporate : free,
      website: '',
      country: r.pick(names),
      truth,
      kind: 'daughter',
    };
  if (kind < 0.6) {
    const contact = r.pick(contacts);
    return {
      id,
      company: r.chance(0.5) ? 'n/a' : full,
      email: contact.email,
      website: '',
      country: '',
      truth: [contact.accountId],
      kind: 'known person',
    };
  }
  if (kind < 0.64)
    return {
      id,
      company: full,
      email: corporate,
      website: 'https://www.linkedin.com/in/somebody',
      country,
      truth,
      kind: 'wrong website',
    };
  if (kind < 0.68)
    return { id, company: baseName(r), email: corporate, website: '', country, truth, kind: 'acquired brand' };
  if (kind < 0.72)
    return {
      id,
      company: known.base.split(' ').toReversed().join(' '),
      email: free,
      website: '',
      country,
      truth,
      kind: 'other order',
    };
  // From here on: nobody's. A company that the org does not know, often with a name like one that it knows.
  const stranger = company(r, newNames);
  const away = { truth: [], country: r.chance(0.7) ? r.pick(COUNTRIES[stranger.country]!.names) : '' };
  const at = `${person(r)}@${stranger.domain}`;
  if (kind < 0.86)
    return {
      id,
      company: `${stranger.base} ${stranger.form}`.trim(),
      email: r.chance(0.6) ? at : free,
      website: '',
      ...away,
      kind: 'stranger',
    };
  if (kind < 0.95) {
    const words = known.base.split(' ');
    const near = newNames.anew(
      words.length > 1 ? [...words.slice(0, -1), r.pick(TRADES)].join(' ') : `${r.pick(SURNAMES)} ${words[0]!}`,
    );
    return {
      id,
      company: near,
      email: r.chance(0.6) ? `${person(r)}@${ascii(near)}.com` : free,
      website: '',
      ...away,
      kind: 'similar stranger',
    };
  }
  return {
    id,
    company: r.pick(['Self-employed', 'n/a', 'none', 'Student', '-']),
    email: free,
    website: '',
    country,
    truth: [],
    kind: 'no company',
  };
}
