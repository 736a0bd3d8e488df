import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { transformSync } from '@lwc/compiler';
import tsBlankSpace from 'ts-blank-space';

const require = createRequire(import.meta.url);

/**
 * `enableDynamicComponents`: the page places components that its metadata names. `enableSyntheticElementInternals`: the base
 * combobox attaches element internals, which synthetic shadow refuses otherwise.
 */
const OPTIONS = { enableDynamicComponents: true, enableSyntheticElementInternals: true, apiVersion: 66 } as const;

const SALT = JSON.stringify([(require('@lwc/compiler/package.json') as { version: string }).version, OPTIONS]);

export interface ModuleSource {
  readonly namespace: string;
  readonly name: string;
  /** File name with extension; `.ts`, `.js`, `.html` or `.css`. */
  readonly file: string;
  readonly source: string;
}

/** One source file as the platform compiles it. Results are kept in `cacheDir` by content. Throws the compiler's error. */
export function compileModule(cacheDir: string, { namespace, name, file, source }: ModuleSource): string {
  const key = createHash('sha256')
    .update(JSON.stringify([SALT, namespace, name, file, source]))
    .digest('hex')
    .slice(0, 40);
  const cached = path.join(cacheDir, 'modules', key);
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const script = file.endsWith('.ts') ? tsBlankSpace(source) : source;
  const { code } = transformSync(script, file.replace(/\.ts$/, '.js'), {
    ...OPTIONS,
    namespace,
    name,
    scopedStyles: file.endsWith('.scoped.css'),
  });
  mkdirSync(path.dirname(cached), { recursive: true });
  // Written aside and renamed, so that a second process never reads half a file.
  const aside = `${cached}.${String(process.pid)}`;
  writeFileSync(aside, code);
  renameSync(aside, cached);
  return code;
}
