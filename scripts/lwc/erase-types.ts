import tsBlankSpace from 'ts-blank-space';

/**
 * JavaScript of a TypeScript source: types are blanked out in place, decorators and imports stay as they are, so that lines in
 * an error of the platform are lines of the source. Throws on syntax that cannot be erased (enum, namespace).
 */
export function eraseTypes(source: string, file: string): string {
  const problems: string[] = [];
  const code = tsBlankSpace(source, (node) => {
    // A node begins with the blanks and comments before it.
    const text = source.slice(node.pos, node.end);
    const line = source.slice(0, node.pos + text.length - text.trimStart().length).split('\n').length;
    problems.push(`${file}:${String(line)}: this TypeScript cannot be erased: ${text.trim().split('\n')[0] ?? ''}`);
  });
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  return code.replace(/[ \t]+$/gm, '');
}
