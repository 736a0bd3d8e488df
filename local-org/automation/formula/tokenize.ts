import { FormulaError } from './formula-error.ts';
import { MESSAGE } from './messages.ts';

export type Token =
  | { readonly kind: 'number'; readonly text: string; readonly at: number }
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  /** A name, dotted or not; `merged` when it stood in `{!…}`, where it can only be a reference. */
  | { readonly kind: 'name'; readonly text: string; readonly merged: boolean; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: string; readonly at: number };

const SPACE = /(?:\s|\/\*[^]*?\*\/)+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][\w$]*(?:[.:][A-Za-z_$][\w$]*)*/y;
const MERGED = /\{!\s*([^{}]*?)\s*\}/y;
const SYMBOL = /\|\||&&|<>|!=|==|<=|>=|[-+*/^&=<>!(),]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/**
 * Splits a formula into tokens. The lexical rules are those of the platform's grammar
 * (salesforce/formula-engine, impl/src/main/antlr/FormulaGrammar.g); `{!name}` is how flows write references.
 * Throws a FormulaError at a character that starts no token.
 */
export function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  while (at < source.length) {
    const space = take(SPACE);
    if (space) {
      at += space[0].length;
      continue;
    }
    const character = source[at]!;
    if (character === '"' || character === "'") {
      const literal = readText(source, at);
      tokens.push({ kind: 'text', text: literal.value, at });
      at = literal.end;
      continue;
    }
    const merged = take(MERGED);
    const name = merged ? null : take(NAME);
    const number = merged || name ? null : take(NUMBER);
    const symbol = merged || name || number ? null : take(SYMBOL);
    if (merged) tokens.push({ kind: 'name', text: merged[1]!, merged: true, at });
    else if (name) tokens.push({ kind: 'name', text: name[0], merged: false, at });
    else if (number) tokens.push({ kind: 'number', text: number[0], at });
    else if (symbol) tokens.push({ kind: 'symbol', text: symbol[0], at });
    else throw new FormulaError(MESSAGE.found(character), at);
    at += (merged ?? name ?? number ?? symbol)![0].length;
  }
  tokens.push({ kind: 'end', text: 'end of formula', at });
  return tokens;
}

/** A backslash escapes the quote, itself, n, r and t, as in the grammar's ESC rule. */
function readText(source: string, start: number): { readonly value: string; readonly end: number } {
  const quote = source[start]!;
  let value = '';
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at]!;
    if (character === quote) return { value, end: at + 1 };
    if (character === '\\') {
      at += 1;
      const escaped = source[at];
      if (escaped === undefined) break;
      if (!'nrt"\'\\'.includes(escaped)) throw new FormulaError(MESSAGE.syntax, at);
      value += ESCAPES[escaped] ?? escaped;
    } else value += character;
  }
  throw new FormulaError(MESSAGE.missing(`'${quote}'`), start);
}
