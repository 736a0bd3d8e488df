import type { RawWaterfall } from '../schema/waterfall.ts';
import type { Waterfall } from '../waterfall.ts';
import type { Path } from '../yaml-source.ts';

/** A rule of the model that the file breaks, and where; the loader adds the line. */
export interface Problem {
  readonly severity: 'error' | 'info';
  readonly code: string;
  readonly path: Path;
  readonly message: string;
  readonly action: string;
}

/** `raw` is the file as written, `waterfall` what it means. A check never throws. */
export type Check = (raw: RawWaterfall, waterfall: Waterfall) => readonly Problem[];

export const error = (code: string, path: Path, message: string, action: string): Problem => ({
  severity: 'error',
  code,
  path,
  message,
  action,
});

/** Indexes of values that repeat an earlier one, letter case aside: the platform's names are not case-sensitive. */
export const repeats = (values: readonly string[]): readonly { readonly index: number; readonly first: number }[] => {
  const seen = new Map<string, number>();
  return values.flatMap((value, index) => {
    const key = value.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    return first === undefined ? [] : [{ index, first }];
  });
};
