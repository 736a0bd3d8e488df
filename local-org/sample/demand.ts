import type { Faker } from '@faker-js/faker';
import { addDays, isoDate, weighted } from './seeded.ts';

type Fields = Readonly<Record<string, string | number | boolean>>;

export interface SampleCampaign {
  readonly startsAt: Date;
  readonly fields: Fields;
  /** Indexes into the sample's contacts and leads. */
  readonly contacts: readonly number[];
  readonly leads: readonly number[];
}

export const sampleLeads = (
  faker: Faker,
  count: number,
  period: { readonly from: Date; readonly until: Date },
): readonly { readonly at: Date; readonly fields: Fields }[] =>
  Array.from({ length: count }, () => {
    const [FirstName, LastName] = [faker.person.firstName(), faker.person.lastName()];
    const company = faker.company.name();
    return {
      at: faker.date.between({ from: period.from, to: period.until }),
      fields: {
        FirstName,
        LastName,
        Company: company,
        Title: faker.person.jobTitle(),
        Email: `${faker.helpers.slugify(`${FirstName}.${LastName}`).toLowerCase()}@${faker.helpers.slugify(company.toLowerCase()).replaceAll(/[^a-z0-9-]/g, '')}.example`,
        LeadSource: weighted(faker, { Web: 5, 'Purchased List': 2, 'Partner Referral': 1, Other: 1 }),
        Status: weighted(faker, { 'Open - Not Contacted': 5, 'Working - Contacted': 4, 'Closed - Not Converted': 2 }),
      },
    };
  }).sort((a, b) => a.at.getTime() - b.at.getTime());

const NAMES = [
  'Spring Webinar',
  'Industry Summit',
  'Customer Stories',
  'Product Tour',
  'Automation Guide',
  'Analytics Benchmark',
  'Partner Roadshow',
  'Executive Dinner',
];

export const sampleCampaigns = (
  faker: Faker,
  count: { readonly contacts: number; readonly leads: number },
  period: { readonly from: Date; readonly until: Date },
): readonly SampleCampaign[] =>
  NAMES.map((name, index) => {
    const startsAt = addDays(
      period.from,
      Math.round(((index + 0.5) / NAMES.length) * ((period.until.getTime() - period.from.getTime()) / 86_400_000)),
    );
    return {
      startsAt,
      fields: {
        Name: `${name} ${startsAt.getUTCFullYear()}`,
        Type: faker.helpers.arrayElement(['Webinar', 'Conference', 'Email', 'Partners']),
        Status: 'Completed',
        IsActive: true,
        StartDate: isoDate(startsAt),
        EndDate: isoDate(addDays(startsAt, 14)),
      },
      contacts: pick(faker, count.contacts, 60),
      leads: pick(faker, count.leads, 25),
    };
  });

const pick = (faker: Faker, from: number, amount: number): readonly number[] =>
  faker.helpers.arrayElements(
    Array.from({ length: from }, (_, index) => index),
    Math.min(from, amount),
  );
