import { decodeRow, layoutOf } from './layout.ts';
import type { Condition, Expression, Literal, Operator } from './soql/ast.ts';
import { openQuery, orderSql, whereSql } from './soql/compile-query.ts';
import type { QueryEnvironment } from './soql/environment.ts';
import type { FieldValue, Filter, Row, Selection } from './types.ts';
import { PlatformError } from '../platform-error.ts';
import { noSuchObject } from './soql/soql-error.ts';

/** Runs a selection: whole stored rows of one object. */
export function runSelection(environment: QueryEnvironment, selection: Selection): readonly Row[] {
  const object = environment.schema.object(selection.object);
  const whole = (environment.wholeSchema ?? environment.schema).object(selection.object);
  if (!object || !whole) throw new PlatformError('INVALID_TYPE', noSuchObject(selection.object));
  const query = {
    select: [],
    from: { name: selection.object, alias: null, at: 0 },
    where: selection.filter ? toCondition(selection.filter) : null,
    scope: null,
    groupBy: [],
    subtotals: null,
    having: null,
    orderBy: (selection.orderBy ?? []).map(({ field, descending }) => ({
      expression: pathOf(field),
      descending,
      nulls: null,
    })),
    limit: selection.limit ?? null,
    offset: null,
  };
  const context = openQuery(environment, '', query, object, { allRows: false, depth: 0 });
  const where = whereSql(context);
  const order = orderSql(context);
  const layout = layoutOf(whole);
  const list = layout.selectList.replaceAll('t."', `${context.source.alias}."`);
  const limit = selection.limit === undefined ? '' : ` LIMIT ${selection.limit}`;
  const rows = environment.store
    .statement(`SELECT ${list} FROM ${context.source.fromSql()}${where}${order}${limit}`)
    .all(...context.params);
  return (rows as unknown as unknown[][]).map((row) => decodeRow(layout, row));
}

function pathOf(field: string): Expression {
  return { kind: 'path', path: field.split('.'), at: 0 };
}

const TEXT_MATCH: Readonly<Record<string, readonly [string, string]>> = {
  startsWith: ['', '%'],
  endsWith: ['%', ''],
  contains: ['%', '%'],
};

/** The filter in the words of SOQL, with SOQL's meaning of missing values. */
export function toCondition(filter: Filter): Condition {
  if ('and' in filter) return group('and', filter.and);
  if ('or' in filter) return group('or', filter.or);
  if ('not' in filter) return { kind: 'not', term: toCondition(filter.not) };
  const left = pathOf(filter.field);
  const match = TEXT_MATCH[filter.operator];
  if (match) {
    const pattern = `${match[0]}${String(filter.value ?? '').replace(/[\\%_]/g, '\\$&')}${match[1]}`;
    return { kind: 'compare', left, operator: 'LIKE', right: { kind: 'value', value: pattern, at: 0 }, at: 0 };
  }
  if (filter.operator === 'in' || filter.operator === 'notIn') {
    const values = (Array.isArray(filter.value) ? filter.value : [filter.value]) as readonly FieldValue[];
    return {
      kind: 'list',
      left,
      operator: filter.operator === 'in' ? 'IN' : 'NOT IN',
      right: values.map(literalOf),
      at: 0,
    };
  }
  return {
    kind: 'compare',
    left,
    operator: filter.operator as Operator,
    right: literalOf(filter.value as FieldValue),
    at: 0,
  };
}

/** An empty "and" holds for every row, an empty "or" for none. */
function group(kind: 'and' | 'or', filters: readonly Filter[]): Condition {
  const terms = filters.map(toCondition);
  if (terms.length > 0) return { kind, terms };
  const isMissing = {
    kind: 'compare',
    left: pathOf('Id'),
    operator: kind === 'and' ? '!=' : '=',
    right: { kind: 'null', at: 0 },
    at: 0,
  } as const;
  return isMissing;
}

function literalOf(value: FieldValue): Literal {
  return value === null ? { kind: 'null', at: 0 } : { kind: 'value', value, at: 0 };
}
