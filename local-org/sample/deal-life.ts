import type { Faker } from '@faker-js/faker';
import { addDays, isoDate } from './seeded.ts';
import { CHANCE, DAYS_IN_STAGE, LOSS_CHANCE, SKIP_CHANCE } from './stage-habits.ts';
import type { OpenStage } from './stage-habits.ts';

/** One save of an opportunity's life: what somebody typed, and when. */
export interface DealEvent {
  readonly at: Date;
  readonly set: Readonly<{ StageName?: string; Amount?: number; CloseDate?: string }>;
}

/** The saves after its creation that bring an opportunity from `start` to where it is at `until`, in time order. Pure but for chance. */
export const dealLife = (
  faker: Faker,
  start: { readonly at: Date; readonly stage: OpenStage; readonly amount: number; readonly path: readonly OpenStage[] },
  until: Date,
): readonly DealEvent[] => {
  const events: DealEvent[] = [];
  const { path } = start;
  let { at, stage, amount } = start;
  const record = (set: DealEvent['set']): boolean => {
    if (at >= until) return false;
    events.push({ at, set });
    return true;
  };
  for (let saves = 0; saves < 40; saves++) {
    if (chance(faker, CHANCE.forgotten)) return events;
    at = workingHour(faker, addDays(at, stay(faker, stage)));
    if (chance(faker, LOSS_CHANCE[stage])) {
      if (!record({ StageName: 'Closed Lost', CloseDate: isoDate(at) }) || !chance(faker, CHANCE.reopened))
        return events;
      at = workingHour(faker, addDays(at, faker.number.int({ min: 5, max: 60 })));
      if (!record({ StageName: stage, CloseDate: pushed(faker, at) })) return events;
      continue;
    }
    const next = chance(faker, CHANCE.regression) ? previous(path, stage) : following(faker, path, stage);
    if (next === null) {
      if (!record({ StageName: 'Closed Won', CloseDate: isoDate(at) }) || !chance(faker, CHANCE.reopened))
        return events;
      at = workingHour(faker, addDays(at, faker.number.int({ min: 1, max: 12 })));
      if (!record({ StageName: stage, CloseDate: pushed(faker, at) })) return events;
      continue;
    }
    stage = next;
    const changed = chance(faker, CHANCE.amountChange);
    if (changed) amount = Math.max(500, Math.round((amount * faker.number.float({ min: 0.7, max: 1.5 })) / 100) * 100);
    const set = {
      StageName: stage,
      ...(changed ? { Amount: amount } : {}),
      ...(chance(faker, CHANCE.closeDatePush) ? { CloseDate: pushed(faker, at) } : {}),
    };
    if (!record(set)) return events;
  }
  return events;
};

const chance = (faker: Faker, probability: number): boolean => faker.datatype.boolean({ probability });

/** Log-normal-like: most stays are short, some are very long. */
const stay = (faker: Faker, stage: OpenStage): number => {
  const spread =
    faker.number.float({ min: 0.3, max: 1.2 }) * (chance(faker, 0.12) ? faker.number.float({ min: 2, max: 5 }) : 1);
  return Math.max(1, Math.round(DAYS_IN_STAGE[stage] * spread * 1.3));
};

const following = (faker: Faker, path: readonly OpenStage[], stage: OpenStage): OpenStage | null =>
  path.slice(path.indexOf(stage) + 1).find((candidate) => !chance(faker, SKIP_CHANCE[candidate] ?? 0)) ?? null;

const previous = (path: readonly OpenStage[], stage: OpenStage): OpenStage =>
  path[Math.max(0, path.indexOf(stage) - 1)] ?? stage;

const pushed = (faker: Faker, at: Date): string => isoDate(addDays(at, faker.number.int({ min: 20, max: 110 })));

/** People save records on weekdays between seven and eighteen o'clock (UTC). */
export const workingHour = (faker: Faker, date: Date): Date => {
  const day = date.getUTCDay();
  const weekday = addDays(date, day === 6 ? 2 : day === 0 ? 1 : 0);
  weekday.setUTCHours(
    faker.number.int({ min: 7, max: 17 }),
    faker.number.int({ min: 0, max: 59 }),
    faker.number.int({ min: 0, max: 59 }),
    0,
  );
  return weekday;
};
