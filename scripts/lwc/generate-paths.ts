import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lwcModules } from './module-folders.ts';

/** Text of tsconfig.paths.json: `c/x` cannot be mapped to `lwc/x/x.ts` with the one `*` that TypeScript allows. */
export async function pathsConfig(projectDir: string): Promise<string> {
  const modules = (await lwcModules(projectDir)).filter(({ name, files }) => files.includes(`${name}.ts`));
  const paths = Object.fromEntries(modules.map(({ name, folder }) => [`c/${name}`, [`./${folder}/${name}.ts`]]));
  return `${JSON.stringify({ compilerOptions: { paths } }, null, 2)}\n`;
}

if (import.meta.main) {
  await writeFile(path.join(process.cwd(), 'tsconfig.paths.json'), await pathsConfig(process.cwd()));
}
