import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { transformSync } from '@lwc/compiler';
import { decodeText } from '../xml/parse-xml.ts';
import type { RuleProblem } from './rule.ts';

interface Compiler {
  readonly transformSync: typeof transformSync;
}

/** Loading the compiler takes a fifth of a second: it waits for the first bundle. */
let compiler: Compiler | undefined;
const loadCompiler = (): Compiler => (compiler ??= createRequire(import.meta.url)('@lwc/compiler') as Compiler);

/** What the compiler said of a file before, by its content: a deploy looks at the same file in several passes. */
const known = new Map<string, RuleProblem | null>();
const KNOWN_FILES = 2_000;

interface CompilerError {
  readonly message: string;
  readonly location?: { readonly line?: number; readonly column?: number };
}

/**
 * A file of a Lightning web component, compiled as the platform compiles it. Returns the compiler's first error, or undefined. The
 * platform answers with the compiler's code and text, as in `LWC1078: <p> has no matching closing tag.`
 * (https://github.com/forcedotcom/cli/issues/118).
 */
export function compileProblem(bundle: string, path: string, content: Uint8Array): RuleProblem | undefined {
  const source = decodeText(content);
  const key = createHash('sha256').update(`${path}\0${source}`).digest('hex');
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= KNOWN_FILES) known.clear();
    known.set(key, (found = compile(bundle, path, source)));
  }
  return found ?? undefined;
}

function compile(bundle: string, path: string, source: string): RuleProblem | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  try {
    loadCompiler().transformSync(source, file, {
      namespace: 'c',
      name: bundle,
      // A component whose metadata allows it may have dynamic components: the platform checks that elsewhere.
      enableDynamicComponents: true,
      scopedStyles: file.endsWith('.scoped.css'),
    });
    return null;
  } catch (error) {
    const { message, location } = error as CompilerError;
    return { problem: plainMessage(message), fileName: path, line: location?.line, column: location?.column };
  }
}

/** Without the name of the error's class, the path on this machine and the excerpt of the source. */
function plainMessage(message: string): string {
  const [first = ''] = message.split('\n');
  const code = /LWC\d+: /.exec(first)?.[0] ?? '';
  const text = first
    .replace(/^(?:\w*Error: )?(?:LWC\d+: )?/, '')
    .replace(/^\S*\.(?:js|html|css)(?::\d+:\d+)?:? /, '')
    .replace(/^LWC\d+: /, '');
  return code + text;
}
