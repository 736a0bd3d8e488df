/**
 * Writes oclif.manifest.json, from which help and command look-up work without loading any command:
 * `node scripts/commands/write-manifest.ts`. A test holds it in step with the commands.
 */
import { Plugin } from '@oclif/core';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_FOLDER } from './project-folder.ts';

export const MANIFEST_FILE = path.join(PROJECT_FOLDER, 'oclif.manifest.json');

/** The manifest's text for the commands as they are now. */
export async function manifestText(): Promise<string> {
  const plugin = new Plugin({
    root: PROJECT_FOLDER,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    isRoot: true,
    type: 'core',
    pjson: packageJson(),
  } as never);
  await plugin.load();
  return `${JSON.stringify(plugin.manifest, null, 2)}\n`;
}

const packageJson = (): unknown => JSON.parse(readFileSync(path.join(PROJECT_FOLDER, 'package.json'), 'utf8'));

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) writeFileSync(MANIFEST_FILE, await manifestText());
