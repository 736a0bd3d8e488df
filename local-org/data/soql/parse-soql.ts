import type { Expression, OrderItem, PathExpression, Query, SelectItem, TypeofBranch } from './ast.ts';
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
  UPDATE: 'UPDATE TRACKING/VIEWSTAT',
};

/** Parses a query; throws MALFORMED_QUERY with row and column. DOC soql-and-sosl/sforce_api_calls_soql_select. */
export function parseSoql(text: string): Query {
  const parser = new ParserBase(text);
  const query = parseQuery(parser);
  parser.expectEnd();
  return query;
}

/** A query; it ends before a word at which `stops` says so. */
export function parseQuery(parser: ParserBase, stops: (word: string) => boolean = () => false): Query {
  parser.expectWord('SELECT');
  const select = parseSelectList(parser);
  parser.expectWord('FROM');
  const name = parser.expectKind('word');
  const from = { name: name.text, alias: parseAlias(parser), at: name.at };
  if (parser.isSymbol(',')) parser.refuse('more than one object in FROM');
  const scope = parser.takeWord('USING') ? parseScope(parser) : null;
  refuseClause(parser);
  const where = parser.takeWord('WHERE') ? parseCondition(parser, parseJoin) : null;
  if (parser.takeWord('WITH')) parseWith(parser);
  refuseClause(parser);
  if (parser.peek().kind === 'word' && stops(parser.peek().text))
    return { ...REST_OF_QUERY, select, from, scope, where };
  const { groupBy, subtotals } = parser.takeWord('GROUP') ? parseGroupBy(parser) : UNGROUPED;
  const having = parser.takeWord('HAVING') ? parseCondition(parser, parseJoin) : null;
  const orderBy = parser.takeWord('ORDER') ? parseOrderBy(parser) : [];
  const limit = parser.takeWord('LIMIT') ? parseCount(parser) : null;
  const offset = parser.takeWord('OFFSET') ? parseCount(parser) : null;
  refuseClause(parser);
  if (parser.isWord('FOR')) parseFor(parser, orderBy);
  refuseClause(parser);
  return { select, from, scope, where, groupBy, subtotals, having, orderBy, limit, offset };
}

/**
 * FOR VIEW and FOR REFERENCE record that the user looked, which this org keeps for nobody; FOR UPDATE locks rows, which one
 * process needs not. DOC soql-sosl/for-update: "You can't use the ORDER BY clause in any SOQL query that uses locking."
 * ALL ROWS is Apex's alone and an unexpected token to the API, as public logs show.
 */
function parseFor(parser: ParserBase, orderBy: readonly OrderItem[]): void {
  const { at } = parser.next();
  const word = parser.expectOneOf(['VIEW', 'REFERENCE', 'UPDATE']);
  if (word === 'UPDATE' && orderBy.length > 0) throw parser.error(at, ORDERED_LOCK);
}

/** Worded after the guide. */
const ORDERED_LOCK = "You can't use the ORDER BY clause in any SOQL query that uses locking";

/** Clauses that the inner query of a semi-join does not take. DOC soql-sosl/comparison-operators "Subquery limits". */
const NOT_IN_JOIN = new Set(['GROUP', 'HAVING', 'ORDER', 'LIMIT', 'OFFSET', 'FOR']);

/**
 * The inner query of a semi-join: it ends after its conditions. The text for a clause is that of public logs for GROUP
 * ("missing value at 'GROUP'").
 */
function parseJoin(parser: ParserBase): Query {
  const query = parseQuery(parser, (next) => NOT_IN_JOIN.has(next.toUpperCase()));
  if (parser.isSymbol(')')) return query;
  const { text, at } = parser.peek();
  throw NOT_IN_JOIN.has(text.toUpperCase()) ? parser.error(at, `missing value at '${text}'`) : parser.unexpected();
}

