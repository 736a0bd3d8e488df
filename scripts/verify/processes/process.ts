/** A process of the waterfall that spans several records: tried once, with a row for each thing that has to be seen. */
import type { Waterfall } from '../../model/waterfall.ts';
import type { Lab } from './lab.ts';

/** What was seen, in words; passed when `expected` is `actual`. */
export interface Seen {
  /** What was done: `a member's score reaches 100`. */
  readonly trigger: string;
  readonly expected: string;
  readonly actual: string;
}

export interface Process {
  /** `Promotion`, `Handshake` … */
  readonly family: string;
  /** `A member's lead score reached 100`: the model's name for it. */
  readonly name: string;
  /** Label of the opportunity type it is about. */
  readonly type: string;
  /** The flows that do it; where the model compiles to none of them there is nothing to try. */
  readonly flows: readonly string[];
  /** Throws Refused when the org keeps a test record out. */
  readonly run: (lab: Lab) => Promise<readonly Seen[]>;
}

/** The processes of one kind that a model has. */
export type Processes = (waterfall: Waterfall) => readonly Process[];

/** Compares several values at once: `Stage Prioritized; Owner …`. */
export const seen = (
  trigger: string,
  pairs: Readonly<Record<string, readonly [wanted: unknown, found: unknown]>>,
): Seen => ({
  trigger,
  expected: Object.entries(pairs)
    .map(([what, [wanted]]) => `${what} ${shown(wanted)}`)
    .join('; '),
  actual: Object.entries(pairs)
    .map(([what, [, found]]) => `${what} ${shown(found)}`)
    .join('; '),
});

const shown = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'blank';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
