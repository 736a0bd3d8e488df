import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deployPackage, packageZip } from '../deploy-package.ts';
import type { Figure } from '../figure.ts';

/** With two contacts, two opportunities and four contact roles each, what they are won by, leads and responses: 200,000 and more. */
const ACCOUNTS = 20_000;

/** Seconds from the first upload to the end of everything that follows from it. Throws when the checks find an orphan or a double. */
const measure = async (): Promise<readonly number[]> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-bench-load-'));
  // Before the client is loaded: it keeps logins below the home folder.
  process.env['HOME'] = folder;
  process.env['SF_DISABLE_LOG_FILE'] = 'true';
  const [{ startLocalOrg }, { loadModel, DEFAULT_MODEL_FILE }, { loadCompany }, { hirePeople }, { clientOf }] =
    await Promise.all([
      import('../../local-org/start-local-org.ts'),
      import('../../scripts/model/load-model.ts'),
      import('../load/company-load.ts'),
      import('../load/people.ts'),
      import('../load/org-client.ts'),
    ]);
  const { checkIntegrity } = await import('../../scripts/verify/integrity/check-integrity.ts');
  const { renderIntegrity } = await import('../../scripts/verify/integrity/render-integrity.ts');
  const running = await startLocalOrg({ file: path.join(folder, 'org.sqlite') });
  try {
    const { waterfall } = await loadModel(DEFAULT_MODEL_FILE);
    if (!waterfall) throw new Error(`${DEFAULT_MODEL_FILE} has errors: run npx waterfall model check.`);
    deployPackage(running.org, await packageZip());
    hirePeople(running.org, waterfall);
    const started = performance.now();
    const load = await loadCompany(running, waterfall, ACCOUNTS, (what) => console.error(`  ${what}`));
    const seconds = (performance.now() - started) / 1000;
    const report = await checkIntegrity(await clientOf(running), waterfall);
    console.error(
      [
        `${String(load.total)} records sent: ${JSON.stringify(load.sent)}`,
        `Paths run: ${JSON.stringify(load.paths)}`,
        `Milliseconds: ${JSON.stringify(load.durations)}`,
        `Memory: ${String(Math.round(process.memoryUsage().rss / 2 ** 20))} MB resident`,
        renderIntegrity(report),
      ].join('\n'),
    );
    if (!report.ok || load.failures.length > 0)
      throw new Error(`The load left damage behind. Paths that failed: ${load.failures.join('; ') || 'none'}.`);
    return [seconds];
  } finally {
    await running.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

export const twoHundredThousand: Figure = {
  name: 'Two hundred thousand records through Bulk API 2.0, the waterfall active, no orphan and no double',
  unit: 's',
  target: { below: 900 },
  onRequest: true,
  measure,
};
