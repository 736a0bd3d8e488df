import { FormulaError, FormulaEvaluationError } from '../formula-error.ts';
import { matchesInTime } from '../bounded-match.ts';
import { formatNumber } from '../decimal.ts';
import { computed, requireCount, requireType } from '../expression.ts';
import { MESSAGE } from '../messages.ts';
import { fixed, type FunctionTable } from './signature.ts';

/**
 * Texts: usefulFormulaFields, Formula Operators and Functions by Context; edge cases from salesforce/formula-engine.
 */

const CASE_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** 15 to 18 characters: each of the last three holds the upper-case bits of five. */
function caseSafeId(id: string): string {
  if (id.length !== 15) return id;
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk += 1) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) if (/[A-Z]/.test(id[chunk * 5 + index]!)) bits += 1 << index;
    suffix += CASE_SAFE[bits]!;
  }
  return id + suffix;
}

/** The longest text a field of any type holds (Long Text Area); a formula has no use for a longer one. */
const LONGEST_TEXT = 131_072;

function pad(text: string, width: number, padding: string, left: boolean): string {
  const size = Math.trunc(width);
  if (text === '' || size <= 0 || padding === '') return '';
  if (size > LONGEST_TEXT) throw new FormulaEvaluationError(`A text of ${formatNumber(size)} characters is too long`);
  if (size <= text.length) return text.slice(0, size);
  const filling = padding.repeat(size - text.length).slice(0, size - text.length);
  return left ? filling + text : text + filling;
}

/** FunctionValue: new BigDecimal(text). */
function parseNumber(text: string): number | null {
  if (text === '') return null;
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text))
    throw new FormulaEvaluationError(MESSAGE.notANumber(text));
  return Number(text);
}

const isNumber = (text: string): boolean => /^\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*$/.test(text);

/** Java's String.matches: the whole text. `(?i)` at the start is the one inline flag that is carried over. */
function compilePattern(source: string): RegExp {
  const insensitive = source.startsWith('(?i)');
  const body = insensitive ? source.slice(4) : source;
  if (/\(\?[a-z]|\\[QEGZz]|[*+?}]\+|\\p\{(Alpha|Digit|Alnum|Upper|Lower|Punct|Space)\}/.test(body)) {
    throw new FormulaEvaluationError(MESSAGE.notEvaluated(`the regular expression ${source}`));
  }
  try {
    return new RegExp(`^(?:${body})$`, insensitive ? 'i' : '');
  } catch {
    throw new FormulaEvaluationError(`The regular expression "${source}" is not valid.`);
  }
}

const patterns = new Map<string, RegExp>();
const PATTERNS_KEPT = 500;
function matches(text: string, source: string): boolean {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = compilePattern(source);
    if (patterns.size >= PATTERNS_KEPT) patterns.clear();
    patterns.set(source, pattern);
  }
  return matchesInTime(pattern, text);
}

