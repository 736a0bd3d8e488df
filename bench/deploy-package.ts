import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deploy } from '../local-org/metadata/deploy.ts';
import { zipFolder } from '../local-org/metadata/package/zip-folder.ts';
import type { LocalOrg } from '../local-org/types.ts';
import { writePackage } from '../scripts/apply/package-folder.ts';
import { gatherComponents } from '../scripts/commands/gather-components.ts';
import { DEFAULT_MODEL_FILE, loadModel } from '../scripts/model/load-model.ts';
import type { Waterfall } from '../scripts/model/waterfall.ts';

const defaultModel = async (): Promise<Waterfall> => {
  const { waterfall } = await loadModel(DEFAULT_MODEL_FILE);
  if (!waterfall) throw new Error(`${DEFAULT_MODEL_FILE} has errors: run npx waterfall model check.`);
  return waterfall;
};

/** The package that a deploy sends into an org that has nothing of its own, as a zip; of this project's model by default. */
export const packageZip = async (model?: Waterfall): Promise<Uint8Array> => {
  const waterfall = model ?? (await defaultModel());
  const folder = mkdtempSync(path.join(tmpdir(), 'waterfall-bench-package-'));
  try {
    writePackage(folder, { components: await gatherComponents(waterfall, process.cwd()) }, '66.0');
    return zipFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Throws when the org refuses it. */
export const deployPackage = (org: LocalOrg, zip: Uint8Array): void => {
  const result = deploy(org, org.user('admin@waterfall.local'), zip, {
    rollbackOnError: true,
    singlePackage: true,
    ignoreWarnings: true,
  });
  if (!result.success)
    throw new Error(
      result.details.componentFailures.map((failure) => `${failure.fullName}: ${failure.problem ?? ''}`).join('\n'),
    );
};
