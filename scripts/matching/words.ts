/** Words that tell companies apart no better than chance; left out of a name as long as another word stays. */
export const NOISE: ReadonlySet<string> = new Set(
  (
    'the,and,of,for,a,an,der,die,das,und,fur,von,et,de,des,du,la,le,les,el,los,las,y,e,del,della,di,da,do,og,och,i,en,van,het,' +
    'group,groupe,gruppe,grupo,gruppo,groep,koncern,holding,holdings,beteiligungen,company,companies,compagnie,cie,co,hq,' +
    'enterprise,enterprises,ventures,worldwide,global,international'
  ).split(','),
);

/** Ways to write the same word, of which the first stands for all. */
const SAME: readonly string[] = [
  'technology,technologies,tech,technologie,technologien,tecnologia,tecnologias,tecnologie,techn,teknologi',
  'international,intl,internacional,internationale,internazionale,internat,intnl',
  'manufacturing,mfg,manuf,manufacture,manufacturers,manufacturer,mfrs',
  'service,services,svc,svcs,servicios,servizi,dienst,dienste,dienstleistungen,serv,srvcs',
  'system,systems,sys,sistemas,sistemi,systeme,systemes,systemer',
  'solution,solutions,soln,solns,soluciones,soluzioni,losungen,sol,solucoes',
  'industry,industries,industrial,industrie,industrien,ind,inds,industria,industrias,industriel',
  'engineering,eng,engineers,engg,ingenieria,ingegneria,ingenierie,engr',
  'management,mgmt,mgt,mngmt',
  'laboratory,laboratories,labs,lab,laboratorios,laboratoire,laboratoires,labor',
  'pharmaceutical,pharmaceuticals,pharma,farma,farmaceutica,pharm',
  'communication,communications,comms,comm,comunicaciones,comunicazioni,kommunikation',
  'telecommunication,telecommunications,telecom,telekom,telco,telecoms',
  'associate,associates,assoc,assocs,association,asociados,associati,associes',
  'brothers,bros,hermanos,fratelli,gebruder,gebr,freres',
  'national,natl,nacional,nationale,nazionale,nat',
  'university,univ,universitat,universite,universidad,universita,uni',
  'institute,inst,institut,instituto,istituto',
  'hospital,hosp,hospitals,krankenhaus,klinikum',
  'financial,fin,finance,finances,finanz,financiera,finanzen,fincl',
  'insurance,ins,insur,versicherung,versicherungen,assurance,assurances,seguros,assicurazioni',
  'logistics,logistik,logistica,logistique,logistic,log',
  'consulting,consultants,consultancy,beratung,consult,consultores,conseil',
  'software,softwares,sw',
  'electric,electrical,elec,electrique,elektro,electrica',
  'electronic,electronics,electr,elektronik,electronica,elettronica',
  'automotive,auto,automobile,automobil,automoviles',
  'construction,constr,construcciones,costruzioni,bau,constructions,const',
  'transport,transportation,trans,transportes,transporti,transports',
  'distribution,dist,distributors,distributor,distr,distribucion',
  'marketing,mktg,mkt,mktng',
  'development,dev,developments,devel,desarrollo',
  'equipment,equip,eqpt',
  'packaging,pkg,pack,verpackung,emballage',
  'partners,partner,ptnrs,partnership',
  'property,properties,prop,immobilien,inmobiliaria,immobiliare,immobilier',
  'investment,investments,inv,invest,inversiones,investimenti',
  'capital,cap',
  'resource,resources,res',
  'product,products,prod,produkte,produits,productos,prodotti,prods',
  'chemical,chemicals,chem,chemie,chimie,quimica,chimica',
  'energy,energies,energie,energia',
  'health,healthcare,gesundheit,sante,salud',
  'medical,med,medizin,medizintechnik,medicale',
  'security,securities,sec,sicherheit,seguridad',
  'network,networks,netwk,ntwk,netzwerk,networking',
  'machine,machines,machinery,maschinen,maschinenbau,mach,maquinas',
  'food,foods,lebensmittel,alimentos,alimentari',
  'design,designs,diseno',
  'trading,trade,handel,comercio,trdg,handels',
  'saint,st,sankt,sainte,ste',
  'center,centre,zentrum,centro,ctr',
  'american,amer',
  'general,gen',
  'research,rsch,forschung',
  'digital,digitale',
  'data,daten,datos,dati',
  'department,dept',
  'government,govt,gov',
  'bank,banque,banco,banca',
  'school,schools,schule,ecole,escuela',
  'supply,supplies,sply',
  'works,werke,werk',
  'north,nth',
  'south,sth',
  'media,medien',
];

/** Word -> the word that stands for it. */
export const CANONICAL: ReadonlyMap<string, string> = new Map(
  SAME.flatMap((line) => {
    const [first, ...others] = line.split(',') as [string, ...string[]];
    return others.map((other) => [other, first] as const);
  }),
);

/** Where a name holds a second one: `Foo (formerly Bar)`, `Foo dba Bar`. Folded, dots gone. */
export const ALIAS =
  /\b(?:formerly(?: known as)?|previously|now|dba|d b a|aka|a k a|trading as|t a|doing business as|vormals|ehemals|anciennement|ex|part of|a division of|division of|a subsidiary of|subsidiary of|member of|powered by|c o)\b/;
/** `Foo, a Bar company`. */
export const OWNED = /\b(?:an?|ein|une) (.+?) (?:company|unternehmen|societe|business)$/;

/** What people write when they do not want to name a company. Folded. */
export const NO_COMPANY: ReadonlySet<string> = new Set([
  ...[
    '',
    'n a',
    'na',
    'none',
    'no',
    'nil',
    'unknown',
    'not provided',
    'not available',
    'not applicable',
    'private',
    'privat',
  ],
  ...[
    'self',
    'self employed',
    'selfemployed',
    'freelance',
    'freelancer',
    'independent',
    'individual',
    'personal',
    'me',
  ],
  ...[
    'student',
    'retired',
    'test',
    'testing',
    'asdf',
    'xxx',
    'xx',
    'x',
    'company',
    'my company',
    'home',
    'keine',
    'tbd',
  ],
]);
