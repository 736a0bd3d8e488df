import type { FieldType } from '../../../schema/types.ts';
import type { Schema } from '../../../schema/types.ts';
import type { SoqlColumn, SoqlResult } from '../../../data/soql/soql-result.ts';

const NUMBERS: ReadonlySet<FieldType | null> = new Set<FieldType | null>(['int', 'double', 'currency', 'percent']);

/** Apex types by field type, as the answer to `columns=true` names them. */
const APEX_TYPES: Partial<Record<FieldType, string>> = {
  id: 'Id',
  reference: 'Id',
  boolean: 'Boolean',
  int: 'Integer',
  double: 'Double',
  currency: 'Double',
  percent: 'Double',
  date: 'Date',
  datetime: 'Datetime',
  time: 'Time',
};

interface Node {
  readonly name: string;
  readonly column: SoqlColumn | null;
  readonly children: Node[];
}

/** `Account.Name` and `Account.Owner.Name` become one column `Account` with joined columns below it. */
function toTree(columns: readonly SoqlColumn[]): Node[] {
  const roots: Node[] = [];
  for (const column of columns) {
    let level = roots;
    column.path.forEach((name, index) => {
      const isLeaf = index === column.path.length - 1;
      let node = isLeaf ? undefined : level.find((one) => one.name === name && one.column === null);
      if (!node) {
        node = { name, column: isLeaf ? column : null, children: [] };
        level.push(node);
      }
      level = node.children;
    });
  }
  return roots;
}

function columnJson({ name, column, children }: Node): Record<string, unknown> {
  const type = column?.type ?? null;
  const isSubquery = Boolean(column?.children);
  const joined = column?.children ? toTree(column.children) : children;
  return {
    aggregate: isSubquery || (column?.aggregate ?? false),
    apexType: (type && APEX_TYPES[type]) ?? (isSubquery ? 'SObject' : 'String'),
    booleanType: type === 'boolean',
    columnName: name,
    custom: /__[cr]$/.test(name),
    displayName: name,
    foreignKeyName: null,
    insertable: !isSubquery,
    joinColumns: joined.map(columnJson),
    numberType: NUMBERS.has(type),
    textType: column !== null && !isSubquery && type !== 'boolean' && !NUMBERS.has(type),
    updatable: !isSubquery,
  };
}

/**
 * Answer of a query with `columns=true`: `sf data query` lays its table out by it. Undocumented; shape as clients read
 * it.
 */
export function columnMetadata(schema: Schema, result: SoqlResult): Record<string, unknown> {
  return {
    columnMetadata: toTree(result.columns).map(columnJson),
    entityName: result.object,
    groupBy: result.columns.some(({ aggregate }) => aggregate),
    idSelected: result.columns.some(({ path }) => path.length === 1 && path[0] === 'Id'),
    keyPrefix: schema.object(result.object)?.keyPrefix ?? null,
  };
}