const escapeHtml = (text: string): string =>
  text.replace(
    /[&<>"']/g,
    (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
  );
const escapeJs = (text: string): string =>
  text.replace(
    /[\\'"\n\r<>]/g,
    (character) => ({ '\n': '\\n', '\r': '\\r', '<': '\\u003C', '>': '\\u003E' })[character] ?? `\\${character}`,
  );

export const TEXT_FUNCTIONS: FunctionTable = {
  ASCII: fixed(['Text'], 'Number', (text: string) => text.codePointAt(0) ?? null),
  BEGINS: fixed(['Text', 'Text'], 'Boolean', (text: string, start: string) => text.startsWith(start)),
  BR: fixed([], 'Text', () => '<br>'),
  CASESAFEID: fixed(['Text'], 'Text', caseSafeId),
  CHR: fixed(['Number'], 'Text', (code: number) =>
    code > 0 && code <= 0x10ffff ? String.fromCodePoint(Math.trunc(code)) : '',
  ),
  CONTAINS: fixed(['Text', 'Text'], 'Boolean', (text: string, part: string) => text.includes(part)),
  FIND: fixed(
    ['Text', 'Text', 'Number'],
    'Number',
    (part: string, text: string, start = 1) =>
      text === '' || part === '' ? 0 : text.indexOf(part, Math.max(0, Math.trunc(start) - 1)) + 1,
    1,
  ),
  HTMLENCODE: fixed(['Text'], 'Text', escapeHtml),
  HYPERLINK: fixed(
    ['Text', 'Text', 'Text'],
    'Text',
    (url: string, label: string, target = '_blank') => `<a href="${url}" target="${target}">${label}</a>`,
    1,
  ),
  IMAGE: fixed(
    ['Text', 'Text', 'Number', 'Number'],
    'Text',
    (url: string, alternate: string, height?: number, width?: number) => {
      const style = height === undefined ? '' : ` style="height:${height}px; width:${width ?? height}px;"`;
      return `<img src="${url}" alt="${alternate}"${style} border="0"/>`;
    },
    2,
  ),
  INITCAP: fixed(['Text'], 'Text', (text: string) =>
    text
      .toLowerCase()
      .replace(/(^|[^\p{L}\p{N}])(\p{L})/gu, (_match, before: string, letter: string) => before + letter.toUpperCase()),
  ),
  ISNUMBER: fixed(['Text'], 'Boolean', isNumber),
  JSENCODE: fixed(['Text'], 'Text', escapeJs),
  JSINHTMLENCODE: fixed(['Text'], 'Text', (text: string) => escapeJs(escapeHtml(text))),
  LEFT: fixed(['Text', 'Number'], 'Text', (text: string, count: number) =>
    text.slice(0, Math.max(0, Math.trunc(count))),
  ),
  LEN: fixed(['Text'], 'Number', (text: string) => text.length),
  LOWER: fixed(['Text', 'Text'], 'Text', (text: string) => text.toLowerCase(), 1),
  LPAD: fixed(
    ['Text', 'Number', 'Text'],
    'Text',
    (text: string, width: number, filling = ' ') => pad(text, width, filling, true),
    1,
  ),
  MID: fixed(['Text', 'Number', 'Number'], 'Text', (text: string, start: number, count: number) => {
    const from = Math.max(1, Math.trunc(start)) - 1;
    return text.slice(from, from + Math.max(0, Math.trunc(count)));
  }),
  REGEX: (args, at, scope, name) => {
    requireCount(name, args, 2, at);
    const literal = args[1]!.literal;
    if (literal !== null) {
      try {
        matches('', literal);
      } catch (error) {
        throw new FormulaError((error as Error).message, args[1]!.at);
      }
    }
    return fixed(['Text', 'Text'], 'Boolean', matches)(args, at, scope, name);
  },
  REVERSE: fixed(['Text'], 'Text', (text: string) => Array.from(text).reverse().join('')),
  RIGHT: fixed(['Text', 'Number'], 'Text', (text: string, count: number) =>
    count < 1 ? '' : text.slice(Math.max(0, text.length - Math.trunc(count))),
  ),
  RPAD: fixed(
    ['Text', 'Number', 'Text'],
    'Text',
    (text: string, width: number, filling = ' ') => pad(text, width, filling, false),
    1,
  ),
  SUBSTITUTE: fixed(['Text', 'Text', 'Text'], 'Text', (text: string, old: string, fresh: string) =>
    old === '' ? text : text.replaceAll(old, () => fresh),
  ),
  TEXT: (args, at, _scope, name) => {
    requireCount(name, args, 1, at);
    const argument = args[0]!;
    const value = argument.evaluate;
    switch (argument.type) {
      case 'Null':
        return computed('Text', () => '', at);
      case 'Picklist':
        return computed('Text', value, at);
      case 'Number':
        return computed(
          'Text',
          (frame) => ((number) => (number === null ? '' : formatNumber(number)))(value(frame) as number | null),
          at,
          args,
        );
      case 'Date':
        return computed('Text', (frame) => value(frame) ?? '', at, args);
      case 'DateTime':
        return computed('Text', (frame) => dateTimeText(value(frame) as string | null), at, args);
      case 'Time':
        return computed('Text', (frame) => ((value(frame) as string | null) ?? '').replace('Z', ''), at, args);
      default:
        requireType(name, argument, ['Number', 'Date', 'DateTime', 'Picklist']);
        throw new FormulaError(MESSAGE.wrongType(name, 'Number, Date, DateTime, Picklist', argument.type), at);
    }
  },
  TRIM: fixed(['Text'], 'Text', (text: string) => text.trim()),
  UPPER: fixed(['Text', 'Text'], 'Text', (text: string) => text.toUpperCase(), 1),
  URLENCODE: fixed(['Text'], 'Text', (text: string) => encodeURIComponent(text).replaceAll('%20', '+')),
  VALUE: fixed(['Text'], 'Number', parseNumber),
};

/** FunctionText: "yyyy-MM-dd HH:mm:ss" in GMT and a Z. */
const dateTimeText = (moment: string | null): string =>
  moment === null ? '' : `${moment.slice(0, 10)} ${moment.slice(11, 19)}Z`;
