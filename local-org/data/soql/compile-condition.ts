import type { FieldType } from '../../schema/types.ts';
import { normalizeId } from '../ids.ts';
import { isNumeric } from '../layout.ts';
import type { Condition, Literal, Operator, Query } from './ast.ts';
import { compileExpression, type Compiled } from './compile-expression.ts';
import { dayRange, rangeBounds, todayIn } from './date-literals.ts';
import type { QuerySource } from './query-source.ts';
import { checkSemiJoins } from './semi-join-rules.ts';
import { soqlError } from './soql-error.ts';

/** The left side of a comparison, with its place in the query. */
type Left = Compiled & { readonly at: number };

export type SqlValue = string | number | null;

export interface ConditionContext {
  readonly source: QuerySource;
  readonly text: string;
  /** Filled in the order of the question marks. */
  readonly params: SqlValue[];
  /** SQL of a semi-join's inner query, its parameters pushed. */
  subquery(query: Query, params: SqlValue[]): string;
}

/**
 * SQL of a condition. SOQL knows true and false only: a comparison with a missing value is false, `!=` and NOT are its
 * opposite, so that `Name != 'x'` also finds records without a name. DOC soql-sosl/logical-operators: NOT is "true if
 * fieldExpressionX false"; that `<` with a missing value is false and not unknown is unconfirmed.
 */
export function compileCondition(context: ConditionContext, condition: Condition): string {
  checkSemiJoins(context.text, context.source.object.name, condition);
  return sqlOf(context, condition);
}

function sqlOf(context: ConditionContext, condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.terms.map((term) => sqlOf(context, term)).join(condition.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not':
      return `NOT coalesce(${sqlOf(context, condition.term)}, 0)`;
    case 'compare':
      return compare(context, filterable(context, condition), condition.operator, condition.right);
    case 'list':
      return compareList(context, filterable(context, condition), condition.operator, condition.right);
    case 'join':
      return compareJoin(context, filterable(context, condition), condition.operator, condition.query);
  }
}

function filterable(context: ConditionContext, condition: Extract<Condition, { left: unknown }>): Left {
  const left = compileExpression(context.source, context.text, condition.left);
  if (left.field && !left.field.filterable && !left.aggregate) {
    throw soqlError(
      'INVALID_FIELD',
      context.text,
      condition.at,
      `field '${left.field.name}' can not be filtered in a query call`,
    );
  }
  return { ...left, at: condition.left.at };
}

const NON_ASCII = /[\u0080-\uffff]/;

const COLUMN = /^\w+\."\w+"$/;

/**
 * SQLite's own comparison ignores the case of ASCII letters only; `fold` does the rest, without an index. A column compares as it was
 * made: an OR in which a collation is named is looked up in no index.
 */
function textSides(left: Left, hasNonAscii: boolean): { left: string; value: string } {
  if (!left.caseInsensitive) return { left: left.sql, value: '?' };
  return hasNonAscii
    ? { left: `fold(${left.sql})`, value: 'fold(?)' }
    : { left: COLUMN.test(left.sql) ? left.sql : `${left.sql} COLLATE NOCASE`, value: '?' };
}

function compare(context: ConditionContext, left: Left, operator: Operator, literal: Literal): string {
  if (literal.kind === 'dateLiteral') return compareRange(context, left, operator, literal);
  if (left.type === 'boolean' && operator !== '=' && operator !== '!=') throw wrongOperator(context, left, literal.at);
  if (operator === 'LIKE') refuseLike(context, left, literal.at);
  const value = convert(context, left, literal);
  if (operator === 'LIKE') return like(context, left, value);
  // DOC soql-sosl/use-null-in-where: "on a boolean field, null matches FALSE values"; a missing parent's is false too.
  if (left.type === 'boolean' && (value === null || value === 0) && (operator === '=' || operator === '!='))
    return `coalesce(${left.sql}, 0) ${operator === '=' ? '=' : '<>'} 0`;
  if (value === null) {
    if (operator === '=') return `${left.sql} IS NULL`;
    if (operator === '!=') return `${left.sql} IS NOT NULL`;
    return '0';
  }
  const sides = textSides(left, typeof value === 'string' && NON_ASCII.test(value));
  context.params.push(value);
  return operator === '!='
    ? `(${sides.left} <> ${sides.value} OR ${left.sql} IS NULL)`
    : `${sides.left} ${operator} ${sides.value}`;
}

