import type { Condition, Literal, Operator, Query } from './ast.ts';
import type { ParserBase } from './parser-base.ts';
import { isDateLiteral, takesCount } from './date-literals.ts';

type QueryParser = (parser: ParserBase) => Query;

/**
 * `a AND b AND NOT c`. AND and OR do not mix without parentheses: the platform refuses the second operator as an
 * unexpected token (DOC soql-and-sosl/sforce_api_calls_soql_select_conditionexpression).
 */
export function parseCondition(parser: ParserBase, parseQuery: QueryParser): Condition {
  const terms = [parseTerm(parser, parseQuery)];
  let operator: 'AND' | 'OR' | null = null;
  while (parser.isWord('AND') || parser.isWord('OR')) {
    const word = parser.peek().text.toUpperCase() as 'AND' | 'OR';
    if (operator !== null && word !== operator) throw parser.unexpected();
    operator = word;
    parser.next();
    terms.push(parseTerm(parser, parseQuery));
  }
  return terms.length === 1 ? terms[0]! : { kind: operator === 'OR' ? 'or' : 'and', terms };
}

function parseTerm(parser: ParserBase, parseQuery: QueryParser): Condition {
  if (parser.takeWord('NOT')) return { kind: 'not', term: parseTerm(parser, parseQuery) };
  if (parser.takeSymbol('(')) {
    const inner = parseCondition(parser, parseQuery);
    parser.expectSymbol(')');
    return inner;
  }
  const left = parser.parseExpression();
  const at = left.at;
  const operator = parseOperator(parser);
  if (operator === 'IN' || operator === 'NOT IN' || operator === 'INCLUDES' || operator === 'EXCLUDES') {
    if (parser.isSymbol(':')) throw parser.error(parser.peek().at, 'Bind variables only allowed in Apex code');
    parser.expectSymbol('(');
    if (parser.isWord('SELECT') && (operator === 'IN' || operator === 'NOT IN')) {
      const query = parseQuery(parser);
      parser.expectSymbol(')');
      return { kind: 'join', left, operator, query, at };
    }
    const right: Literal[] = [];
    do right.push(parseLiteral(parser));
    while (parser.takeSymbol(','));
    parser.expectSymbol(')');
    return { kind: 'list', left, operator, right, at };
  }
  return { kind: 'compare', left, operator, right: parseLiteral(parser), at };
}

function parseOperator(parser: ParserBase): Operator {
  const token = parser.next();
  if (token.kind === 'symbol') {
    if (token.text === '<>') return '!=';
    if (['=', '!=', '<', '<=', '>', '>='].includes(token.text)) return token.text as Operator;
  }
  const word = token.kind === 'word' ? token.text.toUpperCase() : '';
  if (word === 'NOT') {
    parser.expectWord('IN');
    return 'NOT IN';
  }
  if (word === 'LIKE' || word === 'IN' || word === 'INCLUDES' || word === 'EXCLUDES') return word;
  throw parser.error(token.at, `unexpected token: '${token.text}'`);
}

function parseLiteral(parser: ParserBase): Literal {
  const token = parser.next();
  const { at } = token;
  switch (token.kind) {
    case 'string':
      return { kind: 'string', value: token.text, at };
    case 'number':
      return { kind: 'number', value: Number(token.text), at };
    case 'date':
      return { kind: 'date', value: dayOf(parser, token.text, at), at };
    case 'datetime':
      return { kind: 'datetime', value: toUtc(parser, token.text, at), at };
    case 'word':
      return parseWordLiteral(parser, token.text.toUpperCase(), at);
    default:
      if (token.text === ':') throw parser.error(at, 'Bind variables only allowed in Apex code');
      throw parser.error(at, `unexpected token: '${token.text}'`);
  }
}

function parseWordLiteral(parser: ParserBase, word: string, at: number): Literal {
  if (word === 'NULL') return { kind: 'null', at };
  if (word === 'TRUE' || word === 'FALSE') return { kind: 'boolean', value: word === 'TRUE', at };
  if (takesCount(word)) {
    parser.expectSymbol(':');
    const count = parser.expectKind('number');
    // DOC soql-sosl/date-formats "n": a whole number of days, weeks ….
    if (!/^\d{1,10}$/.test(count.text)) throw parser.error(count.at, `unexpected token: '${count.text}'`);
    return { kind: 'dateLiteral', name: word, count: Number(count.text), at };
  }
  if (isDateLiteral(word)) return { kind: 'dateLiteral', name: word, count: null, at };
  // A field on the right side reads as a bind variable to the platform's parser.
  throw parser.error(at, 'Bind variables only allowed in Apex code');
}

/** A day that the calendar has; the platform's text for others is unconfirmed. */
function dayOf(parser: ParserBase, text: string, at: number): string {
  const date = new Date(`${text}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!exists) throw parser.error(at, `unexpected token: '${text}'`);
  return text;
}

function toUtc(parser: ParserBase, text: string, at: number): string {
  dayOf(parser, text.slice(0, 'YYYY-MM-DD'.length), at);
  const date = new Date(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(date.getTime())) throw parser.error(at, `unexpected token: '${text}'`);
  return date.toISOString();
}
