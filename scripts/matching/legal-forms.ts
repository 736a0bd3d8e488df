/**
 * What the org's own flows take off the end of a company name, in the order in which they look: longer ones before what they
 * end with. Kept short, since a flow formula has to hold all of it.
 */
export const LEGAL_FORMS = [
  'pty ltd',
  'incorporated',
  'corporation',
  'limited',
  'company',
  'gmbh',
  'sarl',
  'corp',
  'inc',
  'llc',
  'ltd',
  'plc',
  'sas',
  'srl',
  'spa',
  'aps',
  'ag',
  'kg',
  'se',
  'sa',
  'bv',
  'nv',
  'oy',
  'ab',
  'as',
  'co',
  'kk',
] as const;

/**
 * Legal forms by the countries that register them, as they read once dots are gone (`S.p.A.` is `spa`). The country is a hint only:
 * `Ltd` and `SA` are known in dozens. Compiled from the ISO 20275 entity legal form code list (GLEIF).
 */
const FORMS: Readonly<Record<string, string>> = {
  US: 'inc,incorporated,llc,l l c,llp,lp,pllc,corp,corporation,pc,limited liability company',
  GB: 'ltd,limited,plc,llp,cic,public limited company,ltd liability partnership',
  IE: 'ltd,limited,plc,dac,teoranta,teo,clg',
  DE: 'gmbh,ag,kg,ohg,ug,kgaa,gbr,mbh,ggmbh,gmbh and co kg,gmbh co kg,ag and co kg,ag co kg,ug haftungsbeschrankt,haftungsbeschrankt,se and co kg,gesellschaft mit beschrankter haftung,aktiengesellschaft,ev,eg,ek,ekfr',
  AT: 'gmbh,ag,kg,og,gesmbh,ges mbh,gesellschaft mbh',
  CH: 'sa,sarl,sagl,gmbh,ag',
  FR: 'sarl,sas,sasu,sa,eurl,snc,sca,sci,societe anonyme,societe par actions simplifiee,societe a responsabilite limitee',
  BE: 'bv,sa,bvba,sprl,srl,nv,cvba,scrl',
  NL: 'bv,nv,vof,cv,besloten vennootschap,naamloze vennootschap',
  LU: 'sa,sarl,scs,scsp',
  ES: 'sl,slu,sa,sau,sll,sociedad limitada,sociedad anonima',
  PT: 'sa,lda,limitada,sgps,unipessoal lda',
  IT: 'srl,srls,spa,sas,snc,sapa,societa per azioni,societa a responsabilita limitata',
  SE: 'ab,aktiebolag,publ,ab publ,hb',
  NO: 'as,asa,ans,aksjeselskap',
  DK: 'aps,as,a s,amba,aktieselskab,anpartsselskab',
  FI: 'oy,oyj,ab oy,oy ab,ky,osakeyhtio',
  IS: 'ehf,hf',
  EE: 'ou,as',
  LV: 'sia',
  LT: 'uab',
  PL: 'sp z oo,spzoo,sp z o o,spolka z oo,spolka z ograniczona odpowiedzialnoscia,sp k,sp j,spolka akcyjna,sa',
  CZ: 'sro,s r o,spol s r o,spol sro,as,a s',
  SK: 'sro,s r o',
  HU: 'kft,zrt,nyrt,bt',
  RO: 'srl,pfa',
  BG: 'eood,ood,ad,ead',
  HR: 'doo,d o o,dd,jdoo',
  RS: 'doo',
  SI: 'doo',
  GR: 'ae,epe,ike',
  TR: 'as,ltd sti,anonim sirketi,limited sirketi,sti',
  RU: 'ooo,oao,zao,pao,ao',
  UA: 'tov,pat',
  AU: 'pty ltd,pty limited,pty',
  NZ: 'ltd,limited',
  ZA: 'pty ltd,pty,cc',
  IN: 'pvt ltd,private limited,pvt limited,private ltd,pvt',
  SG: 'pte ltd,pte,pte limited',
  MY: 'sdn bhd,bhd',
  HK: 'ltd,limited',
  CN: 'co ltd,company limited',
  JP: 'kk,kabushiki kaisha,gk,godo kaisha,yk,co ltd',
  KR: 'co ltd,jusik hoesa',
  TH: 'co ltd,pcl,public company limited',
  VN: 'jsc,joint stock company',
  ID: 'tbk',
  PH: 'inc,opc',
  BR: 'ltda,sa,eireli',
  MX: 'sa de cv,s a de c v,s de rl de cv,sapi de cv,sab de cv,de cv',
  AR: 'sa,srl',
  CL: 'spa,sa,ltda,limitada',
  CO: 'sas,sa,ltda',
  PE: 'sac,eirl',
  IL: 'ltd',
  AE: 'fzco,fze,fz llc,dmcc,wll,pjsc',
  SA: 'cjsc',
  QA: 'qsc',
  EU: 'se,eeig',
  CA: 'inc,ltee,ulc,corp',
};

/** Words that only ever open a name as its form: `PT Astra`, `OOO Vector`. `AB` and `AS` close names as well. */
export const LEADING_FORMS: ReadonlySet<string> = new Set(['pt', 'ooo', 'oao', 'zao', 'pao', 'tov', 'ab', 'as', 'sc']);

/** Beside those of a country. */
const ANYWHERE = ['co', 'company', 'cie', 'co inc', 'co kg'];

const oneWord = (form: string): string => form.replaceAll(' ', '');

/** All forms that close a name, in one word each: `sp z o o`, `sp zoo` and `spz oo` are the same. */
export const TRAILING_FORMS: ReadonlySet<string> = new Set(
  [...Object.values(FORMS).flatMap((forms) => forms.split(',')), ...ANYWHERE].map(oneWord),
);
/** Most words that a form is written in. */
export const FORM_WORDS = 6;

/** A form that more countries register says nothing about where. */
const MOST_COUNTRIES = 4;

/** Form in one word -> the few countries that register it. */
export const COUNTRIES_OF_FORM: ReadonlyMap<string, readonly string[]> = (() => {
  const countries = new Map<string, Set<string>>();
  for (const [country, forms] of Object.entries(FORMS))
    for (const form of forms.split(',').map(oneWord))
      countries.set(form, (countries.get(form) ?? new Set()).add(country));
  return new Map(
    [...countries].flatMap(([form, of]) =>
      of.size <= MOST_COUNTRIES && !of.has('EU') ? [[form, [...of]] as const] : [],
    ),
  );
})();
