import type { BinaryOperator, FormulaNode } from './ast.ts';
import { FormulaError } from './formula-error.ts';
import { MESSAGE } from './messages.ts';
import { tokenize, type Token } from './tokenize.ts';

/**
 * Binary operators from loosest to tightest. That `^` binds looser than `*` is the platform's grammar
 * (salesforce/formula-engine, FormulaGrammar.g: multiplicativeExpression is built of exponentExpression).
 */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['=', '==', '<>', '!='],
  ['<', '<=', '>', '>='],
  ['+', '-', '&'],
  ['^'],
  ['*', '/'],
];
const CANONICAL: Readonly<Record<string, BinaryOperator>> = { '==': '=', '!=': '<>' };
/** Deeper nesting is refused rather than left to exhaust the stack. */
const DEEPEST = 400;

/** Parses a formula. Throws a FormulaError with the platform's text and the offset of the offending token. */
export function parseFormula(source: string): FormulaNode {
  const tokens = tokenize(source);
  let position = 0;
  let depth = 0;
  const peek = (): Token => tokens[position]!;
  const isSymbol = (text: string): boolean => peek().kind === 'symbol' && peek().text === text;
  const expect = (text: string): void => {
    if (!isSymbol(text)) throw new FormulaError(MESSAGE.missing(`'${text}'`), peek().at);
    position += 1;
  };

  const binary = (level: number): FormulaNode => {
    const operators = LEVELS[level];
    if (!operators) return unary();
    let left = binary(level + 1);
    while (peek().kind === 'symbol' && operators.includes(peek().text)) {
      const token = peek();
      position += 1;
      const operator = CANONICAL[token.text] ?? (token.text as BinaryOperator);
      left = { kind: 'binary', operator, left, right: binary(level + 1), at: token.at };
    }
    return left;
  };

  const unary = (): FormulaNode => {
    const token = peek();
    if (token.kind === 'symbol' && (token.text === '-' || token.text === '+' || token.text === '!')) {
      position += 1;
      return { kind: 'unary', operator: token.text, operand: nested(unary), at: token.at };
    }
    return primary();
  };

  const nested = (inner: () => FormulaNode): FormulaNode => {
    depth += 1;
    if (depth > DEEPEST) throw new FormulaError('Formula is nested too deeply.', peek().at);
    const node = inner();
    depth -= 1;
    return node;
  };

  const primary = (): FormulaNode => {
    const token = peek();
    position += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text), at: token.at };
    if (token.kind === 'text') return { kind: 'text', value: token.text, at: token.at };
    if (token.kind === 'name') {
      if (!token.merged && isSymbol('(')) return call(token);
      const word = token.merged ? '' : token.text.toUpperCase();
      if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE', at: token.at };
      if (word === 'NULL') return { kind: 'null', at: token.at };
      return { kind: 'reference', name: token.text, at: token.at };
    }
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = nested(() => binary(0));
      expect(')');
      return inner;
    }
    throw new FormulaError(token.kind === 'end' ? MESSAGE.syntax : MESSAGE.found(token.text), token.at);
  };

  const call = (name: Token): FormulaNode => {
    expect('(');
    const args: FormulaNode[] = [];
    if (!isSymbol(')')) {
      args.push(nested(() => binary(0)));
      while (isSymbol(',')) {
        position += 1;
        args.push(nested(() => binary(0)));
      }
    }
    expect(')');
    return { kind: 'call', name: name.text.toUpperCase(), args, at: name.at };
  };

  const root = binary(0);
  if (peek().kind !== 'end') {
    const extra = peek().kind === 'symbol' && ',)'.includes(peek().text);
    throw new FormulaError(extra ? MESSAGE.extra(`'${peek().text}'`) : MESSAGE.found(peek().text), peek().at);
  }
  return root;
}
