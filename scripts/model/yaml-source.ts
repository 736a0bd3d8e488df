import { isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Finding } from '../finding.ts';

/** Keys and indexes from the root of the file: `['opportunityTypes', 'renewal', 'stages', 2, 'sla']`. */
export type Path = readonly (string | number)[];

/** A YAML text with a way back from a value to the place where it stands. */
export interface YamlSource {
  readonly value: unknown;
  /** Syntax errors; when there are any, `value` is not to be trusted. */
  readonly findings: readonly Finding[];
  /** `file:line:column` of the entry at a path, or of the nearest entry above it that exists. */
  place(path: Path): string;
  /** The same for a key of the map at a path. */
  placeOfKey(path: Path, key: string): string;
}

/** `opportunityTypes.renewal.stages[2].sla`, as messages and `Component.source` spell a path. */
export const pathText = (path: Path): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');

/** The way back from `pathText`. */
export const pathOf = (text: string): Path =>
  [...text.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([part, index]) => (index === undefined ? part : Number(index)));

export const readYaml = (text: string, file: string): YamlSource => {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const findings: Finding[] = document.errors.map((error): Finding => ({
    severity: 'error',
    code: error.code === 'DUPLICATE_KEY' ? 'MODEL_DUPLICATE_KEY' : 'MODEL_YAML_SYNTAX',
    message: error.message,
    place: at(error.pos[0]),
    action:
      error.code === 'DUPLICATE_KEY'
        ? 'Keep one of the two entries.'
        : 'Correct the YAML at this place; look at the line above too.',
  }));
  const place = (path: Path): string => at(offsetOf(document, path));
  let value: unknown;
  try {
    // Aliases are resolved here, so that an alias that expands without end is refused by the library's own limit.
    if (findings.length === 0) value = document.toJS({ maxAliasCount: 1000 });
  } catch (error) {
    findings.push({
      severity: 'error',
      code: 'MODEL_YAML_SYNTAX',
      message: error instanceof Error ? error.message : String(error),
      place: at(0),
      action: 'Write the values out instead of repeating them by aliases (*name).',
    });
  }
  return {
    value,
    findings,
    place,
    placeOfKey: (path, key) => {
      const node = path.length === 0 ? document.contents : document.getIn(path, true);
      const pair = isMap(node) ? node.items.find((item) => isPair(item) && String(item.key) === key) : undefined;
      return isNode(pair?.key) && pair.key.range ? at(pair.key.range[0]) : place(path);
    },
  };
};

const offsetOf = (document: Document, path: Path): number => {
  for (let depth = path.length; depth >= 0; depth--) {
    const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) {
      return node.range[0];
    }
  }
  return 0;
};
