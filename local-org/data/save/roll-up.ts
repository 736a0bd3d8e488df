import type { FieldDef, ObjectDef, Schema } from '../../schema/types.ts';
import { encode, quote } from '../layout.ts';
import { toCondition } from '../select.ts';
import { openQuery, whereSql } from '../soql/compile-query.ts';
import type { FieldValue, Filter } from '../types.ts';
import type { SaveContext, WorkingRow } from './save-context.ts';

interface RollUp {
  readonly parent: ObjectDef;
  readonly field: FieldDef;
  readonly summary: NonNullable<FieldDef['summary']>;
}

const bySchema = new WeakMap<Schema, ReadonlyMap<string, readonly RollUp[]>>();

/** Roll-up summary fields by the object they summarize. */
function rollUpsOf(schema: Schema, child: string): readonly RollUp[] {
  let all = bySchema.get(schema);
  if (!all) {
    const found = [...schema.objects.values()].flatMap((parent) =>
      [...parent.fields.values()].flatMap((field): RollUp[] =>
        field.summary ? [{ parent, field, summary: field.summary }] : [],
      ),
    );
    all = Map.groupBy(found, ({ summary }) => summary.childObject.toLowerCase());
    bySchema.set(schema, all);
  }
  return all.get(child.toLowerCase()) ?? [];
}

/**
 * Brings the parents' roll-up summary fields in line and saves the parents that change, with all that a save of them
 * starts. DOC apex-guide/apex-triggers-order-of-execution: "parent record goes through save procedure".
 */
export function rollUp(context: SaveContext, object: ObjectDef, rows: readonly WorkingRow[]): void {
  const changes = new Map<string, { readonly parent: ObjectDef; readonly values: Record<string, FieldValue> }>();
  for (const { parent, field, summary } of rollUpsOf(context.schema, object.name)) {
    const ids = new Set(
      rows.flatMap(({ before, after }) => [before?.[summary.childField], after[summary.childField]]).filter(isText),
    );
    const totals = summarize(context, object, summary, [...ids]);
    const parents = context.store.byIds(parent, [...ids]);
    for (const [id, row] of parents) {
      const total = totals.get(id) ?? (summary.operation === 'count' || summary.operation === 'sum' ? 0 : null);
      if ((row[field.name] ?? null) === total) continue;
      const change = changes.get(id) ?? { parent, values: { Id: id } };
      change.values[field.name] = total;
      changes.set(id, change);
    }
  }
  for (const [parent, list] of Map.groupBy(changes.values(), (change) => change.parent)) {
    saveParents(
      context,
      parent,
      list.map((change) => change.values),
      rows,
    );
  }
}

/** Fills a new roll-up summary field from the records that are there; nothing else runs, as in the platform's mass recalculation. */
export function fillSummary(context: SaveContext, parent: ObjectDef, field: FieldDef): void {
  const child = field.summary && context.schema.object(field.summary.childObject);
  if (!field.summary || !child) return;
  const empty = field.summary.operation === 'count' || field.summary.operation === 'sum' ? 0 : null;
  const table = quote(parent.name);
  context.store.statement(`UPDATE ${table} SET ${quote(field.name)} = ?`).run(empty);
  const ids = (context.store.statement(`SELECT "Id" FROM ${table}`).all() as unknown as [string][]).map(([id]) => id);
  const write = context.store.statement(`UPDATE ${table} SET ${quote(field.name)} = ? WHERE "Id" = ?`);
  for (const [id, total] of summarize(context, child, field.summary, ids)) write.run(encode(total), id);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** A parent that cannot be saved refuses the children that changed it. */
function saveParents(
  context: SaveContext,
  parent: ObjectDef,
  records: readonly Record<string, FieldValue>[],
  rows: readonly WorkingRow[],
): void {
  const request = { operation: 'update', object: parent.name, records, allOrNone: false } as const;
  const results = context.save(request, { system: true });
  results.forEach((result, i) => {
    if (result.success) return;
    const id = records[i]!['Id'];
    for (const row of rows) if (Object.values(row.after).includes(id!)) row.errors.push(...result.errors);
  });
}

function summarize(
  context: SaveContext,
  child: ObjectDef,
  summary: RollUp['summary'],
  ids: readonly string[],
): ReadonlyMap<string, FieldValue> {
  const where = summary.filters.length === 0 ? null : toCondition({ and: summary.filters.map(toFilter) });
  const query = {
    select: [],
    from: { name: child.name, alias: null, at: 0 },
    where,
    scope: null,
    groupBy: [],
    subtotals: null,
    having: null,
    orderBy: [],
    limit: null,
    offset: null,
    allRows: false,
  };
  const inner = openQuery(context.environment, '', query, child, { allRows: false, depth: 0 });
  const lookup = `${inner.source.alias}.${quote(summary.childField)}`;
  const field = summary.summarizedField;
  const total =
    summary.operation === 'count' || field === null
      ? 'COUNT(*)'
      : `${summary.operation.toUpperCase()}(${inner.source.column([field], 0).sql})`;
  const condition = whereSql(inner, [`${lookup} IN (SELECT value FROM json_each(?))`]);
  const sql = `SELECT ${lookup}, ${total} FROM ${inner.source.fromSql()}${condition} GROUP BY ${lookup}`;
  const found = context.store.statement(sql).all(JSON.stringify(ids), ...inner.params);
  return new Map(found as unknown as [string, FieldValue][]);
}

/** Filter operations of metadata. Several values are separated by commas. DOC metadata-api/customfield "FilterItem". */
const OPERATORS: Readonly<Record<string, '<' | '>' | '<=' | '>=' | 'contains' | 'startsWith'>> = {
  lessThan: '<',
  greaterThan: '>',
  lessOrEqual: '<=',
  greaterOrEqual: '>=',
  contains: 'contains',
  startsWith: 'startsWith',
};

function toFilter({ field, operation, value }: RollUp['summary']['filters'][number]): Filter {
  const values = value.split(',').map((one) => decode(one.trim()));
  if (operation === 'equals') return { field, operator: 'in', value: values };
  if (operation === 'notEqual') return { field, operator: 'notIn', value: values };
  if (operation === 'notContain') return { not: { field, operator: 'contains', value: values[0]! } };
  const operator = OPERATORS[operation];
  if (!operator) throw new Error(`Roll-up filter operation ${operation} is not known`);
  return { field, operator, value: values[0]! };
}

function decode(text: string): FieldValue {
  if (/^(true|false)$/i.test(text)) return /^true$/i.test(text);
  return text === '' ? null : text;
}
