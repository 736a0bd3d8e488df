import { base, en, Faker } from '@faker-js/faker';

/** One source of chance for the whole sample, so that the same date gives the same org. */
export const seeded = (seed: number, refDate: Date): Faker => {
  const faker = new Faker({ locale: [en, base], seed });
  faker.setDefaultRefDate(refDate);
  return faker;
};

/** Picks by weight: `{ New: 6, Old: 1 }`. */
export const weighted = <Value extends string>(faker: Faker, weights: Readonly<Record<Value, number>>): Value =>
  faker.helpers.weightedArrayElement(
    (Object.entries(weights) as [Value, number][]).map(([value, weight]) => ({ value, weight })),
  );

const DAY_MS = 86_400_000;

export const addDays = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS);

/** `YYYY-MM-DD` in UTC. */
export const isoDate = (date: Date): string => date.toISOString().slice(0, 10);
