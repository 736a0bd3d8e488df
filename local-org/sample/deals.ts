import type { Faker } from '@faker-js/faker';
import { CATALOG } from './catalog.ts';
import { dealLife, workingHour } from './deal-life.ts';
import type { DealEvent } from './deal-life.ts';
import { addDays, isoDate, weighted } from './seeded.ts';
import { OPEN_PATH } from './stage-habits.ts';
import type { OpenStage } from './stage-habits.ts';

/** One opportunity of the sample with its whole life. Indexes point into the sample's companies and sellers. */
export interface Deal {
  readonly createdAt: Date;
  readonly company: number;
  readonly seller: number;
  readonly enterprise: boolean;
  readonly fields: Readonly<Record<string, string | number>>;
  readonly events: readonly DealEvent[];
  readonly products: {
    readonly at: Date;
    readonly lines: readonly { readonly product: number; readonly quantity: number }[];
  } | null;
  readonly contactRoles: { readonly at: Date; readonly roles: readonly string[] } | null;
}

const ROLES = ['Decision Maker', 'Economic Buyer', 'Evaluator', 'Influencer', 'Technical Buyer', 'Executive Sponsor'];
/** Stages that the enterprise team's sales process leaves out. */
const NOT_ENTERPRISE: readonly OpenStage[] = ['Value Proposition', 'Perception Analysis'];

export const sampleDeals = (
  faker: Faker,
  count: { readonly deals: number; readonly companies: number; readonly sellers: number },
  period: { readonly from: Date; readonly until: Date },
): readonly Deal[] =>
  Array.from({ length: count.deals }, (): Deal => {
    const createdAt = earlier(
      workingHour(faker, faker.date.between({ from: period.from, to: addDays(period.until, -1) })),
      period.until,
    );
    const enterprise = faker.datatype.boolean({ probability: 0.4 });
    const path = enterprise ? OPEN_PATH.filter((stage) => !NOT_ENTERPRISE.includes(stage)) : OPEN_PATH;
    const stage = weighted<OpenStage & ('Prospecting' | 'Qualification' | 'Needs Analysis')>(faker, {
      Prospecting: 7,
      Qualification: 2,
      'Needs Analysis': 1,
    });
    const amount = faker.number.int({ min: 10, max: enterprise ? 2400 : 600 }) * 100;
    const events = dealLife(faker, { at: createdAt, stage, amount, path }, period.until);
    const later = (): Date | null => {
      const at = new Date(addDays(createdAt, faker.number.int({ min: 0, max: 12 })).getTime() + 3_600_000);
      return at < period.until ? at : null;
    };
    const [productsAt, rolesAt] = [later(), later()];
    return {
      createdAt,
      company: faker.number.int({ min: 0, max: count.companies - 1 }),
      seller: faker.number.int({ min: 0, max: count.sellers - 1 }),
      enterprise,
      fields: {
        Name: dealName(faker),
        StageName: stage,
        Amount: amount,
        CloseDate: isoDate(addDays(createdAt, faker.number.int({ min: 30, max: 150 }))),
        LeadSource: weighted(faker, {
          Web: 4,
          'Partner Referral': 2,
          'Phone Inquiry': 1,
          'Purchased List': 1,
          Other: 1,
        }),
        ...(faker.datatype.boolean({ probability: 0.85 })
          ? {
              Type: weighted(faker, {
                'New Customer': 6,
                'Existing Customer - Upgrade': 3,
                'Existing Customer - Replacement': 1,
              }),
            }
          : {}),
      },
      events,
      products:
        productsAt && faker.datatype.boolean({ probability: 0.52 })
          ? {
              at: productsAt,
              lines: faker.helpers
                .arrayElements(
                  CATALOG.map((_item, index) => index),
                  { min: 1, max: 3 },
                )
                .map((product) => ({ product, quantity: faker.number.int({ min: 1, max: 12 }) })),
            }
          : null,
      contactRoles:
        rolesAt && faker.datatype.boolean({ probability: 0.36 })
          ? { at: rolesAt, roles: faker.helpers.arrayElements(ROLES, { min: 1, max: 3 }) }
          : null,
    };
  });

const dealName = (faker: Faker): string => {
  const item = faker.helpers.arrayElement(CATALOG);
  return `${item.name} ${faker.helpers.arrayElement(['rollout', 'extension', 'pilot', 'for Operations', 'for Finance', 'consolidation', 'migration'])} ${faker.string.numeric(4)}`;
};

const earlier = (at: Date, limit: Date): Date => (at < limit ? at : new Date(limit.getTime() - 3_600_000));
