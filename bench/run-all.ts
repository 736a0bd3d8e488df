/**
 * `npm run bench`: takes the figures of the README on this machine and prints them as its table; `--json` for machines, names (or
 * parts of them) to take only some. A figure beyond its target is marked; timings depend on the machine, so it is no failure.
 */
import { cpus, totalmem } from 'node:os';
import { median } from './figure.ts';
import type { Figure } from './figure.ts';
import { bulkStageChanges } from './figures/bulk.ts';
import { help } from './figures/command-line.ts';
import { deployWhole, machine, soqlById } from './figures/in-process.ts';
import { emptyPlan, install, memory } from './figures/install.ts';
import { matchingMemory, matchingQuality, matchingTime } from './figures/matching.ts';
import { million } from './figures/million.ts';
import { startEmpty } from './figures/start-empty.ts';
import { twoHundredThousand } from './figures/two-hundred-thousand.ts';
import { wonChain } from './figures/won-chain.ts';

const FIGURES: readonly Figure[] = [
  help,
  startEmpty,
  deployWhole,
  soqlById,
  bulkStageChanges,
  install,
  emptyPlan,
  memory,
  matchingTime,
  matchingMemory,
  ...matchingQuality,
  wonChain,
  million,
  twoHundredThousand,
];

const args = process.argv.slice(2);
const json = args.includes('--json');
const wanted = args.filter((arg) => !arg.startsWith('--'));
const chosen = FIGURES.filter(
  (figure) =>
    (wanted.length === 0 && !figure.onRequest) ||
    wanted.some((part) => figure.name.toLowerCase().includes(part.toLowerCase())),
);
if (chosen.length === 0) {
  console.error(
    `Error: no figure is called ${wanted.join(', ')}. There are: ${FIGURES.map(({ name }) => name).join('; ')}.`,
  );
  process.exit(1);
}
const shown = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
const targetText = ({ target, unit }: Figure): string =>
  'below' in target ? `below ${target.below} ${unit}` : `above ${target.above} ${unit}`;
const met = ({ target }: Figure, value: number): boolean =>
  'below' in target ? value < target.below : value > target.above;

const results: {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly target: string;
  readonly met: boolean;
}[] = [];
if (!json) {
  console.log(
    `Taken on ${machine()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.\n`,
  );
  console.log('| figure | median | min to max | target |\n|---|---|---|---|');
}
for (const figure of chosen) {
  const values = await figure.measure();
  const result = {
    name: figure.name,
    unit: figure.unit,
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    target: targetText(figure),
    met: met(figure, median(values)),
  };
  results.push(result);
  if (!json)
    console.log(
      `| ${result.name} | ${shown(result.median)} ${result.unit} | ${shown(result.min)} to ${shown(result.max)} | ${result.target}${result.met ? '' : ' (missed)'} |`,
    );
}
if (json)
  console.log(
    JSON.stringify(
      { machine: machine(), cores: cpus().length, node: process.versions.node, figures: results },
      null,
      2,
    ),
  );
