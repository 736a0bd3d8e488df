import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { projectFiles } from '../../scripts/compile/write-project.ts';
import { defaultModel, PROJECT } from './models.ts';

const COMMAND = 'run: node scripts/compile/main.ts';

test('force-app/waterfall and manifest/package.xml are what config/waterfall.yaml compiles to', async () => {
  const files = await projectFiles(compileWaterfall(defaultModel), PROJECT);
  const folder = join(PROJECT, 'force-app/waterfall');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const there = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(PROJECT, join(entry.parentPath, entry.name)));
  assert.deepEqual([...there, 'manifest/package.xml'].sort(), [...files.keys()].sort(), COMMAND);
  for (const [path, text] of files)
    assert.equal(await readFile(join(PROJECT, path), 'utf8'), text, `${path}; ${COMMAND}`);
});
