import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { compilerProblems } from './compiler-check.ts';
import { lwcDeployEntries } from './deploy-entries.ts';

/**
 * Writes the Lightning side of the project as a project of its own that `sf project deploy start` takes: JavaScript bundles,
 * checked by the platform's compiler. Returns how many files were written; throws with every refused file.
 */
export async function buildLwc(projectDir: string, outDir: string): Promise<number> {
  const { files } = await lwcDeployEntries(projectDir);
  const problems = compilerProblems(files);
  if (problems.length > 0) {
    throw new Error(`The LWC compiler refuses:\n${problems.join('\n')}`);
  }
  const target = path.join(outDir, 'force-app', 'main', 'default');
  await rm(path.join(outDir, 'force-app'), { recursive: true, force: true });
  for (const [entry, content] of files) {
    // Source format names a metadata file `….labels-meta.xml`.
    const file = path.join(target, entry.endsWith('.labels') ? `${entry}-meta.xml` : entry);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await copyFile(path.join(projectDir, 'sfdx-project.json'), path.join(outDir, 'sfdx-project.json'));
  return files.size;
}

if (import.meta.main) {
  const [outDir = 'dist/deploy'] = process.argv.slice(2);
  const count = await buildLwc(process.cwd(), outDir);
  process.stdout.write(`${count} files written to ${outDir}, accepted by @lwc/compiler\n`);
}
