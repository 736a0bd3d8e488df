import type { ChildRelationship, ObjectDef } from '../../schema/types.ts';
import { quote } from '../layout.ts';
import type { FieldValue } from '../types.ts';
import type { Query } from './ast.ts';
import { isAggregate } from './compile-expression.ts';
import { formatValue } from './format-value.ts';
import { limitSql, openQuery, orderSql, whereSql, type QueryContext } from './compile-query.ts';
import type { SourceNode } from './query-source.ts';
import { selectedItems, type SelectedItem } from './select-items.ts';
import { noSuchRelationship, soqlError } from './soql-error.ts';
import type { SoqlChildren, SoqlColumn, SoqlRecord, SoqlValue } from './soql-result.ts';

interface MutableRecord {
  kind: 'record';
  object: string;
  id: string | null;
  values: Record<string, SoqlValue>;
}
type FieldItem = Extract<SelectedItem, { kind: 'field' }>;

interface RowsResult {
  readonly records: readonly SoqlRecord[];
  /** Per record the value of the column that ties it to its parent; empty when it was not asked for. */
  readonly parents: readonly string[];
  readonly columns: readonly SoqlColumn[];
}

/** Runs a query without aggregates. `tie` restricts it to the children of some parents. */
export function runRows(
  context: QueryContext,
  tie?: { readonly field: string; readonly ids: readonly string[] },
): RowsResult {
  const { source, query } = context;
  const items = selectedItems(context);
  const select: string[] = [];
  const position = (sql: string): number => {
    const known = select.indexOf(sql);
    return known >= 0 ? known : select.push(sql) - 1;
  };
  const idAt = position(source.root.idSql);
  const nodes = new Map<string, { node: SourceNode; at: number }>();
  const reads = items.map((item) => {
    if (item.kind === 'subquery') return -1;
    if (item.kind === 'field' || item.kind === 'typeof') {
      for (let node = item.node; node.child; node = node.child)
        nodes.set(node.path.join('.'), { node, at: position(node.idSql) });
    }
    return item.sql === null ? -1 : position(item.sql);
  });
  const tieSql = tie ? `${source.alias}.${quote(tie.field)}` : null;
  const tieAt = tieSql ? position(tieSql) : -1;
  const where = whereSql(context, tie && tieSql ? [`${tieSql} IN (SELECT value FROM json_each(?))`] : []);
  const order = orderSql(context);
  // A subquery's LIMIT counts per parent, so it cannot be SQL's.
  const limit = tie ? '' : limitSql(query);
  const sql = `SELECT ${select.join(', ')} FROM ${source.fromSql()}${where}${order}${limit}`;
  const params = tie ? [JSON.stringify(tie.ids), ...context.params] : context.params;
  const rows = source.environment.store.statement(sql).all(...params) as unknown as unknown[][];
  const records = rows.map((row): MutableRecord => ({
    kind: 'record',
    object: source.object.name,
    id: row[idAt] as string,
    values: {},
  }));
  const parentIds = new ParentReader(context, nodes, rows);
  const columns: SoqlColumn[] = [];
  const computed = new Map<SourceNode, ReadonlyMap<string, ComputedFields>>();
  const formulasOf = (node: SourceNode): ReadonlyMap<string, ComputedFields> => {
    let values = computed.get(node);
    if (!values) computed.set(node, (values = formulaValues(context, node, parentIds.idsOf(node, records))));
    return values;
  };
  items.forEach((item, i) => {
    if (item.kind === 'subquery') {
      columns.push(attachChildren(context, item.query, records));
      return;
    }
    if (item.kind === 'typeof') {
      const found = typeofRecords(
        context,
        item,
        rows.map((row) => row[reads[i]!] as string | null),
      );
      rows.forEach((row, r) => {
        const holder = parentIds.holder(records[r]!, item.node, r);
        if (holder) holder.values[item.key] = found.get(String(row[reads[i]!])) ?? null;
      });
      columns.push({ path: [...item.node.path, item.key], aggregate: false, type: null, children: null });
      return;
    }
    if (item.kind === 'expression') {
      rows.forEach((row, r) => (records[r]!.values[item.key] = row[reads[i]!] as FieldValue));
      columns.push({ path: [item.key], aggregate: false, type: item.type, children: null });
      return;
    }
    const formulas = item.sql === null ? formulasOf(item.node) : null;
    rows.forEach((row, r) => {
      const holder = parentIds.holder(records[r]!, item.node, r);
      if (!holder) return;
      const value = formulas
        ? (formulas.get(holder.id ?? '')?.[item.field.name] ?? null)
        : fieldValue(item, row[reads[i]!]);
      holder.values[item.key] = shown(context, item, value);
    });
    columns.push({ path: [...item.node.path, item.key], aggregate: false, type: item.field.type, children: null });
  });
  return { records, parents: tieAt < 0 ? [] : rows.map((row) => row[tieAt] as string), columns };
}

