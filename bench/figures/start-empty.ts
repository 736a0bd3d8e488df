import { timed } from '../figure.ts';
import type { Figure } from '../figure.ts';

export const startEmpty: Figure = {
  name: 'Local org start, in process, empty',
  unit: 'ms',
  target: { below: 150 },
  measure: async () => {
    const { startLocalOrg } = await import('../../local-org/start-local-org.ts');
    return timed(9, 1, async () => {
      const org = await startLocalOrg({});
      await org.close();
    });
  },
};
