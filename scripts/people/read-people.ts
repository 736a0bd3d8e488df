import { EMAIL } from './guess-mapping.ts';
import type { PeopleMapping } from './guess-mapping.ts';
import type { PersonField } from './people-fields.ts';
import { cleanName, splitName } from './person-name.ts';
import type { BadRow, Table } from './read-table.ts';

/** One row, as far as the file tells. Blank texts are empty. */
export interface Person {
  readonly line: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower case. */
  readonly email: string;
  readonly title: string;
  readonly phone: string;
  readonly mobile: string;
  readonly company: string;
  readonly website: string;
  readonly country: string;
  readonly accountId: string;
  readonly opportunity: string;
  readonly solution: string;
  readonly role: string;
}

/** What is read of a row that says nothing. */
export const NOBODY: Person = {
  line: 0,
  firstName: '',
  lastName: '',
  email: '',
  title: '',
  phone: '',
  mobile: '',
  company: '',
  website: '',
  country: '',
  accountId: '',
  opportunity: '',
  solution: '',
  role: '',
};

/** Longest values of Contact's fields: Object Reference, Contact. */
const LONGEST = { firstName: 40, lastName: 80, email: 80, title: 128, phone: 40, mobile: 40 } as const;

export interface BadPerson extends BadRow {
  /** As far as it was read; null where the values do not fit the columns. */
  readonly person: Person | null;
}

export interface ReadPeople {
  readonly people: readonly Person[];
  readonly bad: readonly BadPerson[];
}

/** Rows into people; those that cannot be one are kept apart with their reason. */
export function readPeople(table: Table, mapping: PeopleMapping): ReadPeople {
  const at = new Map(table.columns.map((column, index) => [column, index]));
  const people: Person[] = [];
  const bad: BadPerson[] = table.bad.map((row) => ({ ...row, person: null }));
  for (const { line, values } of table.rows) {
    const value = (field: PersonField): string => {
      const column = mapping[field];
      return column === undefined ? '' : (values[at.get(column) ?? -1] ?? '');
    };
    const split = splitName(value('fullName'));
    const named = {
      firstName: cleanName(value('firstName')) || (value('lastName') === '' ? split.firstName : ''),
      lastName: cleanName(value('lastName')) || split.lastName,
    };
    const person: Person = {
      line,
      ...named,
      email: value('email')
        .replace(/^mailto:/i, '')
        .toLowerCase(),
      title: shortened(value('title'), 'title'),
      phone: shortened(value('phone'), 'phone'),
      mobile: shortened(value('mobile'), 'mobile'),
      company: value('company'),
      website: value('website'),
      country: value('country'),
      accountId: value('accountId'),
      opportunity: value('opportunity'),
      solution: value('solution'),
      role: value('role'),
    };
    const reason = problemOf(person);
    if (reason === null) people.push(person);
    else bad.push({ line, values, reason, person });
  }
  return { people, bad: bad.sort((a, b) => a.line - b.line) };
}

const shortened = (text: string, field: 'title' | 'phone' | 'mobile'): string => text.slice(0, LONGEST[field]);

function problemOf({ firstName, lastName, email, company, website, accountId, opportunity }: Person): string | null {
  if (lastName === '' && email === '') return 'It names nobody: neither a last name nor an e-mail address.';
  if (email !== '' && !EMAIL.test(email)) return `"${email}" is not an e-mail address.`;
  const long = (
    [
      ['first name', firstName, LONGEST.firstName],
      ['last name', lastName, LONGEST.lastName],
      ['e-mail address', email, LONGEST.email],
    ] as const
  ).find(([, text, most]) => text.length > most);
  if (long) return `The ${long[0]} is longer than the ${long[2]} characters that Salesforce takes.`;
  if (email === '' && company === '' && website === '' && accountId === '' && opportunity === '')
    return 'Nothing says where the person works: no e-mail address, company, website, account or opportunity.';
  if (accountId !== '' && !/^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/.test(accountId))
    return `"${accountId}" is not the id of an account.`;
  return null;
}
