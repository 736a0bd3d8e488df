/**
 * source-deploy-retrieve, which sf deploys with, must see in force-app/waterfall what we see, and build the same zip
 * from it.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';

import { compileWaterfall } from '../../scripts/compile/compile-waterfall.ts';
import { componentKey } from '../../scripts/metadata/component.ts';
import { API_VERSION } from '../../scripts/compile/project.ts';
import { writeProject } from '../../scripts/compile/write-project.ts';
import { parseMetadata } from '../../scripts/metadata/parse-xml.ts';
import { toMetadataZipEntries } from '../../scripts/metadata/zip-entries.ts';
import { loadModel } from '../../scripts/model/load-model.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const { waterfall } = await loadModel(join(PROJECT, 'config/waterfall.yaml'));
const components = compileWaterfall(waterfall!);

const filesBelow = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path, 'utf8')] as const)),
  );
};

/** Values with their arrays of named children sorted: the two may list an object's children in different orders. */
const normal = (value: unknown): unknown => {
  if (Array.isArray(value))
    return value.map(normal).sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort()
      .map(([key, item]) => [key, normal(item)]),
  );
};

test('it resolves every component, and converts them to the files of our own zip', async () => {
  const project = await mkdtemp(join(tmpdir(), 'waterfall-sdr-'));
  try {
    await writeProject(components, project);
    const set = ComponentSet.fromSource(join(project, 'force-app'));
    set.sourceApiVersion = API_VERSION;
    const keys = set
      .getSourceComponents()
      .toArray()
      .flatMap((component) => [component, ...component.getChildren()]);
    const resolved = new Set(keys.map(({ type, fullName }) => `${type.name}:${fullName}`));
    for (const key of components.map(componentKey)) assert.ok(resolved.has(key), `${key} is not resolved`);

    const outputDirectory = join(project, 'converted');
    await new MetadataConverter().convert(set, 'metadata', { type: 'directory', outputDirectory, genUniqueDir: false });
    const theirs = await filesBelow(outputDirectory);
    const ours = toMetadataZipEntries(components, { apiVersion: API_VERSION });
    const comparable = (paths: Iterable<string>): readonly string[] =>
      [...paths].filter((path) => !/package\.xml$|\.[jt]s$/.test(path)).sort();
    assert.deepEqual(comparable(theirs.keys()), comparable(ours.keys()));
    for (const path of comparable(ours.keys())) {
      assert.deepEqual(
        normal(parseMetadata(theirs.get(path)!, path)),
        normal(parseMetadata(ours.get(path)!, path)),
        path,
      );
    }
  } finally {
    await rm(project, { recursive: true });
  }
});