const REST_OF_QUERY = { groupBy: [], subtotals: null, having: null, orderBy: [], limit: null, offset: null };

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
  if (parser.isWord('TYPEOF') && parser.peek(1).kind === 'word') return parseTypeof(parser);
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

interface Grouping {
  readonly groupBy: readonly Expression[];
  readonly subtotals: Query['subtotals'];
}

const UNGROUPED: Grouping = { groupBy: [], subtotals: null };
/** DOC soql-sosl/group-by-rollup, group-by-cube: "up to three fields". */
const MOST_SUBTOTAL_FIELDS = 3;

function parseGroupBy(parser: ParserBase): Grouping {
  parser.expectWord('BY');
  const word = parser.peek().text.toUpperCase();
  if ((word === 'ROLLUP' || word === 'CUBE') && parser.peek(1).text === '(') {
    const { at } = parser.next();
    parser.expectSymbol('(');
    const groupBy = parseList(parser);
    parser.expectSymbol(')');
    if (groupBy.length > MOST_SUBTOTAL_FIELDS)
      throw parser.error(at, `GROUP BY ${word} takes at most ${MOST_SUBTOTAL_FIELDS} fields`);
    return { groupBy, subtotals: word };
  }
  return { groupBy: parseList(parser), subtotals: null };
}

function parseList(parser: ParserBase): readonly Expression[] {
  const items: Expression[] = [];
  do items.push(parser.parseExpression());
  while (parser.takeSymbol(','));
  return items;
}

/** `TYPEOF What WHEN Account THEN Phone WHEN Opportunity THEN Amount ELSE Name END`. DOC soql-sosl/typeof. */
function parseTypeof(parser: ParserBase): SelectItem {
  const { at } = parser.next();
  const path = parsePath(parser).path;
  const branches: TypeofBranch[] = [];
  while (parser.takeWord('WHEN')) {
    const object = parser.expectKind('word');
    parser.expectWord('THEN');
    branches.push({ object: object.text, fields: parsePaths(parser), at: object.at });
  }
  if (branches.length === 0) throw parser.unexpected();
  const otherwise = parser.takeWord('ELSE');
  if (otherwise) branches.push({ object: null, fields: parsePaths(parser), at: otherwise.at });
  parser.expectWord('END');
  return { kind: 'typeof', path, branches, at };
}

function parsePath(parser: ParserBase): PathExpression {
  const expression = parser.parseExpression();
  if (expression.kind !== 'path') throw parser.error(expression.at, `unexpected token: '${expression.name}'`);
  return expression;
}

function parsePaths(parser: ParserBase): readonly PathExpression[] {
  const paths: PathExpression[] = [];
  do paths.push(parsePath(parser));
  while (parser.takeSymbol(','));
  return paths;
}

/** DOC soql-sosl/using-scope. Scopes of features that this org has not are refused by name. */
function parseScope(parser: ParserBase): string {
  parser.expectWord('SCOPE');
  const { text, at } = parser.expectKind('word');
  const scope = text.toLowerCase();
  if (scope === 'mine' || scope === 'everything') return scope;
  throw parser.error(at, `USING SCOPE ${text} is not supported by the local org`);
}

/** DOC apex-guide/filter-soql-queries-using-with-securityenforced; soql-sosl/with says the same of the modes. */
const APEX_ONLY = /^(USER_MODE|SYSTEM_MODE|SECURITY_ENFORCED)$/i;

/** A query through an API runs as its user anyway. The text is the guide's; how the API words it is not public. */
function parseWith(parser: ParserBase): never {
  const { text, at } = parser.expectKind('word');
  const reason = APEX_ONLY.test(text) ? 'is only available in Apex' : 'is not supported by the local org';
  throw parser.error(at, `The WITH ${text} clause ${reason}`);
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
  // No count is beyond the platform's 32-bit integers.
  if (!/^\d{1,10}$/.test(token.text)) throw parser.error(token.at, `unexpected token: '${token.text}'`);
  return Number(token.text);
}
