import type { Faker } from '@faker-js/faker';

export interface SamplePerson {
  readonly job: 'seller' | 'customerSuccess' | 'salesDevelopment' | 'marketing' | 'revOps';
  readonly profile: 'Sales Rep' | 'Customer Success' | 'System Administrator';
  readonly role: SampleRole;
  readonly active: boolean;
  readonly fields: Readonly<Record<string, string>>;
}

/** The role hierarchy, from the top down. */
export const SAMPLE_ROLES = [
  { name: 'CEO', above: null, level: 0 },
  { name: 'VP Sales', above: 'CEO', level: 1 },
  { name: 'VP Customer Success', above: 'CEO', level: 1 },
  { name: 'VP Marketing', above: 'CEO', level: 1 },
  { name: 'Revenue Operations', above: 'CEO', level: 1 },
  { name: 'Sales Rep', above: 'VP Sales', level: 2 },
  { name: 'Sales Development Rep', above: 'VP Sales', level: 2 },
  { name: 'Customer Success Manager', above: 'VP Customer Success', level: 2 },
  { name: 'Marketing Manager', above: 'VP Marketing', level: 2 },
] as const;
export const ROLE_LEVELS = 3;
type SampleRole = (typeof SAMPLE_ROLES)[number]['name'];

type Member = Omit<SamplePerson, 'fields'>;
const seller = { job: 'seller', profile: 'Sales Rep', role: 'Sales Rep', active: true } as const satisfies Member;
const success = {
  job: 'customerSuccess',
  profile: 'Customer Success',
  role: 'Customer Success Manager',
  active: true,
} as const satisfies Member;
const development = {
  job: 'salesDevelopment',
  profile: 'Sales Rep',
  role: 'Sales Development Rep',
  active: true,
} as const satisfies Member;
const marketing = {
  job: 'marketing',
  profile: 'Sales Rep',
  role: 'Marketing Manager',
  active: true,
} as const satisfies Member;

const TEAM: readonly Member[] = [
  { ...seller, role: 'VP Sales' },
  ...Array.from({ length: 6 }, () => seller),
  // Somebody has left: the records stay, the user is inactive.
  { ...seller, active: false },
  { ...success, role: 'VP Customer Success' },
  success,
  success,
  development,
  development,
  { ...marketing, role: 'VP Marketing' },
  marketing,
  { job: 'revOps', profile: 'System Administrator', role: 'Revenue Operations', active: true },
];

const DEPARTMENT: Readonly<Record<SamplePerson['job'], string>> = {
  seller: 'Sales',
  customerSuccess: 'Customer Success',
  salesDevelopment: 'Sales Development',
  marketing: 'Marketing',
  revOps: 'RevOps',
};

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
        Title: member.role,
        Department: DEPARTMENT[member.job],
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
        DigestFrequency: 'D',
        DefaultGroupNotificationFrequency: 'N',
      },
    };
  });
