import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** One Lightning module of the project: a component, or plain code that components import as `c/<name>`. */
export interface LwcModule {
  readonly name: string;
  /** Relative to the project, with forward slashes: `force-app/main/default/lwc/stageTracker`. */
  readonly folder: string;
  /** File names in it, sorted; subfolders (tests) left out. */
  readonly files: readonly string[];
}

const SOURCE_ROOT = 'force-app';

/**
 * Every Lightning module of the project, sorted by name, wherever below force-app its `lwc` folder lies.
 * Throws when two folders hold a module of the same name: the platform has one namespace for all of them.
 */
export async function lwcModules(projectDir: string): Promise<readonly LwcModule[]> {
  const entries = await readdir(path.join(projectDir, SOURCE_ROOT), { recursive: true, withFileTypes: true });
  const files = new Map<string, string[]>();
  for (const entry of entries) {
    const folder = path.relative(projectDir, entry.parentPath).split(path.sep).join('/');
    if (entry.isFile() && /\/lwc\/[^/]+$/.test(folder)) {
      files.set(folder, [...(files.get(folder) ?? []), entry.name]);
    }
  }
  const modules = [...files].map(([folder, names]) => ({
    name: path.posix.basename(folder),
    folder,
    files: names.sort(),
  }));
  modules.sort((a, b) => a.name.localeCompare(b.name, 'en') || a.folder.localeCompare(b.folder, 'en'));
  modules.forEach((module, index) => {
    const before = modules[index - 1];
    if (before?.name === module.name) {
      throw new Error(`${before.folder} and ${module.folder} hold a Lightning module of the same name; rename one`);
    }
  });
  return modules;
}
