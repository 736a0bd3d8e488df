import type { PlatformError } from '../../platform-error.ts';
import type { Expression } from './ast.ts';
import { tokenize, type Token } from './lexer.ts';
import { soqlError } from './soql-error.ts';

/** Walks the tokens of one query. */
export class ParserBase {
  readonly text: string;
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (this.position < this.tokens.length - 1) this.position++;
    return token;
  }

  error(at: number, reason: string): PlatformError {
    return soqlError('MALFORMED_QUERY', this.text, at, reason);
  }

  unexpected(): PlatformError {
    return this.error(this.peek().at, `unexpected token: '${this.peek().text}'`);
  }

  /** For what SOQL has and this org does not. */
  refuse(feature: string): never {
    throw this.error(this.peek().at, `${feature} is not supported by the local org`);
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === 'word' && token.text.toUpperCase() === word;
  }

  takeWord(word: string): Token | null {
    return this.isWord(word) ? this.next() : null;
  }

  expectWord(word: string): Token {
    if (!this.isWord(word)) throw this.unexpected();
    return this.next();
  }

  expectOneOf(words: readonly string[]): string {
    const word = this.peek().text.toUpperCase();
    if (this.peek().kind !== 'word' || !words.includes(word)) throw this.unexpected();
    this.next();
    return word;
  }

  isSymbol(symbol: string): boolean {
    return this.peek().kind === 'symbol' && this.peek().text === symbol;
  }

  takeSymbol(symbol: string): Token | null {
    return this.isSymbol(symbol) ? this.next() : null;
  }

  expectSymbol(symbol: string): Token {
    if (!this.isSymbol(symbol)) throw this.unexpected();
    return this.next();
  }

  expectKind(kind: Token['kind']): Token {
    if (this.peek().kind !== kind) throw this.unexpected();
    return this.next();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  /** `Name`, `Account.Owner.Name`, `COUNT()`, `CALENDAR_YEAR(convertTimezone(CreatedDate))`. */
  parseExpression(): Expression {
    const first = this.expectKind('word');
    if (this.takeSymbol('(')) {
      const name = first.text.toUpperCase();
      if (name === 'DISTANCE') throw this.error(first.at, 'DISTANCE() is not supported by the local org');
      const args: Expression[] = [];
      if (!this.isSymbol(')')) {
        do args.push(this.parseExpression());
        while (this.takeSymbol(','));
      }
      this.expectSymbol(')');
      return { kind: 'call', name: first.text.toUpperCase(), args, at: first.at };
    }
    const path = [first.text];
    while (this.takeSymbol('.')) path.push(this.expectKind('word').text);
    return { kind: 'path', path, at: first.at };
  }
}
