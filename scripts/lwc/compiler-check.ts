import path from 'node:path';
import { transformSync } from '@lwc/compiler';

const COMPILED = /\.(js|html|css)$/;

/**
 * Runs built files through the compiler that the platform uses and returns what it refuses, one message per file:
 * `lwc/x/x.html: LWC1083: …`. Warnings count: the platform shows them to nobody.
 */
export function compilerProblems(files: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return [...files].flatMap(([file, content]) => {
    const [root, name] = file.split('/');
    if (root !== 'lwc' || name === undefined || !COMPILED.test(file)) {
      return [];
    }
    try {
      const { warnings = [] } = transformSync(Buffer.from(content).toString('utf8'), path.basename(file), {
        namespace: 'c',
        name,
        apiVersion: 66,
      });
      return warnings.map(({ message }) => `${file}: ${message}`);
    } catch (error) {
      return [`${file}: ${error instanceof Error ? error.message : String(error)}`];
    }
  });
}
