import { readFileSync } from 'node:fs';
import { startBenchOrg, waterfall } from '../bench-org.ts';
import { timed } from '../figure.ts';
import type { Figure } from '../figure.ts';

const inSeconds = (values: readonly number[]): readonly number[] => values.map((ms) => ms / 1000);

export const install: Figure = {
  name: 'Install into the sample org: plan, deploy, verify, as three commands',
  unit: 's',
  target: { below: 10 },
  measure: async () => {
    const seconds: number[] = [];
    for (let run = 0; run < 3; run++) {
      const org = await startBenchOrg();
      try {
        const [ms] = await timed(1, 0, async () => {
          await waterfall(org, 'plan');
          await waterfall(org, 'deploy');
          await waterfall(org, 'verify');
        });
        seconds.push((ms ?? Number.NaN) / 1000);
      } finally {
        await org.close();
      }
    }
    return seconds;
  },
};

export const emptyPlan: Figure = {
  name: 'A plan that finds nothing to change',
  unit: 's',
  target: { below: 2 },
  measure: async () => {
    const org = await startBenchOrg();
    try {
      await waterfall(org, 'deploy');
      return inSeconds(await timed(5, 1, () => waterfall(org, 'plan')));
    } finally {
      await org.close();
    }
  },
};

export const memory: Figure = {
  name: 'Memory of the serving sample org after the install (resident)',
  unit: 'MB',
  target: { below: 400 },
  measure: async () => {
    const org = await startBenchOrg();
    try {
      await waterfall(org, 'deploy');
      await waterfall(org, 'verify');
      return [residentMegabytes(org.pid)];
    } finally {
      await org.close();
    }
  },
};

/** From /proc, so on Linux only; elsewhere there is no figure. */
const residentMegabytes = (pid: number): number => {
  if (process.platform !== 'linux') return Number.NaN;
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
};
