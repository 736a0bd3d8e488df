import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OnLoadResult, OnResolveResult, Plugin } from 'esbuild';
import { compileModule } from './compile-module.ts';
import type { OrgModules } from './org-modules.ts';
import { scopedModule } from './scoped-modules.ts';

const require = createRequire(import.meta.url);

/** Components of the pages themselves: shell, record page, stand-ins for standard components. */
export const CLIENT = path.join(import.meta.dirname, '..', 'client');

const BASE = path.dirname(require.resolve('lightning-base-components/package.json'));
const ENGINE = require.resolve('@lwc/engine-dom').replace(/index\.cjs\.js$/, 'index.js');
const ENGINES: ReadonlySet<string> = new Set(['lwc', '@lwc/engine-dom']);

/** Modules that the base components' package names itself: their labels, feature gates and locale data. */
const NAMED = new Map(
  (
    require('lightning-base-components/package.json') as { lwc: { modules: { name?: string; path?: string }[] } }
  ).lwc.modules.flatMap(({ name, path: file }) =>
    name !== undefined && file !== undefined ? [[name, path.join(BASE, file)] as const] : [],
  ),
);

const ORG = 'org';
const SCOPED = 'scoped';
const EMPTY = 'empty';

const firstThatExists = (stem: string, extensions: readonly string[]): string | undefined =>
  extensions.map((extension) => stem + extension).find((file) => existsSync(file));

/** What the platform's module registry does: finds the module that an import names and compiles it. */
export function resolveModules(org: OrgModules, cacheDir: string): Plugin {
  return {
    name: 'platform-modules',
    setup(build) {
      build.onResolve(
        { filter: /^(@salesforce\/|@lwc\/|lwc$|assert$|[a-z][A-Za-z]*\/[A-Za-z0-9]+$)/ },
        ({ path: id }) => resolve(id, org),
      );
      build.onResolve({ filter: /^\./ }, ({ path: id, importer, namespace, resolveDir }) =>
        namespace === ORG ? resolveInOrg(id, importer, org) : resolveOnDisk(id, resolveDir),
      );
      build.onLoad({ filter: /.*/, namespace: ORG }, ({ path: file }) => loadFromOrg(file, org, cacheDir));
      build.onLoad({ filter: /.*/, namespace: SCOPED }, ({ path: id }) => ({ contents: scopedModule(id, org) ?? '' }));
      build.onLoad({ filter: /.*/, namespace: EMPTY }, () => ({ contents: 'export default undefined;' }));
      build.onLoad({ filter: /\.(ts|js|html|css)$/ }, ({ path: file }) => loadFromDisk(file, cacheDir));
    },
  };
}

function resolve(id: string, org: OrgModules): OnResolveResult | undefined {
  if (ENGINES.has(id)) return { path: ENGINE };
  const [namespace = '', name = ''] = id.split('/');
  if (namespace === 'c') return resolveInOrg(`./${name}`, `${name}/${name}.js`, org);
  if (id.startsWith('@salesforce/')) {
    if (scopedModule(id, org) !== null) return { path: id, namespace: SCOPED };
    const file = NAMED.get(id);
    return file === undefined ? { errors: [{ text: `The local org has no module ${id}.` }] } : { path: file };
  }
  const own = firstThatExists(path.join(CLIENT, 'modules', namespace, name, name), ['.ts']);
  if (own !== undefined) return { path: own };
  if (namespace === 'lightning') {
    const file =
      firstThatExists(path.join(CLIENT, 'adapters', name), ['.ts']) ??
      firstThatExists(path.join(BASE, 'src', 'lightning', name, name), ['.js', '.html', '.css']);
    return file === undefined
      ? { errors: [{ text: `The local org has no module lightning/${name}.` }] }
      : { path: file };
  }
  const named = NAMED.get(id);
  return named === undefined ? undefined : { path: named };
}

/** `./labels` in `stageTracker/stageTracker.js` is `stageTracker/labels.js`. */
function resolveInOrg(id: string, importer: string, org: OrgModules): OnResolveResult {
  const stem = path.posix.join(path.posix.dirname(importer), id.replace(/\?.*$/, ''));
  const found = [stem, `${stem}.js`].find((file) => org.files.has(file));
  if (found !== undefined) return { path: found, namespace: ORG };
  // The compiler imports a template and a stylesheet for every component, there or not.
  if (/\.(html|css)$/.test(stem)) return { path: stem, namespace: EMPTY };
  const component = stem.split('/')[0] ?? stem;
  return {
    errors: [{ text: `The org has no Lightning module ${component === stem ? component : stem}; deploy it first.` }],
  };
}

function resolveOnDisk(id: string, from: string): OnResolveResult | undefined {
  const stem = path.resolve(from, id.replace(/\?.*$/, ''));
  const file = existsSync(stem) && path.extname(stem) !== '' ? stem : firstThatExists(stem, ['.ts', '.js']);
  if (file !== undefined) return { path: file };
  return /\.(html|css)$/.test(stem) ? { path: stem, namespace: EMPTY } : undefined;
}

function loadFromOrg(file: string, org: OrgModules, cacheDir: string): OnLoadResult {
  const [name = '', base = ''] = file.split('/');
  return compiled(cacheDir, { namespace: 'c', name, file: base, source: org.files.get(file) ?? '' }, `lwc/${file}`);
}

function loadFromDisk(file: string, cacheDir: string): OnLoadResult | undefined {
  if (/[\\/]node_modules[\\/]@lwc[\\/]/.test(file)) return undefined;
  const [namespace = '', name = ''] = path.dirname(file).split(path.sep).slice(-2);
  const source = readFileSync(file, 'utf8');
  return {
    ...compiled(cacheDir, { namespace, name, file: path.basename(file), source }, file),
    resolveDir: path.dirname(file),
  };
}

function compiled(cacheDir: string, module: Parameters<typeof compileModule>[1], shown: string): OnLoadResult {
  try {
    return { contents: compileModule(cacheDir, module), loader: 'js' };
  } catch (error) {
    const { message, location } = error as Error & { location?: { line?: number; column?: number } };
    return { errors: [{ text: message, location: { file: shown, line: location?.line, column: location?.column } }] };
  }
}
