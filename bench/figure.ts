/** One figure of the README: how it is taken, in what unit, and what it should stay below. A timing informs; it is not a test. */
export interface Figure {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'MB' | 'records/s' | '%';
  readonly target: { readonly below: number } | { readonly above: number };
  /** Takes minutes: only taken when it is named. */
  readonly onRequest?: true;
  /** Values of the runs that count, in `unit`. */
  measure(): Promise<readonly number[]>;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};

/** Milliseconds of each of `runs` calls after `warmUp` calls that do not count. */
export const timed = async (runs: number, warmUp: number, work: () => unknown): Promise<readonly number[]> => {
  const values: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    const started = performance.now();
    await work();
    if (run >= 0) values.push(performance.now() - started);
  }
  return values;
};
