/**
 * Golden folder: fixtures/two-types/given/waterfall.yaml gives fixtures/two-types/expected. UPDATE_GOLDEN=1 writes what
 * is compiled now.
 */
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { test } from 'node:test';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { sourceFiles } from '../../scripts/metadata/source-files.ts';
import { TWO_TYPES, twoTypes } from './models.ts';

const EXPECTED = join(TWO_TYPES, 'expected');

/** Flows have a golden folder of their own. */
const compiled = (): ReadonlyMap<string, string> =>
  new Map(
    compileWaterfall(twoTypes)
      .filter(({ type }) => type !== 'Flow')
      .flatMap((component) => [...sourceFiles(component)]),
  );

const expected = async (): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(EXPECTED, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(EXPECTED, path), await readFile(path, 'utf8')] as const)),
  );
};

const write = async (files: ReadonlyMap<string, string>): Promise<void> => {
  await rm(EXPECTED, { recursive: true, force: true });
  for (const [path, text] of files) {
    await mkdir(dirname(join(EXPECTED, path)), { recursive: true });
    await writeFile(join(EXPECTED, path), text);
  }
};

test('the small model compiles to the files that are expected', async () => {
  const files = compiled();
  if (process.env.UPDATE_GOLDEN === '1') await write(files);
  const golden = await expected();
  assert.deepEqual([...files.keys()].sort(), [...golden.keys()].sort());
  for (const [path, text] of files) assert.equal(text, golden.get(path), path);
});
