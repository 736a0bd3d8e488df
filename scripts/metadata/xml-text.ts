import { MetadataError } from './metadata-error.ts';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const CHARACTER: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Characters that XML 1.0 (section 2.2) cannot hold, not even escaped. Lone surrogates are among them. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Escapes the five characters that a retrieve escapes, and carriage returns, which a parser would turn into line feeds.
 */
export const escapeText = (text: string): string => {
  if (FORBIDDEN.test(text)) throw new MetadataError(`XML cannot hold a control character: ${JSON.stringify(text)}`);
  return text.replace(/[&<>"']/g, (character) => ENTITY[character] ?? character).replaceAll('\r', '&#xD;');
};

export const unescapeText = (text: string): string =>
  text.replace(/&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(\w+));/g, (entity, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
    const character = CHARACTER[name ?? ''];
    if (character === undefined) throw new MetadataError(`Unknown XML entity ${entity}; write it as a character`);
    return character;
  });
