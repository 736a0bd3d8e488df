/**
 * `node bench/matching/match-many.ts <accounts> <leads>`: makes a backlog, matches it and prints one line of JSON: seconds for building
 * the index and matching, and the most memory this process has held, the made-up records themselves included.
 */
import { heldOutWorld } from './held-out-world.ts';
import { qualityOf } from './run-world.ts';

const [accounts, leads] = process.argv.slice(2).map(Number) as [number, number];
const world = heldOutWorld({ seed: 7, accounts, leads });
const started = performance.now();
const { precision, recall } = qualityOf(world);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ seconds, megabytes: process.resourceUsage().maxRSS / 1024, precision, recall }));
