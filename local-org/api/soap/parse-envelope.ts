import { SaxesParser } from 'saxes';
import { PlatformError } from '../../platform-error.ts';

const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** An element by its local name; namespaces are the client's affair. */
export interface XmlElement {
  readonly name: string;
  /** Local name in `xsi:type`: `CustomField` of `tns:CustomField`. */
  readonly type: string | null;
  /** `xsi:nil`. */
  readonly nil: boolean;
  /** Text directly inside. */
  text: string;
  readonly children: XmlElement[];
}

export interface SoapRequest {
  readonly header: XmlElement | null;
  /** The one element in the body; its name is the operation. */
  readonly operation: XmlElement;
}

/** Deeper than any call; each level costs the parser a walk through all the others. */
const MAXIMUM_DEPTH = 200;

const malformed = (reason: string): PlatformError =>
  new PlatformError('UNKNOWN_EXCEPTION', `SOAP message cannot be read: ${reason}`, { httpStatus: 500 });

/** Reads well-formed XML into elements. Document types, and with them entities of the client's own, are refused. */
export function parseXml(xml: string): XmlElement {
  const root: XmlElement = { name: '', type: null, nil: false, text: '', children: [] };
  const open: XmlElement[] = [root];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw malformed(error.message);
  });
  parser.on('doctype', () => {
    throw malformed('a document type is not allowed');
  });
  parser.on('opentag', (tag) => {
    if (open.length > MAXIMUM_DEPTH) throw malformed(`elements are nested deeper than ${MAXIMUM_DEPTH}`);
    const attributes = Object.values(tag.attributes);
    const xsi = (name: string) => attributes.find(({ uri, local }) => uri === XSI && local === name)?.value;
    const type = xsi('type');
    const element: XmlElement = {
      name: tag.local,
      type: type === undefined ? null : (type.split(':').at(-1) ?? null),
      nil: xsi('nil') === 'true' || xsi('nil') === '1',
      text: '',
      children: [],
    };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (text: string): void => {
    const at = open.at(-1);
    if (at) at.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  const [top] = root.children;
  if (!top) throw malformed('it is empty');
  return top;
}

/** Takes a SOAP message apart. Throws UNKNOWN_EXCEPTION, which becomes a fault, for what is none. */
export function parseEnvelope(xml: string): SoapRequest {
  const envelope = parseXml(xml);
  const body = child(envelope, 'Body');
  const operation = body?.children[0];
  if (envelope.name !== 'Envelope' || !operation) throw malformed('no operation in the body of a SOAP envelope');
  return { header: child(envelope, 'Header') ?? null, operation };
}

export const child = (element: XmlElement | null | undefined, name: string): XmlElement | undefined =>
  element?.children.find((one) => one.name === name);

export const childrenNamed = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((one) => one.name === name) ?? [];

export const childText = (element: XmlElement | undefined, name: string): string | undefined => {
  const found = child(element, name);
  return found && !found.nil ? found.text.trim() : undefined;
};

export const childTexts = (element: XmlElement | undefined, name: string): readonly string[] =>
  childrenNamed(element, name).map(({ text }) => text.trim());

/** `true` and `1` are true; undefined when the element is absent. */
export function childBoolean(element: XmlElement | undefined, name: string): boolean | undefined {
  const text = childText(element, name);
  return text === undefined ? undefined : text === 'true' || text === '1';
}

/** An element as a value: text for a leaf, null for `xsi:nil`, otherwise its members, repeated ones as arrays. */
export function toValue(element: XmlElement): unknown {
  if (element.nil) return null;
  if (element.children.length === 0) return element.text;
  const members: Record<string, unknown> = {};
  for (const { name } of element.children) {
    if (name in members) continue;
    const all = childrenNamed(element, name).map(toValue);
    members[name] = all.length === 1 ? all[0] : all;
  }
  return members;
}
