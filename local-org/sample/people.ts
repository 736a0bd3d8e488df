import type { Faker } from '@faker-js/faker';

export interface SamplePerson {
  readonly job: 'seller' | 'customerSuccess' | 'salesDevelopment' | 'marketing' | 'revOps';
  readonly profile: 'Sales Rep' | 'Customer Success' | 'System Administrator';
  readonly active: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

const TEAM = [
  ...Array.from({ length: 7 }, () => ({ job: 'seller', profile: 'Sales Rep', active: true }) as const),
  // Somebody has left: the records stay, the user is inactive.
  { job: 'seller', profile: 'Sales Rep', active: false },
  ...Array.from({ length: 3 }, () => ({ job: 'customerSuccess', profile: 'Customer Success', active: true }) as const),
  ...Array.from({ length: 2 }, () => ({ job: 'salesDevelopment', profile: 'Sales Rep', active: true }) as const),
  ...Array.from({ length: 2 }, () => ({ job: 'marketing', profile: 'Sales Rep', active: true }) as const),
  { job: 'revOps', profile: 'System Administrator', active: true },
] as const satisfies readonly Omit<SamplePerson, 'fields'>[];

/** The people of the sample company who work in its org. Usernames end in `@sample.waterfall.local`. */
export const samplePeople = (faker: Faker): readonly SamplePerson[] =>
  TEAM.map((member, index) => {
    const [FirstName, LastName] = [faker.person.firstName(), faker.person.lastName()];
    const handle = faker.helpers.slugify(`${FirstName}.${LastName}`).toLowerCase();
    return {
      ...member,
      fields: {
        FirstName,
        LastName,
        Username: `${handle}@sample.waterfall.local`,
        Email: `${handle}@sample.example`,
        Alias: `user${index + 1}`,
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
        DigestFrequency: 'D',
        DefaultGroupNotificationFrequency: 'N',
      },
    };
  });
