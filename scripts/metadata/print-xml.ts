import { escapeText } from './xml-text.ts';
import { type ElementSchema, type TypeSchema, typeSchema } from './schema.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const INDENT = '    ';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The schema's order first; elements that it does not know (of a newer release) follow in alphabetical order. */
const orderedKeys = (value: Readonly<Record<string, unknown>>, schema: TypeSchema | undefined): readonly string[] => {
  const known = [...(schema?.keys() ?? [])].filter((key) => key in value);
  const unknown = Object.keys(value).filter((key) => !schema?.has(key));
  return [...known, ...unknown.sort()];
};

const plainText = (value: unknown, element: ElementSchema | undefined): string => {
  const text = escapeText(String(value));
  return element?.kind === 'double' && /^-?\d+$/.test(text) ? `${text}.0` : text;
};

const printElement = (name: string, value: unknown, element: ElementSchema | undefined, indent: string): string => {
  if (!isObject(value)) return `${indent}<${name}>${plainText(value, element)}</${name}>\n`;
  const content = printElements(value, element && typeSchema(element.type), indent + INDENT);
  return content === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>\n${content}${indent}</${name}>\n`;
};

const printElements = (
  value: Readonly<Record<string, unknown>>,
  schema: TypeSchema | undefined,
  indent: string,
): string =>
  orderedKeys(value, schema)
    .flatMap((key) => {
      const items: readonly unknown[] = Array.isArray(value[key]) ? value[key] : [value[key]];
      return items.map((item) => printElement(key, item, schema?.get(key), indent));
    })
    .join('');

/**
 * One metadata file as a retrieve writes it: 4 spaces, elements in the order of the WSDL, a line feed at the end. The
 * same value always gives the same bytes. `root` is the root element and the type whose schema orders the elements;
 * `value` is JSON in the shape of `@salesforce/types/metadata`.
 */
export const printMetadata = (root: string, value: object): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n` +
  `${printElements(value as Readonly<Record<string, unknown>>, typeSchema(root), INDENT)}</${root}>\n`;