/** "The LIKE operator is supported for string fields only." DOC soql-sosl/comparison-operators. */
function refuseLike(context: ConditionContext, left: Left, at: number): void {
  if (family(left.type) !== 'text' || isId(left.type)) throw wrongOperator(context, left, at);
}

/** "Comparisons on strings are case-sensitive for unique case-sensitive fields", LIKE included. DOC soql-sosl/comparison-operators. */
function like(context: ConditionContext, left: Left, value: SqlValue): string {
  if (value === null) return '0';
  if (left.field?.caseSensitive === true) {
    context.params.push(globOf(String(value)));
    return `${left.sql} GLOB ?`;
  }
  const folded = NON_ASCII.test(String(value));
  context.params.push(value);
  return folded ? `fold(${left.sql}) LIKE fold(?) ESCAPE '\\'` : `${left.sql} LIKE ? ESCAPE '\\'`;
}

/** SQLite's GLOB is its LIKE with regard to case, and finds by an index what begins with a text. */
const globOf = (pattern: string): string =>
  pattern.replaceAll(/\\(.)|[%_*?[]/gs, (found, escaped: string | undefined) => {
    if (found === '%') return '*';
    if (found === '_') return '?';
    const character = escaped ?? found;
    return '*?['.includes(character) ? `[${character}]` : character;
  });

function compareRange(
  context: ConditionContext,
  left: Left,
  operator: Operator,
  literal: Extract<Literal, { kind: 'dateLiteral' }>,
): string {
  if (left.type !== 'date' && left.type !== 'datetime') throw wrongType(context, left);
  const { user, now, fiscalStartMonth } = context.source.environment;
  const range = dayRange(literal.name, literal.count, todayIn(user.timeZone, now), { startMonth: fiscalStartMonth });
  const { start, end } = rangeBounds(range, left.type, user.timeZone);
  const x = left.sql;
  switch (operator) {
    case '=':
      context.params.push(start, end);
      return `(${x} >= ? AND ${x} < ?)`;
    case '!=':
      context.params.push(start, end);
      return `(${x} < ? OR ${x} >= ? OR ${x} IS NULL)`;
    case '<':
    case '>=':
      context.params.push(start);
      return `${x} ${operator} ?`;
    case '>':
    case '<=':
      context.params.push(end);
      return `${x} ${operator === '>' ? '>=' : '<'} ?`;
    default:
      throw wrongOperator(context, left, literal.at);
  }
}

/** Text as people quote it ("invalid operator on id field", "… on multipicklist field"); a boolean's `>` is worded after it. */
const wrongOperator = (context: ConditionContext, left: Left, at: number): Error =>
  soqlError(
    'INVALID_QUERY_FILTER_OPERATOR',
    context.text,
    at,
    `invalid operator on ${isId(left.type) ? 'id' : typeName(left.type)} field`,
  );

function compareList(context: ConditionContext, left: Left, operator: Operator, literals: readonly Literal[]): string {
  if (operator === 'INCLUDES' || operator === 'EXCLUDES') return compareMulti(context, left, operator, literals);
  const ranges = literals.filter((literal) => literal.kind === 'dateLiteral');
  const plain = literals
    .filter((literal) => literal.kind !== 'dateLiteral')
    .map((literal) => convert(context, left, literal));
  const values = plain.filter((value) => value !== null);
  const parts: string[] = [];
  if (values.length > 0) {
    const sides = textSides(
      left,
      values.some((value) => typeof value === 'string' && NON_ASCII.test(value)),
    );
    const list = sides.value === '?' ? 'value' : 'fold(value)';
    context.params.push(JSON.stringify(values));
    parts.push(`${sides.left} IN (SELECT ${list} FROM json_each(?))`);
  }
  if (plain.includes(null)) parts.push(`${left.sql} IS NULL`);
  for (const range of ranges) parts.push(compareRange(context, left, '=', range));
  const any = parts.length === 0 ? '0' : `(${parts.join(' OR ')})`;
  return operator === 'IN' ? any : `NOT coalesce(${any}, 0)`;
}

/** `INCLUDES ('a;b', 'c')`: has a and b, or has c. DOC soql-and-sosl "Querying Multi-Select Picklists". */
function compareMulti(
  context: ConditionContext,
  left: Left,
  operator: 'INCLUDES' | 'EXCLUDES',
  literals: readonly Literal[],
): string {
  if (left.type !== 'multipicklist') {
    throw soqlError(
      'INVALID_QUERY_FILTER_OPERATOR',
      context.text,
      literals[0]?.at ?? 0,
      `${operator.toLowerCase()} operator only valid on multipicklist field`,
    );
  }
  const alternatives = literals.map((literal) => {
    const wanted = String(convert(context, left, literal) ?? '').split(';');
    context.params.push(...wanted);
    return `(${wanted.map(() => `instr(';' || fold(${left.sql}) || ';', ';' || fold(?) || ';') > 0`).join(' AND ')})`;
  });
  const any = `(${alternatives.join(' OR ')})`;
  return operator === 'INCLUDES' ? any : `NOT coalesce(${any}, 0)`;
}

function compareJoin(context: ConditionContext, left: Left, operator: 'IN' | 'NOT IN', query: Query): string {
  const inner = context.subquery(query, context.params);
  if (left.type !== 'id' && left.type !== 'reference') {
    throw soqlError(
      'INVALID_QUERY_FILTER_OPERATOR',
      context.text,
      query.from.at,
      'The left operand field in the where expression for outer query should be an id field, cannot be a relationship field or any other field type',
    );
  }
  return operator === 'IN' ? `${left.sql} IN (${inner})` : `NOT coalesce(${left.sql} IN (${inner}), 0)`;
}

/** The literal as SQLite compares it; throws when its kind does not fit the field. An empty text is no value. */
function convert(context: ConditionContext, left: Left, literal: Literal): SqlValue {
  if (literal.kind === 'null') return null;
  if (literal.kind === 'dateLiteral') throw wrongType(context, left);
  if (literal.kind === 'value') return convertValue(left.type, literal.value);
  const fits = ACCEPTS[family(left.type)] === literal.kind;
  if (!fits) throw wrongType(context, left);
  if (literal.kind === 'boolean') return Number(literal.value);
  if (literal.kind === 'string' && literal.value === '') return null;
  if (left.type === 'id' || left.type === 'reference') {
    const id = normalizeId(String(literal.value));
    if (id === null)
      throw soqlError('INVALID_QUERY_FILTER_OPERATOR', context.text, literal.at, `invalid ID field: ${literal.value}`);
    return id;
  }
  return literal.value;
}

function convertValue(type: FieldType, value: string | number | boolean): SqlValue {
  if (typeof value === 'boolean') return Number(value);
  if (value === '') return null;
  if (type === 'id' || type === 'reference') return normalizeId(String(value)) ?? value;
  if (isNumeric(type)) return Number(value);
  if (type === 'boolean') return value === 'true' ? 1 : 0;
  return value;
}

type Family = 'text' | 'number' | 'boolean' | 'date' | 'datetime';

const ACCEPTS: Readonly<Record<Family, Literal['kind']>> = {
  text: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
};

function family(type: FieldType): Family {
  if (isNumeric(type)) return 'number';
  return type === 'boolean' || type === 'date' || type === 'datetime' ? type : 'text';
}

const isId = (type: FieldType): boolean => type === 'id' || type === 'reference';

/** SOAP names of types, as error texts use them. */
function typeName(type: FieldType): string {
  if (type === 'datetime') return 'dateTime';
  return type === 'currency' || type === 'percent' ? 'double' : family(type) === 'text' ? 'string' : type;
}

/** The place is that of the field: https://github.com/roblesterjr04/EloquentSalesForce/issues/68. */
function wrongType(context: ConditionContext, left: Left): Error {
  const quoted = family(left.type) === 'text';
  const name = left.path.at(-1) ?? 'COUNT';
  return soqlError(
    'INVALID_FIELD',
    context.text,
    left.at,
    `value of filter criterion for field '${name}' must be of type ${typeName(left.type)} and should ${quoted ? '' : 'not '}be enclosed in quotes`,
  );
}
