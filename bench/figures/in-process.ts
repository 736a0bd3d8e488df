import { readFileSync } from 'node:fs';
import { deployPackage, packageZip } from '../deploy-package.ts';
import { timed } from '../figure.ts';
import type { Figure } from '../figure.ts';

const ADMIN = 'admin@waterfall.local';

export const deployWhole: Figure = {
  name: 'Deploy of the whole package, in process',
  unit: 'ms',
  target: { below: 1000 },
  measure: async () => {
    const { openLocalOrg } = await import('../../local-org/open-org.ts');
    const zip = await packageZip();
    const values: number[] = [];
    for (let run = -1; run < 5; run++) {
      const org = openLocalOrg({ file: ':memory:' });
      const [ms] = await timed(1, 0, () => deployPackage(org, zip));
      if (run >= 0) values.push(ms ?? Number.NaN);
      org.close();
    }
    return values;
  },
};

export const soqlById: Figure = {
  name: 'SOQL by id, in process',
  unit: 'ms',
  target: { below: 1 },
  measure: async () => {
    const [{ openLocalOrg }, { runSoql }] = await Promise.all([
      import('../../local-org/open-org.ts'),
      import('../../local-org/data/transaction.ts'),
    ]);
    const org = openLocalOrg({ file: ':memory:' });
    try {
      deployPackage(org, await packageZip());
      const admin = org.user(ADMIN);
      const [saved] = org.transact(admin, (tx) =>
        tx.save({ operation: 'insert', object: 'Account', allOrNone: true, records: [{ Name: 'Benchmark' }] }),
      );
      const soql = `SELECT Id, Name, Owner.Name FROM Account WHERE Id = '${saved?.id ?? ''}'`;
      return await timed(500, 50, () => org.transact(admin, (tx) => runSoql(tx, soql)));
    } finally {
      org.close();
    }
  },
};

export const machine = (): string => {
  const cpu =
    process.platform === 'linux'
      ? /^model name\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]
      : undefined;
  return cpu ?? `${process.platform} ${process.arch}`;
};
