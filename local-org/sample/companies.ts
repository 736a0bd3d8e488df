import type { Faker } from '@faker-js/faker';
import { weighted } from './seeded.ts';

type Fields = Record<string, string | number | boolean | null>;

export interface SampleCompany {
  readonly account: Fields;
  readonly contacts: readonly Fields[];
}

const INDUSTRIES = [
  'Technology',
  'Manufacturing',
  'Healthcare',
  'Finance',
  'Retail',
  'Energy',
  'Education',
  'Transportation',
  'Media',
  'Consulting',
];
const TITLES = [
  'Chief Information Officer',
  'Chief Financial Officer',
  'VP Operations',
  'VP Sales',
  'Director of IT',
  'Head of Data',
  'Head of Procurement',
  'IT Manager',
  'Operations Manager',
  'Enterprise Architect',
  'Business Analyst',
  'System Administrator',
];

/** Companies with the people known there: `contacts` in all, at least one each. Ids come later, from the org. */
export const sampleCompanies = (
  faker: Faker,
  count: { readonly accounts: number; readonly contacts: number },
): readonly SampleCompany[] => {
  const names = faker.helpers.uniqueArray(() => faker.company.name(), count.accounts);
  const extra = names.map(() => 0);
  for (let left = count.contacts - count.accounts; left > 0; left--) {
    const index = faker.number.int({ min: 0, max: count.accounts - 1 });
    extra[index] = (extra[index] ?? 0) + 1;
  }
  return names.map((name, index) => {
    const domain = `${faker.helpers.slugify(name.toLowerCase()).replaceAll(/[^a-z0-9-]/g, '')}.example`;
    const country = weighted(faker, {
      'United States': 8,
      'United Kingdom': 3,
      Germany: 3,
      France: 2,
      Netherlands: 1,
      Sweden: 1,
    });
    return {
      account: {
        Name: name,
        Website: `https://www.${domain}`,
        Phone: faker.phone.number({ style: 'international' }),
        Industry: faker.helpers.arrayElement(INDUSTRIES),
        NumberOfEmployees: faker.number.int({ min: 20, max: 12_000 }),
        AnnualRevenue: faker.number.int({ min: 2, max: 900 }) * 1_000_000,
        BillingCity: faker.location.city(),
        BillingCountry: country,
        Type: weighted(faker, { Prospect: 5, 'Customer - Direct': 4, 'Customer - Channel': 1 }),
      },
      contacts: Array.from({ length: 1 + (extra[index] ?? 0) }, () => contact(faker, domain)),
    };
  });
};

const contact = (faker: Faker, domain: string): Fields => {
  const [FirstName, LastName] = [faker.person.firstName(), faker.person.lastName()];
  return {
    FirstName,
    LastName,
    Title: faker.helpers.arrayElement(TITLES),
    // Addresses end in .example (RFC 2606), so that none of them can ever belong to somebody.
    Email: `${faker.helpers.slugify(`${FirstName}.${LastName}`).toLowerCase()}@${domain}`,
    Phone: faker.phone.number({ style: 'international' }),
  };
};