function fieldValue(item: FieldItem, value: unknown): FieldValue {
  return item.field.type === 'boolean' ? value === 1 : (value as FieldValue);
}

function shown(context: QueryContext, item: FieldItem, value: FieldValue): FieldValue {
  if (item.show === 'value') return value;
  const { timeZone } = context.source.environment.user;
  return item.show === 'label' ? labelOf(item, value) : formatValue(item.field, value, timeZone);
}

function labelOf(item: FieldItem, value: FieldValue): FieldValue {
  const label = (one: string): string =>
    item.field.picklist?.values.find((option) => option.value === one)?.label ?? one;
  return typeof value === 'string' ? value.split(';').map(label).join(';') : value;
}

/** Finds or makes the nested record in which a parent's field goes. */
class ParentReader {
  private readonly context: QueryContext;
  private readonly nodes: ReadonlyMap<string, { node: SourceNode; at: number }>;
  private readonly rows: readonly unknown[][];

  constructor(
    context: QueryContext,
    nodes: ReadonlyMap<string, { node: SourceNode; at: number }>,
    rows: readonly unknown[][],
  ) {
    this.context = context;
    this.nodes = nodes;
    this.rows = rows;
  }

  idsOf(node: SourceNode, records: readonly SoqlRecord[]): readonly string[] {
    if (node === this.context.source.root) return records.map((record) => record.id!);
    const at = this.nodes.get(node.path.join('.'))!.at;
    return [...new Set(this.rows.map((row) => row[at] as string | null).filter((id) => id !== null))];
  }

  /** Null when the record has no such parent. */
  holder(record: MutableRecord, node: SourceNode, row: number): MutableRecord | null {
    let holder = record;
    for (let depth = 1; depth <= node.path.length; depth++) {
      const name = node.path[depth - 1]!;
      const existing = holder.values[name] as MutableRecord | null | undefined;
      if (existing === null) return null;
      if (existing === undefined) {
        const id = this.rows[row]![this.nodes.get(node.path.slice(0, depth).join('.'))!.at] as string | null;
        if (id === null) {
          holder.values[name] = null;
          return null;
        }
        const object = this.context.source.environment.schema.objectOfId(id)?.name ?? name;
        holder.values[name] = { kind: 'record', object, id, values: {} };
      }
      holder = holder.values[name] as MutableRecord;
    }
    return holder;
  }
}

