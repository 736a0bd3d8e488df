import type { Clock } from './types.ts';

/** A clock that follows `machine` until it is moved, and then runs on from where it was moved to. */
export function createClock(machine: () => Date = () => new Date()): Clock {
  let offset = 0;
  return {
    now: () => new Date(machine().getTime() + offset),
    moveTo(moment) {
      offset = moment === null ? 0 : moment.getTime() - machine().getTime();
    },
  };
}
