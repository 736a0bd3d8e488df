import { METADATA_NAMESPACE, type XmlElement } from './parse-xml.ts';
import { elementsOf, enumValues, type MetadataElement } from './metadata-schema.ts';

/** What is wrong with an element, in the platform's words, and where. */
export interface ReadProblem {
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

export interface ReadResult {
  readonly value: Record<string, unknown>;
  readonly problems: readonly ReadProblem[];
}

/**
 * Texts of the platform's parser. "invalid at this location" and "is duplicated at this location" are quoted in the deploy notes of many
 * public repositories; `missing`: sfdx-hardis, deployTipsList.ts. The others are unconfirmed.
 */
export const SCHEMA_PROBLEMS = {
  unknownElement: (name: string, type: string) =>
    `Error parsing file: Element {${METADATA_NAMESPACE}}${name} invalid at this location in type ${type}`,
  duplicated: (name: string, type: string) =>
    `Error parsing file: Element ${name} is duplicated at this location in type ${type}`,
  badEnum: (value: string, name: string) => `'${value}' is not a valid value for the enum '${name}'`,
  badValue: (value: string, type: string) => `'${value}' is not a valid value for the type xsd:${type}`,
  missing: (name: string) => `Required field is missing: ${name}`,
  unexpectedText: (text: string, type: string) => `Error parsing file: Unexpected text '${text}' in type ${type}`,
  unexpectedChildren: (name: string) => `Error parsing file: Element ${name} holds elements where text is expected`,
};

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads an element as a metadata type: strict about names, order of repeated elements, enums, booleans, numbers and required
 * elements. Array members are always present, as in `@salesforce/types`. `type` must be one that the schema knows.
 */
export function readMetadata(type: string, element: XmlElement): ReadResult {
  const problems: ReadProblem[] = [];
  const value = readComplex(type, element, problems);
  return { value, problems };
}

function readComplex(type: string, element: XmlElement, problems: ReadProblem[]): Record<string, unknown> {
  const elements = elementsOf(type);
  if (!elements) throw new Error(`The metadata schema has no type ${type}`);
  const value: Record<string, unknown> = {};
  let previous = '';
  for (const child of element.children) {
    const at = { line: child.line, column: child.column };
    const known = elements.get(child.name);
    if (child.namespace !== METADATA_NAMESPACE && child.namespace !== '') {
      problems.push({
        problem: `Error parsing file: Element {${child.namespace}}${child.name} invalid at this location in type ${type}`,
        ...at,
      });
    } else if (!known) {
      problems.push({ problem: SCHEMA_PROBLEMS.unknownElement(child.name, type), ...at });
    } else if (known.array) {
      const list = (value[known.name] ??= []) as unknown[];
      if (list.length > 0 && previous !== child.name) {
        problems.push({ problem: SCHEMA_PROBLEMS.duplicated(child.name, type), ...at });
      }
      const item = readOne(known, child, problems);
      if (item !== undefined) list.push(item);
    } else if (Object.hasOwn(value, known.name)) {
      problems.push({ problem: SCHEMA_PROBLEMS.duplicated(child.name, type), ...at });
    } else {
      const item = readOne(known, child, problems);
      if (item !== undefined) value[known.name] = item;
    }
    previous = child.name;
  }
  if (element.text.trim() !== '') {
    problems.push({
      problem: SCHEMA_PROBLEMS.unexpectedText(element.text.trim().slice(0, 40), type),
      line: element.line,
      column: element.column,
    });
  }
  const sent = new Set(element.children.map((child) => child.name));
  for (const known of elements.values()) {
    if (known.array) value[known.name] ??= [];
    else if (known.required && !sent.has(known.name)) {
      problems.push({ problem: SCHEMA_PROBLEMS.missing(known.name), line: element.line, column: element.column });
    }
  }
  return value;
}

/** Undefined for `xsi:nil` and for a value that was refused. */
function readOne(known: MetadataElement, element: XmlElement, problems: ReadProblem[]): unknown {
  if (element.nil) return undefined;
  const at = { line: element.line, column: element.column };
  if (elementsOf(known.type)) return readComplex(known.type, element, problems);
  if (element.children.length > 0) {
    problems.push({ problem: SCHEMA_PROBLEMS.unexpectedChildren(known.name), ...at });
    return undefined;
  }
  const text = element.text;
  const trimmed = text.trim();
  if (known.type === 'boolean') {
    const found = BOOLEANS[trimmed];
    if (found === undefined) problems.push({ problem: SCHEMA_PROBLEMS.badValue(trimmed, 'boolean'), ...at });
    return found;
  }
  if (known.type === 'number') {
    if (!NUMBER.test(trimmed)) {
      problems.push({ problem: SCHEMA_PROBLEMS.badValue(trimmed, 'double'), ...at });
      return undefined;
    }
    return Number(trimmed);
  }
  const values = enumValues(known.type);
  if (values) {
    if (!values.has(trimmed)) {
      problems.push({ problem: SCHEMA_PROBLEMS.badEnum(trimmed, known.type), ...at });
      return undefined;
    }
    return trimmed;
  }
  return text;
}
