import type { Expression, OrderItem, Query, SelectItem } from './ast.ts';
import { ParserBase } from './parser-base.ts';
import { parseCondition } from './parse-condition.ts';

/** Words that end a list of fields, so that they cannot be aliases. */
const CLAUSES = new Set([
  'FROM',
  'WHERE',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FOR',
  'ALL',
  'WITH',
  'USING',
  'UPDATE',
]);

/** Clauses that exist and that this org does not run. */
const REFUSED: Readonly<Record<string, string>> = {
  WITH: 'WITH',
  USING: 'USING SCOPE',
  UPDATE: 'UPDATE TRACKING/VIEWSTAT',
};

/** Parses a query; throws MALFORMED_QUERY with row and column. DOC soql-and-sosl/sforce_api_calls_soql_select. */
export function parseSoql(text: string): Query {
  const parser = new ParserBase(text);
  const query = parseQuery(parser);
  parser.expectEnd();
  return query;
}

export function parseQuery(parser: ParserBase): Query {
  parser.expectWord('SELECT');
  const select = parseSelectList(parser);
  parser.expectWord('FROM');
  const name = parser.expectKind('word');
  const from = { name: name.text, alias: parseAlias(parser), at: name.at };
  if (parser.isSymbol(',')) parser.refuse('more than one object in FROM');
  refuseClause(parser);
  const where = parser.takeWord('WHERE') ? parseCondition(parser, parseQuery) : null;
  refuseClause(parser);
  const groupBy = parser.takeWord('GROUP') ? parseGroupBy(parser) : [];
  const having = parser.takeWord('HAVING') ? parseCondition(parser, parseQuery) : null;
  const orderBy = parser.takeWord('ORDER') ? parseOrderBy(parser) : [];
  const limit = parser.takeWord('LIMIT') ? parseCount(parser) : null;
  const offset = parser.takeWord('OFFSET') ? parseCount(parser) : null;
  // FOR VIEW and FOR REFERENCE only record that the user looked; FOR UPDATE locks rows, which one process needs not.
  if (parser.takeWord('FOR')) parser.expectOneOf(['VIEW', 'REFERENCE', 'UPDATE']);
  const allRows = parser.takeWord('ALL') !== null;
  if (allRows) parser.expectWord('ROWS');
  refuseClause(parser);
  return { select, from, where, groupBy, having, orderBy, limit, offset, allRows };
}

function refuseClause(parser: ParserBase): void {
  const clause = REFUSED[parser.peek().text.toUpperCase()];
  if (clause && parser.peek().kind === 'word') parser.refuse(clause);
}

function parseSelectList(parser: ParserBase): readonly SelectItem[] {
  const items: SelectItem[] = [];
  do items.push(parseSelectItem(parser));
  while (parser.takeSymbol(','));
  return items;
}

function parseSelectItem(parser: ParserBase): SelectItem {
  const at = parser.peek().at;
  if (parser.takeSymbol('(')) {
    const query = parseQuery(parser);
    parser.expectSymbol(')');
    return { kind: 'subquery', query, at };
  }
  if (parser.isWord('TYPEOF')) parser.refuse('TYPEOF');
  const expression = parser.parseExpression();
  if (expression.kind === 'call' && expression.name === 'FIELDS') {
    const group = expression.args[0]?.kind === 'path' ? expression.args[0].path.join('.').toUpperCase() : '';
    if (group !== 'ALL' && group !== 'STANDARD' && group !== 'CUSTOM')
      throw parser.error(at, `unexpected token: '${group}'`);
    return { kind: 'fields', group, at };
  }
  return { kind: 'expression', expression, alias: parseFieldAlias(parser), at };
}

/** A word after a field is its alias only where the list goes on or ends after it; otherwise FROM was misspelt. */
function parseFieldAlias(parser: ParserBase): string | null {
  const after = parser.peek(1);
  const ends = after.text === ',' || after.text.toUpperCase() === 'FROM';
  return ends || parser.isWord('AS') ? parseAlias(parser) : null;
}

function parseAlias(parser: ParserBase): string | null {
  const token = parser.peek();
  if (token.kind !== 'word' || CLAUSES.has(token.text.toUpperCase())) return null;
  if (token.text.toUpperCase() === 'AS') parser.next();
  return parser.expectKind('word').text;
}

function parseGroupBy(parser: ParserBase): readonly Expression[] {
  parser.expectWord('BY');
  const items: Expression[] = [];
  do {
    if ((parser.isWord('ROLLUP') || parser.isWord('CUBE')) && parser.peek(1).text === '(')
      parser.refuse(`GROUP BY ${parser.peek().text.toUpperCase()}`);
    items.push(parser.parseExpression());
  } while (parser.takeSymbol(','));
  return items;
}

function parseOrderBy(parser: ParserBase): readonly OrderItem[] {
  parser.expectWord('BY');
  const items: OrderItem[] = [];
  do {
    const expression = parser.parseExpression();
    const descending = parser.takeWord('DESC') !== null;
    if (!descending) parser.takeWord('ASC');
    const nulls = parser.takeWord('NULLS') ? (parser.expectOneOf(['FIRST', 'LAST']) as 'FIRST' | 'LAST') : null;
    items.push({ expression, descending, nulls });
  } while (parser.takeSymbol(','));
  return items;
}

function parseCount(parser: ParserBase): number {
  const token = parser.expectKind('number');
  if (!/^\d+$/.test(token.text)) throw parser.error(token.at, `unexpected token: '${token.text}'`);
  return Number(token.text);
}
