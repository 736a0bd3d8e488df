/** What a column of a list of people may hold. */
export type PersonField =
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'email'
  | 'title'
  | 'phone'
  | 'mobile'
  | 'company'
  | 'website'
  | 'country'
  | 'accountId'
  | 'opportunity'
  | 'solution'
  | 'role';

export interface FieldKnowledge {
  readonly label: string;
  /** Headings that mean it, as words in lower case; the surest first. */
  readonly headings: readonly string[];
}

/** Headings of Sales Navigator (and of the tools that export it), ZoomInfo, Clearbit and of what people type. */
export const PERSON_FIELDS: Readonly<Record<PersonField, FieldKnowledge>> = {
  email: {
    label: 'e-mail address',
    headings:
      'email,email address,e mail,work email,business email,e mail address,contact email,professional email,verified email,mail,email 1,primary email,person email,prospect email,courriel,e mail adresse,correo electronico'.split(
        ',',
      ),
  },
  firstName: {
    label: 'first name',
    headings:
      'first name,given name,firstname,name given name,first,vorname,prenom,nombre,contact first name,person first name,prospect first name'.split(
        ',',
      ),
  },
  lastName: {
    label: 'last name',
    headings:
      'last name,family name,surname,lastname,name family name,last,nachname,nom,nom de famille,apellido,apellidos,contact last name,person last name,prospect last name'.split(
        ',',
      ),
  },
  fullName: {
    label: 'full name',
    headings:
      'full name,name,contact name,name full name,person,contact,fullname,lead name,prospect name,person name,lead,vollstandiger name'.split(
        ',',
      ),
  },
  title: {
    label: 'job title',
    headings:
      'job title,title,position,current job title,current title,employment title,headline,current position,current job,jobtitle,role title,contact title,job,funktion,berufsbezeichnung,poste,fonction,cargo,puesto,person title,linkedin headline'.split(
        ',',
      ),
  },
  phone: {
    label: 'phone',
    headings:
      'phone,phone number,direct phone number,direct phone,work phone,business phone,telephone,telefon,company hq phone,office phone,direct dial,telefono,telephone number'.split(
        ',',
      ),
  },
  mobile: {
    label: 'mobile phone',
    headings: 'mobile,mobile phone,mobile number,cell,cell phone,mobil,handy,portable,movil,mobile phone number'.split(
      ',',
    ),
  },
  company: {
    label: 'company',
    headings:
      'company name,company,account name,account,current company,employment name,organization,organisation,employer,company name for emails,current employer,firma,unternehmen,entreprise,societe,empresa,normalized company name,organization name,business'.split(
        ',',
      ),
  },
  website: {
    label: "company's website or domain",
    headings:
      'company website,website,company domain,company domain name,domain,employment domain,company url,web site,homepage,url,corporate website,webseite,site web,company email domain,organization website,company website url'.split(
        ',',
      ),
  },
  country: {
    label: "company's country",
    headings:
      'company country,account country,country,geo country,hq country,company hq country,company location country,person country,contact country,land,pays,pais,billing country'.split(
        ',',
      ),
  },
  accountId: {
    label: 'account id',
    headings: 'account id,accountid,salesforce account id,sfdc account id,crm account id,company id'.split(','),
  },
  opportunity: {
    label: 'opportunity, by id or name',
    headings:
      'opportunity,opportunity id,opportunity name,salesforce opportunity id,sfdc opportunity id,deal,deal name,deal id,buying group,opp,opportunityid'.split(
        ',',
      ),
  },
  solution: {
    label: 'solution',
    headings: 'solution,solution of interest,product of interest,product,product interest,losung,produkt'.split(','),
  },
  role: {
    label: 'role in the buying group',
    headings:
      'buying group role,buying role,contact role,role,opportunity role,persona,buyer role,rolle,buying center role'.split(
        ',',
      ),
  },
};

export const FIELD_KEYS = Object.keys(PERSON_FIELDS) as readonly PersonField[];
