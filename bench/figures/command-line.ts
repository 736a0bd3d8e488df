import { run } from '../bench-org.ts';
import { timed } from '../figure.ts';
import type { Figure } from '../figure.ts';

export const help: Figure = {
  name: '`waterfall --help`',
  unit: 's',
  target: { below: 0.6 },
  measure: async () => (await timed(7, 2, () => run(['bin/waterfall.js', '--help']))).map((ms) => ms / 1000),
};
