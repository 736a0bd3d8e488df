import type { FieldDef } from '../../schema/types.ts';
import type { Query, SelectItem } from './ast.ts';
import { compileExpression } from './compile-expression.ts';
import type { QueryContext } from './compile-query.ts';
import { TYPE_OF_NAME, type SourceNode } from './query-source.ts';
import { soqlError } from './soql-error.ts';

/** DOC soql-and-sosl "FIELDS()": unbounded groups need LIMIT 200. */
const FIELDS_LIMIT = 200;

/** A selected item, ready to be read from a row of SQL. */
export type SelectedItem =
  | {
      readonly kind: 'field';
      readonly node: SourceNode;
      readonly field: FieldDef;
      /** Key in the record, the canonical name unless aliased or translated. */
      readonly key: string;
      /** `toLabel`. */
      readonly asLabel: boolean;
      /** Null for a formula field, which is computed afterwards. */
      readonly sql: string | null;
    }
  | { readonly kind: 'expression'; readonly key: string; readonly sql: string; readonly type: FieldDef['type'] }
  | { readonly kind: 'subquery'; readonly query: Query };

/** Resolves the select list of a query without aggregates. */
export function selectedItems(context: QueryContext): readonly SelectedItem[] {
  const items: SelectedItem[] = [];
  let unnamed = 0;
  for (const item of context.query.select) {
    if (item.kind === 'subquery') items.push({ kind: 'subquery', query: item.query });
    else if (item.kind === 'fields') items.push(...expandFields(context, item));
    else if (item.expression.kind === 'path')
      items.push(fieldItem(context, item.expression.path, item.alias, item.at, false));
    else if (item.expression.name === 'TOLABEL' && item.expression.args[0]?.kind === 'path') {
      items.push(fieldItem(context, item.expression.args[0].path, item.alias, item.at, true));
    } else {
      const compiled = compileExpression(context.source, context.text, item.expression);
      items.push({ kind: 'expression', key: item.alias ?? `expr${unnamed++}`, sql: compiled.sql, type: compiled.type });
    }
  }
  refuseDuplicates(context, items);
  return items;
}

function fieldItem(
  context: QueryContext,
  path: readonly string[],
  alias: string | null,
  at: number,
  asLabel: boolean,
): SelectedItem {
  const { node, field } = context.source.locate(path, at);
  const sql = field.formula === null || field === TYPE_OF_NAME ? context.source.column(path, at).sql : null;
  return { kind: 'field', node, field, key: alias ?? field.name, asLabel, sql };
}

function expandFields(context: QueryContext, item: Extract<SelectItem, { kind: 'fields' }>): readonly SelectedItem[] {
  const { query, source, text } = context;
  if (item.group !== 'STANDARD' && (query.limit === null || query.limit > FIELDS_LIMIT)) {
    throw soqlError(
      'MALFORMED_QUERY',
      text,
      item.at,
      `The SOQL FIELDS function must have a LIMIT of at most ${FIELDS_LIMIT}`,
    );
  }
  return [...source.object.fields.values()]
    .filter((field) => item.group === 'ALL' || field.custom === (item.group === 'CUSTOM'))
    .map((field) => fieldItem(context, [field.name], null, item.at, false));
}

function refuseDuplicates(context: QueryContext, items: readonly SelectedItem[]): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (item.kind === 'subquery') continue;
    const key = item.kind === 'field' ? [...item.node.path, item.key].join('.') : item.key;
    if (seen.has(key))
      throw soqlError('MALFORMED_QUERY', context.text, context.query.from.at, `duplicate field selected: ${key}`);
    seen.add(key);
  }
}