/** The parents of a TYPEOF by id, each with the fields that its branch names. DOC soql-sosl/typeof. */
function typeofRecords(
  context: QueryContext,
  item: Extract<SelectedItem, { kind: 'typeof' }>,
  ids: readonly (string | null)[],
): ReadonlyMap<string, SoqlRecord> {
  const { environment } = context.source;
  const found = new Map<string, SoqlRecord>();
  const known = new Set(ids.filter((id) => id !== null));
  for (const [name, own] of Map.groupBy(known, (id) => environment.schema.objectOfId(id)?.name ?? '')) {
    const object = environment.schema.object(name);
    if (!object) continue;
    const branch =
      item.branches.find((one) => one.object?.toLowerCase() === name.toLowerCase()) ??
      item.branches.find((one) => one.object === null);
    const fields = branch?.fields ?? [{ kind: 'path', path: ['Id'], at: 0 } as const];
    const select = fields.map(
      (expression) => ({ kind: 'expression', expression, alias: null, at: expression.at }) as const,
    );
    const query: Query = {
      select,
      from: { name, alias: null, at: branch?.at ?? 0 },
      scope: null,
      where: null,
      groupBy: [],
      subtotals: null,
      having: null,
      orderBy: [],
      limit: null,
      offset: null,
    };
    const inner = openQuery(environment, context.text, query, object, { allRows: true, depth: context.depth + 1 });
    for (const record of runRows(inner, { field: 'Id', ids: own }).records)
      found.set(record.id!, branch ? record : { ...record, values: {} });
  }
  return found;
}

type ComputedFields = Readonly<Record<string, FieldValue>>;

/** Formula fields of the records of one node, by id. */
function formulaValues(
  context: QueryContext,
  node: SourceNode,
  ids: readonly string[],
): ReadonlyMap<string, ComputedFields> {
  const { environment } = context.source;
  const values = new Map<string, ComputedFields>();
  for (const target of node.targets) {
    const object = (environment.wholeSchema ?? environment.schema).object(target.object.name)!;
    const rows = [...environment.store.byIds(object, ids, { includeDeleted: true }).values()];
    const computed = environment.formulaFields(object, rows);
    rows.forEach((row, i) => values.set(row['Id'] as string, computed[i] ?? {}));
  }
  return values;
}

/** https://github.com/django-salesforce/django-salesforce (soql_parser.py), and the text that orgs give. */
const AGGREGATE_BELOW_ROOT = 'only root queries support aggregate expressions';

function attachChildren(context: QueryContext, query: Query, records: readonly MutableRecord[]): SoqlColumn {
  const { environment, object } = context.source;
  const aggregate = query.select.find((item) => item.kind === 'expression' && isAggregate(item.expression));
  const grouping = aggregate ?? query.groupBy[0];
  if (grouping) throw soqlError('MALFORMED_QUERY', context.text, grouping.at, AGGREGATE_BELOW_ROOT);
  const relationship = childRelationship(context, query, object);
  const child = environment.schema.object(relationship.childObject)!;
  const inner = openQuery(environment, context.text, query, child, {
    allRows: context.allRows,
    depth: context.depth + 1,
  });
  const found = runRows(inner, { field: relationship.field, ids: records.map((record) => record.id!) });
  const byParent = new Map<string, SoqlRecord[]>();
  found.records.forEach((record, i) => {
    const parent = found.parents[i]!;
    const list = byParent.get(parent);
    if (list) list.push(record);
    else byParent.set(parent, [record]);
  });
  const name = relationship.relationshipName!;
  const from = query.offset ?? 0;
  const to = query.limit === null ? undefined : from + query.limit;
  for (const record of records) {
    const children = (byParent.get(record.id!) ?? []).slice(from, to);
    record.values[name] =
      children.length === 0
        ? null
        : ({ kind: 'children', totalSize: children.length, done: true, records: children } satisfies SoqlChildren);
  }
  return { path: [name], aggregate: false, type: null, children: found.columns };
}

function childRelationship(context: QueryContext, query: Query, object: ObjectDef): ChildRelationship {
  const name = query.from.name.toLowerCase();
  const found = context.source.environment.schema
    .children(object.name)
    .find((relationship) => relationship.relationshipName?.toLowerCase() === name);
  if (!found)
    throw soqlError(
      'INVALID_TYPE',
      context.text,
      query.from.at,
      noSuchRelationship(query.from.name, 'FROM part of query call'),
    );
  return found;
}
