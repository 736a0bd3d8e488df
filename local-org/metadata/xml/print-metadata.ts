import { METADATA_NAMESPACE } from './parse-xml.ts';
import { elementsOf } from './metadata-schema.ts';

const INDENT = '    ';

/**
 * Numbers that the Metadata API's WSDL types as xsd:double, which are written with a decimal place; the schema knows only that they are
 * numbers. Not complete: in types that the local org does not model the source text is given back as it came.
 */
const DOUBLES: ReadonlySet<string> = new Set([
  'apiVersion',
  'numberValue',
  'indicatorBreakpoint1',
  'indicatorBreakpoint2',
]);

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function printOne(name: string, type: string, value: unknown, indent: string): string {
  if (typeof value === 'object' && value !== null) {
    const inner = printElements(type, value as Record<string, unknown>, indent + INDENT);
    return inner === '' ? `${indent}<${name}/>\n` : `${indent}<${name}>\n${inner}${indent}</${name}>\n`;
  }
  const text =
    typeof value === 'number' && DOUBLES.has(name) && Number.isInteger(value) ? value.toFixed(1) : String(value);
  return `${indent}<${name}>${escape(text)}</${name}>\n`;
}

/**
 * The elements of a value of a metadata type, a line each, in the platform's order (inherited ones first, then by name).
 * What is undefined, null or an empty array is left out.
 */
export function printElements(type: string, value: Readonly<Record<string, unknown>>, indent = ''): string {
  const elements = elementsOf(type);
  if (!elements) throw new Error(`The metadata schema has no type ${type}`);
  let text = '';
  for (const element of elements.values()) {
    const found = value[element.name];
    if (found === undefined || found === null) continue;
    const values: readonly unknown[] = Array.isArray(found) ? found : [found];
    for (const one of values) text += printOne(element.name, element.type, one, indent);
  }
  return text;
}

/** A whole metadata file as the platform writes it on retrieve: four spaces, elements in order, a newline at the end. */
export function printMetadataFile(rootName: string, type: string, value: Readonly<Record<string, unknown>>): string {
  const body = printElements(type, value, INDENT);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${rootName} xmlns="${METADATA_NAMESPACE}">\n${body}</${rootName}>\n`;
}
