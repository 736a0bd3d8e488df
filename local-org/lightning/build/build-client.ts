import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild, { type BuildFailure } from 'esbuild';
import { ClientBuildError } from './client-build-error.ts';
import type { OrgModules } from './org-modules.ts';
import { CLIENT, resolveModules } from './resolve-modules.ts';

const require = createRequire(import.meta.url);

const DEFINE = { 'import.meta.env.SSR': 'false', 'process.env.NODE_ENV': '"development"' };

/** Names the components that pages may place, so that a page can create one by the name that its metadata gives. */
const registryOf = (org: OrgModules): string =>
  [
    ...org.exposed.map((name, index) => `import component${String(index)} from 'c/${name}';`),
    `export const COMPONENTS = {${org.exposed.map((name, index) => `${JSON.stringify(name)}: component${String(index)}`).join(', ')}};`,
  ].join('\n');

const underWay = new Map<string, Promise<string>>();

/**
 * Builds the pages' code for what is deployed, and returns the folder that holds it: `app.js` and `synthetic-shadow.js`. A build
 * is kept by content: the same components, pages and tools are never built twice, also when several ask at once. Throws
 * ClientBuildError.
 */
export async function buildClient(org: OrgModules, cacheDir: string): Promise<string> {
  const folder = path.join(cacheDir, 'pages', `${org.hash}-${clientHash()}`);
  if (existsSync(path.join(folder, 'app.js'))) return folder;
  const building = underWay.get(folder) ?? build(org, cacheDir, folder).finally(() => underWay.delete(folder));
  underWay.set(folder, building);
  return building;
}

async function build(org: OrgModules, cacheDir: string, folder: string): Promise<string> {
  const aside = `${folder}.${String(process.pid)}`;
  const shared = { bundle: true, outdir: aside, target: 'es2022', define: DEFINE, logLevel: 'silent' } as const;
  const registry = {
    name: 'registry',
    setup(build: esbuild.PluginBuild) {
      build.onResolve({ filter: /^registry$/ }, () => ({ path: 'registry', namespace: 'registry' }));
      build.onLoad({ filter: /.*/, namespace: 'registry' }, () => ({ contents: registryOf(org), resolveDir: CLIENT }));
    },
  };
  try {
    await Promise.all([
      esbuild.build({
        ...shared,
        entryPoints: { app: path.join(CLIENT, 'main.ts') },
        format: 'esm',
        plugins: [registry, resolveModules(org, cacheDir)],
      }),
      // A classic script of its own: it has to run before the engine is evaluated.
      esbuild.build({
        ...shared,
        entryPoints: { 'synthetic-shadow': require.resolve('@lwc/synthetic-shadow') },
        format: 'iife',
      }),
    ]);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    throw new ClientBuildError(problemsOf(error));
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(aside, folder);
  removeOldBuilds(path.dirname(folder));
  return folder;
}

/** As many as there may be orgs and versions in use at one time on one machine. */
const KEPT_BUILDS = 10;

/** Every deploy of a component makes a new build; only the newest are kept. */
function removeOldBuilds(pages: string): void {
  const builds = readdirSync(pages).map((name) => path.join(pages, name));
  const newestFirst = builds
    .map((folder) => ({ folder, time: statSync(folder).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { folder } of newestFirst.slice(KEPT_BUILDS)) rmSync(folder, { recursive: true, force: true });
}

const problemsOf = (error: unknown): string[] =>
  error instanceof Error && 'errors' in error
    ? (error as BuildFailure).errors.map(({ text, location }) =>
        location ? `${location.file}:${String(location.line)}:${String(location.column)}: ${text}` : text,
      )
    : [error instanceof Error ? error.message : String(error)];

let known: string | undefined;

/** Of the pages' own sources and of this build, which change only with a new version of the program. */
function clientHash(): string {
  if (known === undefined) {
    const hash = createHash('sha256');
    for (const root of [CLIENT, import.meta.dirname]) {
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
        if (entry.isFile()) hash.update(entry.name).update(readFileSync(path.join(entry.parentPath, entry.name)));
      }
    }
    known = hash.digest('hex').slice(0, 16);
  }
  return known;
}
