import { XMLParser } from 'fast-xml-parser';

import { MetadataError } from './metadata-error.ts';
import { type ElementSchema, type TypeSchema, typeSchema } from './schema.ts';
import { unescapeText } from './xml-text.ts';

/**
 * fast-xml-parser's ordered form: each node has one key, its tag (or #text, or #cdata), with its children or its text.
 */
type Node = Readonly<Record<string, readonly Node[] | string>>;
type Json = Record<string, unknown>;

export interface ParsedMetadata {
  /** The root element: a metadata type, or `OpportunitySettings` and the like. */
  readonly root: string;
  /** In the shape of `@salesforce/types/metadata`, `fullName` included where the file has one. */
  readonly value: Readonly<Json>;
}

// Entities are resolved here rather than by the parser, which refuses a file with more than a thousand of them.
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  trimValues: false,
  parseTagValue: false,
  processEntities: false,
  cdataPropName: '#cdata',
  removeNSPrefix: true,
});

const tagOf = (node: Node): string => Object.keys(node)[0] ?? '';
const childrenOf = (node: Node): readonly Node[] => {
  const children = node[tagOf(node)];
  return Array.isArray(children) ? (children as readonly Node[]) : [];
};
const isElement = (node: Node): boolean => !tagOf(node).startsWith('#') && !tagOf(node).startsWith('?');

const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      const cdata = node['#cdata'];
      if (cdata !== undefined) return textOf(cdata as readonly Node[]).replaceAll('&', '&amp;');
      return typeof node['#text'] === 'string' ? node['#text'] : '';
    })
    .join('');

const plain = (text: string, element: ElementSchema, place: string): string | number | boolean => {
  if (element.kind === 'boolean') {
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw new MetadataError(`${place} is ${JSON.stringify(text)}; write true or false`);
  }
  if (element.kind !== 'number' && element.kind !== 'double') return text;
  if (text.trim() === '' || Number.isNaN(Number(text))) {
    throw new MetadataError(`${place} is ${JSON.stringify(text)}; write a number`);
  }
  return Number(text);
};

const valueOf = (nodes: readonly Node[], element: ElementSchema | undefined, place: string): unknown => {
  const nested = nodes.some(isElement);
  if (element?.kind === 'object') return objectOf(nodes, typeSchema(element.type), place);
  if (element === undefined) return nested ? objectOf(nodes, undefined, place) : unescapeText(textOf(nodes));
  if (nested) throw new MetadataError(`${place} holds elements where ${element.type} is expected`);
  const text = unescapeText(textOf(nodes));
  return plain(element.kind === 'string' ? text : text.trim(), element, place);
};

const objectOf = (nodes: readonly Node[], schema: TypeSchema | undefined, place: string): Json => {
  const result: Json = {};
  for (const node of nodes.filter(isElement)) {
    const name = tagOf(node);
    const element = schema?.get(name);
    const value = valueOf(childrenOf(node), element, `${place}.${name}`);
    const before = result[name];
    if (element?.array) result[name] = before === undefined ? [value] : [...(before as unknown[]), value];
    else if (before === undefined) result[name] = value;
    else if (element !== undefined) throw new MetadataError(`${place}.${name} occurs twice; keep one`);
    // An element that the schema does not know: an array as soon as it occurs twice.
    else result[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value];
  }
  return result;
};

/** Reads a metadata file. `place` names it in messages. Throws MetadataError for text that is not a metadata file. */
export const parseMetadata = (xml: string, place: string): ParsedMetadata => {
  let nodes: readonly Node[];
  try {
    // The validation that replaces this one is a package of its own, which nothing else here needs.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    nodes = parser.parse(xml, true) as readonly Node[];
  } catch (cause) {
    throw new MetadataError(`${place} is not well-formed XML: ${(cause as Error).message}`, { cause });
  }
  const roots = nodes.filter(isElement);
  const [node] = roots;
  if (node === undefined || roots.length !== 1)
    throw new MetadataError(`${place} is not a metadata file: it has no single root`);
  const root = tagOf(node);
  return { root, value: objectOf(childrenOf(node), typeSchema(root), root) };
};
