import type { FieldDef } from '../../schema/types.ts';
import type { Query, SelectItem, TypeofBranch } from './ast.ts';
import { compileExpression, isDateFunction } from './compile-expression.ts';
import type { QueryContext } from './compile-query.ts';
import { TYPE_OF_NAME, type SourceNode } from './query-source.ts';
import { soqlError } from './soql-error.ts';

/** DOC soql-and-sosl "FIELDS()": unbounded groups need LIMIT 200. */
const FIELDS_LIMIT = 200;

/** `SELECT Name n FROM Account`: the text that orgs give, as users of the API have noted it down in many places. */
const ALIAS_WITHOUT_GROUPING = 'only aggregate expressions use field aliasing';

/** A selected item, ready to be read from a row of SQL. */
export type SelectedItem =
  | {
      readonly kind: 'field';
      readonly node: SourceNode;
      readonly field: FieldDef;
      /** Key in the record, the canonical name unless aliased or translated. */
      readonly key: string;
      /** The value itself, or what `toLabel` and `FORMAT` make of it. */
      readonly show: 'value' | 'label' | 'format';
      /** Null for a formula field, which is computed afterwards. */
      readonly sql: string | null;
    }
  | {
      readonly kind: 'typeof';
      /** The record that has the lookup. */
      readonly node: SourceNode;
      readonly field: FieldDef;
      /** Relationship name. */
      readonly key: string;
      readonly branches: readonly TypeofBranch[];
      readonly sql: string;
    }
  | { readonly kind: 'expression'; readonly key: string; readonly sql: string; readonly type: FieldDef['type'] }
  | { readonly kind: 'subquery'; readonly query: Query };

/** Resolves the select list of a query without aggregates. */
export function selectedItems(context: QueryContext): readonly SelectedItem[] {
  const items: SelectedItem[] = [];
  let unnamed = 0;
  for (const item of context.query.select) {
    if (item.kind === 'subquery') items.push({ kind: 'subquery', query: item.query });
    else if (item.kind === 'typeof') items.push(typeofItem(context, item));
    else if (item.kind === 'fields') items.push(...expandFields(context, item));
    else if (item.expression.kind === 'path') {
      if (item.alias !== null) throw soqlError('MALFORMED_QUERY', context.text, item.at, ALIAS_WITHOUT_GROUPING);
      items.push(fieldItem(context, item.expression.path, null, item.at, 'value'));
    } else if (SHOWN[item.expression.name] && item.expression.args[0]?.kind === 'path') {
      const show = SHOWN[item.expression.name]!;
      items.push(fieldItem(context, item.expression.args[0].path, item.alias, item.at, show));
    } else {
      const compiled = compileExpression(context.source, context.text, item.expression);
      if (isDateFunction(item.expression)) {
        const reason = `Field must be grouped or aggregated: ${compiled.path.at(-1) ?? ''}`;
        throw soqlError('MALFORMED_QUERY', context.text, item.at, reason);
      }
      items.push({ kind: 'expression', key: item.alias ?? `expr${unnamed++}`, sql: compiled.sql, type: compiled.type });
    }
  }
  refuseDuplicates(context, items);
  return items;
}

const SHOWN: Readonly<Record<string, 'label' | 'format'>> = { TOLABEL: 'label', FORMAT: 'format' };

function typeofItem(context: QueryContext, item: Extract<SelectItem, { kind: 'typeof' }>): SelectedItem {
  const { node, field, sql } = context.source.lookup(item.path, item.at);
  const functions = context.query.select.some((one) => one.kind === 'expression' && one.expression.kind === 'call');
  // DOC soql-sosl/typeof: not on a field with one kind of parent, nor in a query with functions in SELECT.
  if (field.reference!.to.length < 2 || functions) {
    const reason = functions
      ? 'TYPEOF cannot be used in a query with functions'
      : `TYPEOF is not allowed on ${field.name}`;
    throw soqlError('MALFORMED_QUERY', context.text, item.at, reason);
  }
  return { kind: 'typeof', node, field, key: field.reference!.relationshipName!, branches: item.branches, sql };
}

function fieldItem(
  context: QueryContext,
  path: readonly string[],
  alias: string | null,
  at: number,
  show: 'value' | 'label' | 'format',
): SelectedItem {
  const { node, field } = context.source.locate(path, at);
  const sql = field.formula === null || field === TYPE_OF_NAME ? context.source.column(path, at).sql : null;
  return { kind: 'field', node, field, key: alias ?? field.name, show, sql };
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
    .map((field) => fieldItem(context, [field.name], null, item.at, 'value'));
}

function refuseDuplicates(context: QueryContext, items: readonly SelectedItem[]): void {
  const seen = new Set<string>();
  for (const item of items) {
    if (item.kind === 'subquery') continue;
    const key = item.kind !== 'expression' ? [...item.node.path, item.key].join('.') : item.key;
    if (seen.has(key))
      throw soqlError('MALFORMED_QUERY', context.text, context.query.from.at, `duplicate field selected: ${key}`);
    seen.add(key);
  }
}
