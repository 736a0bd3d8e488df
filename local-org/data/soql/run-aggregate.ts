import type { FieldValue } from '../types.ts';
import type { Expression } from './ast.ts';
import { compileCondition } from './compile-condition.ts';
import { compileExpression, isAggregate, type Compiled } from './compile-expression.ts';
import { limitSql, orderSql, whereSql, type QueryContext } from './compile-query.ts';
import { soqlError } from './soql-error.ts';
import type { SoqlColumn, SoqlRecord } from './soql-result.ts';

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
  const selected = compileSelect(context, groups);
  const where = whereSql(context);
  const groupBy = groups.length === 0 ? '' : ` GROUP BY ${groups.map(grouped).join(', ')}`;
  const having = query.having ? ` HAVING ${compileCondition(context, query.having)}` : '';
  const order = orderSql(context);
  const list = selected.map(({ compiled }) => compiled.sql).join(', ');
  const sql = `SELECT ${list} FROM ${source.fromSql()}${where}${groupBy}${having}${order}${limitSql(query)}`;
  if (query.having && groups.length === 0)
    throw soqlError('MALFORMED_QUERY', text, query.from.at, "unexpected token: 'HAVING'");
  const rows = source.environment.store.statement(sql).all(...context.params) as unknown as unknown[][];
  const records = rows.map((row): SoqlRecord => ({
    kind: 'record',
    object: 'AggregateResult',
    id: null,
    values: Object.fromEntries(selected.map(({ key, compiled }, i) => [key, decode(compiled, row[i])])),
  }));
  const columns = selected.map(({ key, compiled }): SoqlColumn => ({
    path: [key],
    aggregate: compiled.aggregate,
    type: compiled.type,
    children: null,
  }));
  return { records, columns };
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

function compileSelect(
  context: QueryContext,
  groups: readonly Compiled[],
): readonly { key: string; compiled: Compiled }[] {
  const { query, source, text } = context;
  const groupSql = new Set(groups.map((group) => group.sql));
  const keys = new Set<string>();
  let unnamed = 0;
  return query.select.map((item) => {
    if (item.kind !== 'expression')
      throw soqlError('MALFORMED_QUERY', text, item.at, 'Grouped query cannot select subqueries or FIELDS()');
    const compiled = compileExpression(source, text, item.expression);
    if (!isAggregate(item.expression) && !groupSql.has(compiled.sql)) {
      throw soqlError(
        'MALFORMED_QUERY',
        text,
        item.at,
        `Field must be grouped or aggregated: ${compiled.path.at(-1) ?? ''}`,
      );
    }
    const natural = item.expression.kind === 'path' ? compiled.path.at(-1)! : null;
    const key = item.alias ?? natural ?? `expr${unnamed++}`;
    if (keys.has(key)) throw soqlError('MALFORMED_QUERY', text, item.at, `duplicate alias: ${key}`);
    keys.add(key);
    return { key, compiled };
  });
}
