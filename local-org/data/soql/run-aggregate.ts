import { PlatformError } from '../../platform-error.ts';
import type { FieldValue } from '../types.ts';
import type { Condition, Expression, Query } from './ast.ts';
import { compileCondition } from './compile-condition.ts';
import { compileExpression, groupingSql, type Compiled } from './compile-expression.ts';
import { limitSql, orderParts, whereSql, type OrderPart, type QueryContext } from './compile-query.ts';
import { formatValue } from './format-value.ts';
import { refuseJoins } from './semi-join-rules.ts';
import { soqlError } from './soql-error.ts';
import type { SoqlColumn, SoqlRecord } from './soql-result.ts';

/**
 * Rows of a grouped query: "Queries that return results with GROUP BY can't use queryMore()" (DOC soql-sosl/considerations-for-group-by),
 * so they end where the largest batch does. The text is quoted in many public repositories, the code is unconfirmed.
 */
const MOST_GROUPS = 2_000;
const TOO_MANY_GROUPS =
  'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch';

/** `SELECT COUNT() FROM …`. */
export function runCount(context: QueryContext): number {
  const { source, query } = context;
  const where = whereSql(context);
  const inner = `SELECT 1 FROM ${source.fromSql()}${where}${limitSql(query)}`;
  const row = source.environment.store
    .statement(`SELECT COUNT(*) FROM (${inner})`)
    .get(...context.params) as unknown as [number];
  return row[0];
}

/** Runs a grouped query; each row is an AggregateResult. DOC soql-and-sosl/sforce_api_calls_soql_select_groupby. */
export function runAggregate(context: QueryContext): {
  readonly records: readonly SoqlRecord[];
  readonly columns: readonly SoqlColumn[];
} {
  const { source, query, text } = context;
  const groups = query.groupBy.map((expression) => compileGroup(context, expression));
  // DOC soql-sosl/considerations-for-group-by: "You must use a GROUP BY clause if your query has a LIMIT clause and an
  // aggregated function".
  if (groups.length === 0 && query.limit !== null) {
    const reason = 'Non-grouped query that uses overall aggregate functions cannot also use LIMIT';
    throw soqlError('MALFORMED_QUERY', text, query.from.at, reason);
  }
  const selected = compileSelect(context, groups);
  const where = whereSql(context);
  if (query.having && groups.length === 0)
    throw soqlError('MALFORMED_QUERY', text, query.from.at, "unexpected token: 'HAVING'");
  if (query.having) refuseJoins(context.text, query.having);
  const having = query.having ? ` HAVING ${compileCondition(context, query.having)}` : '';
  const order = orderParts(context);
  refuseUngrouped(context, groups, order);
  const from = source.fromSql();
  const sets = groupingSets(groups, query.subtotals);
  const parts = sets.map((set) => {
    const columns = [...selected, ...order].map(({ compiled, sql }) => inSet(groups, set, compiled, sql));
    const groupBy = set.length === 0 ? '' : ` GROUP BY ${set.map(grouped).join(', ')}`;
    const marked = inSet(groups, set, null, having);
    return `SELECT ${columns.map((column, i) => `${column} AS c${i}`).join(', ')} FROM ${from}${where}${groupBy}${marked}`;
  });
  const orderBy = order.map(({ tail }, i) => `c${selected.length + i}${tail}`).join(', ');
  const sql = `SELECT * FROM (${parts.join(' UNION ALL ')})${orderBy === '' ? '' : ` ORDER BY ${orderBy}`}${limitSql(query)}`;
  const params = sets.flatMap(() => context.params);
  const rows = source.environment.store.statement(sql).all(...params) as unknown as unknown[][];
  if (rows.length > MOST_GROUPS) throw new PlatformError('EXCEEDED_ID_LIMIT', TOO_MANY_GROUPS);
  const { timeZone } = source.environment.user;
  const records = rows.map((row): SoqlRecord => ({
    kind: 'record',
    object: 'AggregateResult',
    id: null,
    values: Object.fromEntries(
      selected.map(({ key, compiled, format }, i) => {
        const value = decode(compiled, row[i]);
        const scale = compiled.field?.scale ?? 0;
        return [key, format ? formatValue({ type: compiled.type, scale }, value, timeZone) : value];
      }),
    ),
  }));
  const columns = selected.map(({ key, compiled }): SoqlColumn => ({
    path: [key],
    aggregate: compiled.aggregate,
    type: compiled.type,
    children: null,
  }));
  return { records, columns };
}

/**
 * The groupings whose rows a query returns. ROLLUP (a, b): a and b, a, none; CUBE (a, b): every choice of them. DOC
 * soql-sosl/group-by-rollup, group-by-cube.
 */
function groupingSets(groups: readonly Compiled[], subtotals: Query['subtotals']): readonly (readonly Compiled[])[] {
  if (subtotals === null) return [groups];
  if (subtotals === 'ROLLUP') return [...groups, null].map((_group, i) => groups.slice(0, groups.length - i));
  const choices = Array.from({ length: 2 ** groups.length }, (_choice, i) => i);
  return choices.map((choice) => groups.filter((_group, i) => (choice & (1 << i)) === 0));
}

