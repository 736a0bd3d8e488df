import { textOf } from '../text-of.ts';
import { METADATA_NAMESPACE, type XmlElement } from './parse-xml.ts';

/**
 * A value of a SOAP or tooling call as the element it was, so that it goes through the same strict reading as a file.
 * Keys that belong to the envelope (`$`, `@_…`, `xsi:type`) are left out.
 */
export function elementOfValue(name: string, value: unknown): XmlElement {
  const element: XmlElement = {
    name,
    namespace: METADATA_NAMESPACE,
    line: 1,
    column: 1,
    nil: value === null || value === undefined,
    children: [],
    text: '',
  };
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (key.startsWith('$') || key.startsWith('@') || key.includes(':') || member === undefined) continue;
      const members: readonly unknown[] = Array.isArray(member) ? member : [member];
      for (const one of members) element.children.push(elementOfValue(key, one));
    }
  } else {
    element.text = textOf(value);
  }
  return element;
}
