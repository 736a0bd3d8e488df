import type { IntegrityReport, IntegrityResult } from './types.ts';

/** Of one check, and ids of one finding; `--json` has all. */
const SHOWN = 5;
const IDS_SHOWN = 4;

const atMost = (list: readonly string[], most: number): string =>
  list.length <= most ? list.join(', ') : `${list.slice(0, most).join(', ')} and ${String(list.length - most)} more`;

const line = ({ check, lookedAt, damages }: IntegrityResult, width: number): string =>
  `  ${damages.length === 0 ? '✓' : '✗'} ${check.padEnd(width)}  ${
    damages.length === 0 ? `${String(lookedAt)} looked at` : `${String(damages.length)} wrong of ${String(lookedAt)}`
  }`;

const wrong = ({ check, rule, damages }: IntegrityResult): string =>
  [
    `✗ ${check}: ${rule}`,
    ...damages.slice(0, SHOWN).map(({ problem, ids }) => `    ${atMost(ids, IDS_SHOWN)}: ${problem}`),
    ...(damages.length > SHOWN ? [`    and ${String(damages.length - SHOWN)} more; --json names them all`] : []),
  ].join('\n');

/** As text for a terminal: a line per check, what is wrong with its records, and what people were told meanwhile. */
export const renderIntegrity = ({ org, results, told, durations, ok }: IntegrityReport): string => {
  const width = Math.max(...results.map(({ check }) => check.length));
  const damaged = results.filter(({ damages }) => damages.length > 0);
  const seconds = ((durations.reading + durations.checking) / 1000).toFixed(1);
  return [
    ['What the records of the waterfall say', ...results.map((result) => line(result, width))].join('\n'),
    ...damaged.map(wrong),
    ...(told.length > 0
      ? [
          [
            'What RevOps was told (tasks, open of all)',
            ...told.map(({ what, reason, count, open }) => `  ${String(open)} of ${String(count)}  ${what}: ${reason}`),
          ].join('\n'),
        ]
      : []),
    `${org.name}: ${ok ? 'nothing is wrong' : `${String(damaged.length)} of ${String(results.length)} checks found something`}, in ${seconds} s. Nothing was written.`,
  ].join('\n\n');
};
