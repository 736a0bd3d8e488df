import { spawnSync } from 'node:child_process';
import { measure } from '../../scripts/matching/measure.ts';
import type { Quality } from '../../scripts/matching/measure.ts';
import type { Figure } from '../figure.ts';
import { heldOutWorld } from '../matching/held-out-world.ts';
import { judgePlainly } from '../matching/plain-matcher.ts';
import { qualityOf } from '../matching/run-world.ts';
import { tuningWorld } from '../matching/tuning-world.ts';

const ACCOUNTS = 50_000;
const LEADS = 100_000;
const RUNS = 3;

interface Run {
  readonly seconds: number;
  readonly megabytes: number;
}
let runs: readonly Run[] | null = null;

/** In processes of their own, so that the memory is matching's alone. Both figures come from the same runs. */
const measured = (): readonly Run[] =>
  (runs ??= Array.from({ length: RUNS }, () => {
    const args = [
      '--disable-warning=ExperimentalWarning',
      'bench/matching/match-many.ts',
      String(ACCOUNTS),
      String(LEADS),
    ];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`Matching ended with ${status}: ${stderr}`);
    return JSON.parse(stdout) as Run;
  }));

const taken = <T>(value: T): Promise<T> => Promise.resolve(value);

export const matchingTime: Figure = {
  name: 'Matching 100,000 leads against 50,000 accounts',
  unit: 's',
  target: { below: 60 },
  measure: () => taken(measured().map(({ seconds }) => seconds)),
};

export const matchingMemory: Figure = {
  name: 'Memory of matching 100,000 leads against 50,000 accounts (most, resident)',
  unit: 'MB',
  target: { below: 1024 },
  measure: () => taken(measured().map(({ megabytes }) => megabytes)),
};

const SIZE = { accounts: 3000, leads: 6000 };
const SEEDS = [1, 2, 3];
const WORLDS = { 'set apart': heldOutWorld, 'tuning set': tuningWorld };

const quality = (
  name: string,
  above: number,
  value: (quality: Quality) => number,
  set: keyof typeof WORLDS,
  plain = false,
): Figure => ({
  name: `Matching, ${set}: ${name}`,
  unit: '%',
  target: { above },
  measure: () =>
    taken(
      SEEDS.map((seed) => {
        const world = WORLDS[set]({ seed, ...SIZE });
        return 100 * value(plain ? measure(judgePlainly(world)) : qualityOf(world));
      }),
    ),
});

const precision = ({ precision: value }: Quality): number => value;
const recall = ({ recall: value }: Quality): number => value;
const withReview = ({ recallWithReview: value }: Quality): number => value;

export const matchingQuality: readonly Figure[] = [
  quality('matches that are right', 98, precision, 'set apart'),
  quality('leads of an account that are matched to it', 89, recall, 'set apart'),
  quality('the same with those shown for review', 93, withReview, 'set apart'),
  quality('matches that are right', 98, precision, 'tuning set'),
  quality('leads of an account that are matched to it', 93, recall, 'tuning set'),
  quality('the same with those shown for review', 96, withReview, 'tuning set'),
  quality("for comparison, by the flows' rule: matches that are right", 0, precision, 'set apart', true),
  quality(
    "for comparison, by the flows' rule: leads of an account that are matched to it",
    0,
    recall,
    'set apart',
    true,
  ),
];
