import type { ObjectDef } from '../../schema/types.ts';
import { PlatformError } from '../../platform-error.ts';
import type { OrderItem, Query } from './ast.ts';
import { compileCondition, type ConditionContext, type SqlValue } from './compile-condition.ts';
import { compileExpression, isAggregate, sqlText, type Compiled } from './compile-expression.ts';
import type { QueryEnvironment } from './environment.ts';
import { QuerySource } from './query-source.ts';
import { noSuchObject, soqlError } from './soql-error.ts';

/** DOC soql-and-sosl/sforce_api_calls_soql_select_offset. */
const MAX_OFFSET = 2000;

export interface QueryContext extends ConditionContext {
  readonly query: Query;
  readonly allRows: boolean;
  /** Which query of the text this is, for aliases. */
  readonly depth: number;
}

export function openQuery(
  environment: QueryEnvironment,
  text: string,
  query: Query,
  object: ObjectDef,
  options: { allRows: boolean; depth: number },
): QueryContext {
  const source = new QuerySource(environment, object, text, query.from.alias, `t${options.depth}`);
  let inner = options.depth * 10;
  return {
    source,
    text,
    query,
    params: [],
    allRows: options.allRows,
    depth: options.depth,
    subquery: (subquery, params) =>
      compileSemiJoin(environment, text, subquery, params, { allRows: options.allRows, depth: ++inner + 10 }),
  };
}

export function objectOf(environment: QueryEnvironment, text: string, query: Query): ObjectDef {
  const object = environment.schema.object(query.from.name);
  if (!object?.queryable) throw soqlError('INVALID_TYPE', text, query.from.at, noSuchObject(query.from.name));
  return object;
}

/** `WHERE …` with the recycle bin left out unless all rows are asked for. Parameters are pushed in order. */
export function whereSql(context: QueryContext, extra: readonly string[] = []): string {
  const terms = [...extra];
  const { source, query } = context;
  if (!context.allRows && source.object.fields.has('isdeleted')) terms.push(`${source.alias}."IsDeleted" = 0`);
  if (query.scope === 'mine') terms.push(ownRecords(context));
  const readable = source.environment.readable?.(source.object, source.alias) ?? null;
  if (readable !== null) terms.push(readable);
  if (query.where) terms.push(compileCondition(context, query.where));
  return terms.length === 0 ? '' : ` WHERE ${terms.join(' AND ')}`;
}

/** USING SCOPE mine: "records owned by the user running the query". */
function ownRecords({ source, text, query }: QueryContext): string {
  if (source.object.fields.has('ownerid')) return `${source.alias}."OwnerId" = '${source.environment.user.id}'`;
  throw soqlError('INVALID_FIELD', text, query.from.at, `filter scope mine is not supported for ${source.object.name}`);
}

/**
 * Missing values come first unless the query says otherwise, DESC or not. DOC soql-sosl/order-by: "By default, null
 * values are sorted first" (guides by others say last for DESC; the idiom DESC NULLS LAST would then be idle).
 */
export function orderSql(context: QueryContext): string {
  const items = orderParts(context).map(({ sql, tail }) => `${sql}${tail}`);
  return items.length === 0 ? '' : ` ORDER BY ${items.join(', ')}`;
}

/** What a query sorts by: the expression, what is sorted in SQL, and how. */
export interface OrderPart {
  readonly compiled: Compiled;
  readonly sql: string;
  readonly tail: string;
}

export function orderParts(context: QueryContext): readonly OrderPart[] {
  return context.query.orderBy.map((item) => orderPart(context, item));
}

function orderPart(context: QueryContext, item: OrderItem): OrderPart {
  const compiled = compileExpression(context.source, context.text, item.expression);
  if (compiled.field && !compiled.field.sortable && !compiled.aggregate) {
    throw soqlError(
      'INVALID_FIELD',
      context.text,
      item.expression.at,
      `field '${compiled.field.name}' can not be sorted in a query call`,
    );
  }
  const collate = compiled.caseInsensitive ? ' COLLATE NOCASE' : '';
  const sql = picklistOrder(compiled) ?? `${compiled.sql}${collate}`;
  // Where there are no missing values, an index can sort.
  const neverNull = compiled.field?.nillable === false && compiled.path.length === 1 && !compiled.aggregate;
  const nulls = neverNull ? '' : ` NULLS ${item.nulls ?? 'FIRST'}`;
  return { compiled, sql, tail: `${item.descending ? ' DESC' : ''}${nulls}` };
}

/** "Picklist sorting is defined by the picklist sort determined during setup." DOC soql-sosl/order-by. */
function picklistOrder({ sql, field, aggregate }: Compiled): string | null {
  const values = field?.type === 'picklist' && !aggregate ? (field.picklist?.values ?? []) : [];
  if (values.length === 0) return null;
  const whens = values.map(({ value }, i) => `WHEN ${sqlText(value)} THEN ${i}`);
  return `CASE ${sql} ${whens.join(' ')} ELSE iif(${sql} IS NULL, NULL, ${values.length}) END`;
}

export function limitSql(query: Query): string {
  if (query.offset !== null && query.offset > MAX_OFFSET) {
    throw new PlatformError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${MAX_OFFSET}`);
  }
  if (query.limit === null && query.offset === null) return '';
  return ` LIMIT ${query.limit ?? -1}${query.offset === null ? '' : ` OFFSET ${query.offset}`}`;
}

/** Of the objects that DOC soql-sosl/comparison-operators "Subquery limits" lists, those that this org has. */
const NOT_IN_JOIN = new Set(['Event', 'Task']);

/** A field of the inner object itself, with or without its name or alias before it. */
function isOwnField(path: readonly string[], { from }: Query): boolean {
  const [first = ''] = path;
  const named = [from.name, from.alias ?? ''].some((name) => name.toLowerCase() === first.toLowerCase());
  return path.length === 1 || (path.length === 2 && named);
}

function compileSemiJoin(
  environment: QueryEnvironment,
  text: string,
  query: Query,
  params: SqlValue[],
  options: { allRows: boolean; depth: number },
): string {
  const object = objectOf(environment, text, query);
  if (NOT_IN_JOIN.has(object.name)) {
    const reason = `Entity '${object.name}' is not supported for semi join inner selects`;
    throw soqlError('MALFORMED_QUERY', text, query.from.at, reason);
  }
  const context = openQuery(environment, text, query, object, options);
  const item = query.select[0];
  if (query.select.length !== 1 || item?.kind !== 'expression' || isAggregate(item.expression)) {
    throw soqlError(
      'MALFORMED_QUERY',
      text,
      query.from.at,
      'The inner select of a semi-join must have exactly one field',
    );
  }
  const selected = compileExpression(context.source, text, item.expression);
  const own = item.expression.kind === 'path' && isOwnField(item.expression.path, query);
  if ((selected.type !== 'id' && selected.type !== 'reference') || !own) {
    throw soqlError(
      'MALFORMED_QUERY',
      text,
      item.at,
      `semi join sub-selects can only query id fields, cannot use: '${selected.path.join('.')}'`,
    );
  }
  const where = whereSql(context, [`${selected.sql} IS NOT NULL`]);
  params.push(...context.params);
  return `SELECT ${selected.sql} FROM ${context.source.fromSql()}${where}${orderSql(context)}${limitSql(query)}`;
}