/** An expression within one grouping: what the subtotal sums over is null, and GROUPING() says so. */
function inSet(groups: readonly Compiled[], set: readonly Compiled[], compiled: Compiled | null, sql: string): string {
  const absent = groups.filter((group) => !set.includes(group));
  if (compiled && absent.some((group) => group.sql === compiled.sql)) return 'NULL';
  return groups.reduce(
    (marked, group) => marked.replaceAll(groupingSql(group.sql), absent.includes(group) ? '1' : '0'),
    sql,
  );
}

function decode(compiled: Compiled, value: unknown): FieldValue {
  return compiled.type === 'boolean' && value !== null ? value === 1 : (value as FieldValue);
}

function grouped(compiled: Compiled): string {
  return compiled.caseInsensitive ? `${compiled.sql} COLLATE NOCASE` : compiled.sql;
}

function compileGroup(context: QueryContext, expression: Expression): Compiled {
  const compiled = compileExpression(context.source, context.text, expression);
  if (compiled.field && !compiled.field.groupable) {
    throw soqlError(
      'MALFORMED_QUERY',
      context.text,
      expression.at,
      `field '${compiled.field.name}' can not be grouped in a query call`,
    );
  }
  return compiled;
}

/** HAVING and ORDER BY take what is grouped or aggregated, as the select list does. */
function refuseUngrouped(context: QueryContext, groups: readonly Compiled[], order: readonly OrderPart[]): void {
  const { query, source, text } = context;
  const groupSql = new Set(groups.map((group) => group.sql));
  const ungrouped = (compiled: Compiled): boolean => !compiled.aggregate && !groupSql.has(compiled.sql);
  for (const left of query.having ? comparedIn(query.having) : []) {
    const compiled = compileExpression(source, text, left);
    const reason = `Field must be grouped or aggregated: ${compiled.path.at(-1) ?? ''}`;
    if (ungrouped(compiled)) throw soqlError('MALFORMED_QUERY', text, left.at, reason);
  }
  order.forEach(({ compiled }, i) => {
    const reason = `Ordered field must be grouped or aggregated: ${compiled.path.at(-1) ?? ''}`;
    if (ungrouped(compiled)) throw soqlError('MALFORMED_QUERY', text, query.orderBy[i]!.expression.at, reason);
  });
}

/** The left sides of all comparisons in a condition. */
function comparedIn(condition: Condition): readonly Expression[] {
  if ('terms' in condition) return condition.terms.flatMap(comparedIn);
  return condition.kind === 'not' ? comparedIn(condition.term) : [condition.left];
}

interface Selected {
  readonly key: string;
  readonly compiled: Compiled;
  readonly sql: string;
  readonly format: boolean;
}

function compileSelect(context: QueryContext, groups: readonly Compiled[]): readonly Selected[] {
  const { query, source, text } = context;
  const groupSql = new Set(groups.map((group) => group.sql));
  const keys = new Set<string>();
  let unnamed = 0;
  return query.select.map((item) => {
    if (item.kind !== 'expression')
      throw soqlError('MALFORMED_QUERY', text, item.at, 'Grouped query cannot select subqueries or FIELDS()');
    const { expression } = item;
    const format = expression.kind === 'call' && expression.name === 'FORMAT' && expression.args.length === 1;
    const compiled = compileExpression(source, text, format ? expression.args[0]! : expression);
    const isGrouping = expression.kind === 'call' && expression.name === 'GROUPING';
    const summed = isGrouping ? compileExpression(source, text, expression.args[0]!) : null;
    if (summed ? !groupSql.has(summed.sql) : !compiled.aggregate && !groupSql.has(compiled.sql)) {
      throw soqlError(
        'MALFORMED_QUERY',
        text,
        item.at,
        `Field must be grouped or aggregated: ${compiled.path.at(-1) ?? ''}`,
      );
    }
    const argument = expression.kind === 'call' ? expression.args[0] : undefined;
    if (
      compiled.aggregate &&
      !query.subtotals &&
      argument &&
      groupSql.has(compileExpression(source, text, argument).sql)
    ) {
      // https://github.com/RoseSilverSoftware/IlluminatedCloud/issues/1824
      const reason = `Grouped field should not be aggregated: ${compiled.path.at(-1) ?? ''}`;
      throw soqlError('MALFORMED_QUERY', text, argument.at, reason);
    }
    const natural = expression.kind === 'path' ? compiled.path.at(-1)! : null;
    const key = item.alias ?? natural ?? `expr${unnamed++}`;
    if (keys.has(key)) throw soqlError('MALFORMED_QUERY', text, item.at, `duplicate alias: ${key}`);
    keys.add(key);
    return { key, compiled, sql: compiled.sql, format };
  });
}
