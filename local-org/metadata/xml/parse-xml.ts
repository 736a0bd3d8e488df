import { SaxesParser } from 'saxes';

/** An element with its place in the file. Text of an element that has children is kept only when it is not blank. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly line: number;
  readonly column: number;
  readonly nil: boolean;
  readonly children: XmlElement[];
  text: string;
}

/** Raised for text that is not well-formed XML. `line` and `column` count from 1. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

export const METADATA_NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const INSTANCE_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';
/** Deeper nesting than any metadata type has; keeps hostile input from exhausting the stack. */
const MAXIMUM_DEPTH = 200;

/** Parses a whole document. Document types are refused, as the platform refuses them. */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  // Xerces, which the platform reads files with, says this of anything before the first tag
  // (https://github.com/hardisgroupcom/sfdx-hardis/issues/352).
  if (/^[^<\s]/.test(text.replace(/^\uFEFF/, '').trimStart()))
    throw new XmlSyntaxError('Content is not allowed in prolog.', 1, 1);
  const fail = (message: string): never => {
    throw new XmlSyntaxError(message, parser.line, parser.column + 1);
  };
  parser.on('error', (error) => fail(error.message.replace(/^[^:]*:?\d+:\d+: /, '')));
  parser.on('doctype', () => fail('DOCTYPE is not allowed.'));
  parser.on('opentag', (tag) => {
    if (open.length >= MAXIMUM_DEPTH) fail(`Elements are nested deeper than ${MAXIMUM_DEPTH}.`);
    const nil = Object.values(tag.attributes).some(
      (attribute) => attribute.uri === INSTANCE_NAMESPACE && attribute.local === 'nil' && attribute.value === 'true',
    );
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      line: parser.line,
      column: parser.column + 1,
      nil,
      children: [],
      text: '',
    };
    const parent = open.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
    open.push(element);
  });
  const append = (chunk: string): void => {
    const parent = open.at(-1);
    if (parent) parent.text += chunk;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  if (!root) throw new XmlSyntaxError('Premature end of file.', 1, 1);
  return root;
}

/** Bytes of a file as text: UTF-8, with or without a byte order mark. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}
