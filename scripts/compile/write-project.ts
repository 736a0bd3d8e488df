import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import { printManifest } from '../metadata/manifest.ts';
import { sourceFiles } from '../metadata/source-files.ts';
import type { Component } from '../metadata/component.ts';
import { LEAD_CONVERSION_PERMISSION_SET } from './names.ts';
import { API_VERSION } from './project.ts';

/** Relative to the project: everything below it is compiled. */
const PACKAGE = 'force-app/waterfall/main/default';
const MANIFEST = 'manifest/package.xml';
/** Written by hand; the record page needs it, so the manifest names it too. */
const HAND_WRITTEN = 'force-app/main/default';
/** What is written by hand, by the end of its metadata file's path. */
const HAND_WRITTEN_TYPES = [
  { type: 'ApexClass', file: /classes[/\\]([^/\\]+)\.cls-meta\.xml$/ },
  { type: 'LightningComponentBundle', file: /lwc[/\\][^/\\]+[/\\]([^/\\]+)\.js-meta\.xml$/ },
  { type: 'CustomLabels', file: /labels[/\\](CustomLabels)\.labels-meta\.xml$/ },
] as const;

export interface WrittenProject {
  /** Paths relative to the project folder. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const filesBelow = async (folder: string): Promise<readonly string[]> => {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
};

const handWritten = async (project: string): Promise<readonly { type: string; fullName: string }[]> => {
  const paths = await filesBelow(join(project, HAND_WRITTEN));
  return paths.flatMap((path) =>
    HAND_WRITTEN_TYPES.flatMap(({ type, file }) => {
      const fullName = file.exec(path)?.[1];
      return fullName === undefined ? [] : [{ type, fullName }];
    }),
  );
};

const currentText = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

/**
 * The files that a project holds for these components, by path relative to the project: metadata, code, and
 * manifest/package.xml.
 */
export const projectFiles = async (
  components: readonly Component[],
  project: string,
): Promise<ReadonlyMap<string, string>> => {
  const files = new Map<string, string>();
  for (const component of components) {
    for (const [path, text] of sourceFiles(component)) files.set(join(PACKAGE, path), text);
  }
  // Apex is there for leads that are converted; production runs its tests wherever it is deployed.
  const withApex = components.some(({ fullName }) => fullName === LEAD_CONVERSION_PERMISSION_SET);
  const byHand = (await handWritten(project)).filter(({ type }) => withApex || type !== 'ApexClass');
  const named = [...components, ...byHand];
  return files.set(MANIFEST, printManifest(named, API_VERSION));
};

/**
 * Writes the components below `project` and removes what an earlier model left there. Files whose text stays the same
 * are not touched. Throws the file system's error when something cannot be written.
 */
export const writeProject = async (components: readonly Component[], project: string): Promise<WrittenProject> => {
  const files = await projectFiles(components, project);
  const written: string[] = [];
  for (const [path, text] of files) {
    const target = join(project, path);
    if ((await currentText(target)) === text) continue;
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    written.push(path);
  }
  const removed: string[] = [];
  for (const path of await filesBelow(join(project, PACKAGE))) {
    const name = relative(project, path);
    if (files.has(name)) continue;
    await rm(path);
    removed.push(name);
  }
  return { written, removed, unchanged: files.size - written.length };
};
