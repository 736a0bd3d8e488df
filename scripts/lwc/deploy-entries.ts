import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { eraseTypes } from './erase-types.ts';
import { lwcModules } from './module-folders.ts';

/** What a deploy needs of the project's Lightning side, in metadata format. */
export interface LwcDeployEntries {
  /** Members for package.xml by metadata type. */
  readonly members: Readonly<Record<'LightningComponentBundle' | 'CustomLabel', readonly string[]>>;
  /** Path inside the zip (`lwc/stageTracker/stageTracker.js`) -> content. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

const LABELS_SOURCE = 'force-app/main/default/labels/CustomLabels.labels-meta.xml';
const LABELS_ENTRY = 'labels/CustomLabels.labels';

/**
 * The project's Lightning modules as the platform takes them (TypeScript erased to JavaScript) and the custom labels they
 * show. Needs no type check and no TypeScript compiler run.
 */
export async function lwcDeployEntries(projectDir: string): Promise<LwcDeployEntries> {
  const modules = await lwcModules(projectDir);
  const files = new Map<string, Uint8Array>();
  for (const { name, folder, files: names } of modules) {
    for (const file of names) {
      const source = await readFile(path.join(projectDir, folder, file));
      const built = file.endsWith('.ts')
        ? Buffer.from(eraseTypes(source.toString('utf8'), `${folder}/${file}`))
        : source;
      files.set(`lwc/${name}/${file.replace(/\.ts$/, '.js')}`, built);
    }
  }
  const labels = await readFile(path.join(projectDir, LABELS_SOURCE));
  files.set(LABELS_ENTRY, labels);
  return {
    members: {
      LightningComponentBundle: modules.map(({ name }) => name),
      CustomLabel: [...labels.toString('utf8').matchAll(/<fullName>([^<]+)<\/fullName>/g)].map(
        ([, name]) => name ?? '',
      ),
    },
    files,
  };
}
