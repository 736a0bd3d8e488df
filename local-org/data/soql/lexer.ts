import { soqlError } from './soql-error.ts';

export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'date' | 'datetime' | 'symbol' | 'end';
  /** As written; for a string its value. */
  readonly text: string;
  readonly at: number;
}

const WORD = /[A-Za-z_][A-Za-z0-9_]*/y;
const DATETIME = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/iy;
const DATE = /\d{4}-\d{2}-\d{2}/y;
const NUMBER = /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<=|>=|!=|<>|[=<>(),.:]/y;

/** Escapes inside string literals. DOC soql-and-sosl/quoted-string-escapes. */
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\n',
  R: '\r',
  T: '\t',
  B: '\b',
  F: '\f',
};

/** Tokens of a query, the last of kind `end`. In a LIKE pattern `\_` and `\%` keep their backslash. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const character = text[at]!;
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (character === "'") {
      const end = readString(text, at);
      tokens.push({ kind: 'string', text: end.value, at });
      at = end.next;
      continue;
    }
    const found = firstMatch(match);
    if (!found) throw soqlError('MALFORMED_QUERY', text, at, `unexpected char: '${character}'`);
    tokens.push({ ...found, at });
    at += found.text.length;
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: text.length });
  return tokens;
}

function firstMatch(match: (pattern: RegExp) => string | null): { kind: Token['kind']; text: string } | null {
  const patterns = [
    ['word', WORD],
    ['datetime', DATETIME],
    ['date', DATE],
    ['number', NUMBER],
    ['symbol', SYMBOL],
  ] as const;
  for (const [kind, pattern] of patterns) {
    const text = match(pattern);
    if (text !== null) return { kind, text };
  }
  return null;
}

function readString(text: string, start: number): { value: string; next: number } {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const character = text[at]!;
    if (character === "'") return { value, next: at + 1 };
    if (character === '\\') {
      const escaped = text[at + 1] ?? '';
      if (escaped === '_' || escaped === '%') value += `\\${escaped}`;
      else if (escaped === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
        value += String.fromCharCode(parseInt(text.slice(at + 2, at + 6), 16));
        at += 4;
      } else if (escaped in ESCAPES) value += ESCAPES[escaped]!;
      else
        throw soqlError(
          'MALFORMED_QUERY',
          text,
          at,
          `invalid string literal '\\${escaped}'. Illegal character sequence '\\${escaped}' in string literal`,
        );
      at += 2;
    } else {
      value += character;
      at++;
    }
  }
  throw soqlError('MALFORMED_QUERY', text, start, "mismatched character '<EOF>' expecting '''");
}
