/** What an admin of the org adds to it beside the waterfall. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePackage } from '../../../scripts/apply/package-folder.ts';
import type { MetadataOrg } from '../../../scripts/org/metadata-org.ts';

interface OwnComponent {
  readonly type: string;
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The org's one rule of its own on an object: deployed again it is replaced. */
export const validationRule = (
  object: string,
  { formula, message, active }: { readonly formula: string; readonly message: string; readonly active: boolean },
): OwnComponent => ({
  type: 'ValidationRule',
  fullName: `${object}.Own_Rule`,
  metadata: { active, errorConditionFormula: formula, errorMessage: message },
});

export const deployComponent = async (org: Pick<MetadataOrg, 'deploy'>, component: OwnComponent): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'waterfall-lab-'));
  try {
    writePackage(folder, { components: [component] }, '66.0');
    assert.deepEqual((await org.deploy(folder)).problems, []);
  } finally {
    await rm(folder, { recursive: true });
  }
};
