import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { quote } from '../layout.ts';
import { ensureFormulaTable } from './formula-table.ts';
import type { Column, QueryEnvironment } from './environment.ts';
import { noSuchColumn, noSuchRelationship, soqlError } from './soql-error.ts';

/** DOC soql-and-sosl "Relationship query limitations": no more than five levels of child-to-parent. */
const MAX_PARENT_LEVELS = 5;

/** One parent (or the root) that is joined: the objects it can be and the SQL alias of each. */
export interface SourceNode {
  readonly targets: readonly { readonly object: ObjectDef; readonly alias: string }[];
  /** Relationship names from the root. */
  readonly path: readonly string[];
  /** SQL of the id. */
  readonly idSql: string;
  /** The record through which it is reached; null for the root. */
  readonly child: SourceNode | null;
}

/** The FROM clause of one query: its object and the parents that its paths join to it. */
export class QuerySource {
  readonly environment: QueryEnvironment;
  readonly object: ObjectDef;
  readonly alias: string;
  readonly root: SourceNode;
  private readonly text: string;
  private readonly givenAlias: string | null;
  private readonly joins: string[] = [];
  private readonly nodes = new Map<string, SourceNode>();
  private readonly formulaJoins = new Set<string>();

  constructor(
    environment: QueryEnvironment,
    object: ObjectDef,
    text: string,
    givenAlias: string | null,
    alias: string,
  ) {
    this.environment = environment;
    this.object = object;
    this.text = text;
    this.givenAlias = givenAlias;
    this.alias = alias;
    this.root = { targets: [{ object, alias: this.alias }], path: [], idSql: `${this.alias}."Id"`, child: null };
  }

  /** `"Opportunity" t0 LEFT JOIN …`; complete once every path has been resolved. */
  fromSql(): string {
    return [`${quote(this.object.name)} ${this.alias}`, ...this.joins].join(' ');
  }

  /** The column a path leads to. */
  column(path: readonly string[], at: number): Column {
    const { node, field } = this.locate(path, at);
    return {
      sql: this.columnSql(node, field),
      field,
      object: node.targets[0]!.object,
      path: [...node.path, field.name],
    };
  }

  /** The record and field a path leads to, without asking for the column. */
  locate(path: readonly string[], at: number): { readonly node: SourceNode; readonly field: FieldDef } {
    const own = this.withoutPrefix(path);
    if (own.length - 1 > MAX_PARENT_LEVELS) {
      throw soqlError(
        'MALFORMED_QUERY',
        this.text,
        at,
        `SOQL statements cannot query aggregate relationships more than ${MAX_PARENT_LEVELS} levels away from the root entity object.`,
      );
    }
    let node = this.root;
    for (const relationship of own.slice(0, -1)) node = this.parent(node, relationship, own, at);
    const name = own.at(-1)!;
    const field = this.fieldOf(node, name);
    if (!field) throw soqlError('INVALID_FIELD', this.text, at, noSuchColumn(name, entityName(node)));
    return { node, field };
  }

  /** The lookup that a relationship path ends in, and the SQL of its id. */
  lookup(
    path: readonly string[],
    at: number,
  ): { readonly node: SourceNode; readonly field: FieldDef; readonly sql: string } {
    let node = this.root;
    for (const relationship of path.slice(0, -1)) node = this.parent(node, relationship, path, at);
    const owner = node.targets.find((target) => this.relationshipField(target.object, path.at(-1)!));
    const field = owner && this.relationshipField(owner.object, path.at(-1)!);
    if (!field) throw soqlError('INVALID_FIELD', this.text, at, noSuchRelationship(path.join('.'), 'field path'));
    return { node, field, sql: `${owner.alias}.${quote(field.name)}` };
  }

  private withoutPrefix(path: readonly string[]): readonly string[] {
    if (path.length < 2) return path;
    const first = path[0]!.toLowerCase();
    if (first === this.givenAlias?.toLowerCase()) return path.slice(1);
    const isRelationship = this.relationshipField(this.object, first) !== undefined;
    return !isRelationship && first === this.object.name.toLowerCase() ? path.slice(1) : path;
  }

  private relationshipField(object: ObjectDef, relationship: string): FieldDef | undefined {
    const name = relationship.toLowerCase();
    for (const field of object.fields.values())
      if (field.reference?.relationshipName?.toLowerCase() === name) return field;
    return undefined;
  }

  private fieldOf(node: SourceNode, name: string): FieldDef | undefined {
    const key = name.toLowerCase();
    if (node.targets.length > 1 && key === 'type') return TYPE_OF_NAME;
    if (node.targets.length > 1 && !FIELDS_OF_NAME.has(key)) return undefined;
    for (const { object } of node.targets) {
      const field = object.fields.get(key);
      if (field) return field;
    }
    return undefined;
  }

  private parent(node: SourceNode, relationship: string, path: readonly string[], at: number): SourceNode {
    const owner = node.targets.find((target) => this.relationshipField(target.object, relationship));
    const field = owner && this.relationshipField(owner.object, relationship);
    if (!owner || !field?.reference) {
      throw soqlError('INVALID_FIELD', this.text, at, noSuchRelationship(path.slice(0, -1).join('.'), 'field path'));
    }
    const fullPath = [...node.path, field.reference.relationshipName!];
    const key = fullPath.join('.').toLowerCase();
    let joined = this.nodes.get(key);
    if (!joined) {
      const idSql = `${owner.alias}.${quote(field.name)}`;
      // Aliases are numbered per source so that the same query always has the same text, and its statement is found
      // again.
      const targets = field.reference.to.flatMap((name, i) => {
        const object = this.environment.schema.object(name);
        return object ? [{ object, alias: `${this.alias}_${this.nodes.size}_${i}` }] : [];
      });
      const conditions = targets.map(({ object, alias }) => this.environment.readable?.(object, alias) ?? null);
      targets.forEach(({ object, alias }, i) => {
        const condition = conditions[i] ?? null;
        const readable = condition === null ? '' : ` AND ${condition}`;
        this.joins.push(`LEFT JOIN ${quote(object.name)} ${alias} ON ${alias}."Id" = ${idSql}${readable}`);
      });
      // A parent that may not be read is as one that is not there.
      const seenIdSql = conditions.some((condition) => condition !== null)
        ? coalesced(targets.map(({ alias }) => `${alias}."Id"`))
        : idSql;
      joined = { targets, path: fullPath, idSql: seenIdSql, child: node };
      this.nodes.set(key, joined);
    }
    return joined;
  }

  private columnSql(node: SourceNode, field: FieldDef): string {
    if (field === TYPE_OF_NAME) {
      return `CASE ${node.targets.map(({ object, alias }) => `WHEN ${alias}."Id" IS NOT NULL THEN '${object.name}'`).join(' ')} END`;
    }
    const columns = node.targets.flatMap(({ object, alias }) => {
      const own = object.fields.get(field.name.toLowerCase());
      return own ? [this.fieldSql(object, alias, own)] : [];
    });
    return coalesced(columns);
  }

  private fieldSql(object: ObjectDef, alias: string, field: FieldDef): string {
    if (field.type === 'address') return addressSql(object, alias, field);
    if (field.formula === null) return `${alias}.${quote(field.name)}`;
    const formulaAlias = `${alias}_f`;
    if (!this.formulaJoins.has(formulaAlias)) {
      this.formulaJoins.add(formulaAlias);
      const table = ensureFormulaTable(this.environment, object);
      this.joins.push(`LEFT JOIN ${table} ${formulaAlias} ON ${formulaAlias}."Id" = ${alias}."Id"`);
    }
    return `${formulaAlias}.${quote(field.name)}`;
  }
}

/** Parts of a compound address field, as its JSON names them. DOC api/compound-fields "Address Compound Fields". */
const ADDRESS_PARTS = [
  'City',
  'Country',
  'GeocodeAccuracy',
  'Latitude',
  'Longitude',
  'PostalCode',
  'State',
  'Street',
] as const;

/** JSON of a compound address; null when no part of it is there. */
function addressSql(object: ObjectDef, alias: string, field: FieldDef): string {
  const prefix = field.name.replace(/Address$/, '');
  const parts = ADDRESS_PARTS.map((part) => {
    const own = object.fields.get(`${prefix}${part}`.toLowerCase());
    const key = part.charAt(0).toLowerCase() + part.slice(1);
    return { key, sql: own ? `${alias}.${quote(own.name)}` : 'NULL' };
  });
  const json = parts.map(({ key, sql }) => `'${key}', ${sql}`).join(', ');
  return `iif(coalesce(${parts.map(({ sql }) => sql).join(', ')}) IS NULL, NULL, json_object(${json}))`;
}

function coalesced(columns: readonly string[]): string {
  return columns.length === 1 ? columns[0]! : `COALESCE(${columns.join(', ')})`;
}

/**
 * What the platform calls a parent that can be of several objects. DOC soql-and-sosl "Understanding Polymorphic Keys".
 */
export function entityName(node: SourceNode): string {
  return node.targets.length === 1 ? node.targets[0]!.object.name : 'Name';
}

/** Fields of the object Name in lower case; others are reached with TYPEOF. DOC object-reference/name. */
const FIELDS_OF_NAME: ReadonlySet<string> = new Set(
  [
    ...[
      'Id',
      'Alias',
      'Email',
      'FirstName',
      'IsActive',
      'LastName',
      'LastReferencedDate',
      'LastViewedDate',
      'MiddleName',
    ],
    ...[
      'Name',
      'NameOrAlias',
      'Phone',
      'ProfileId',
      'RecordTypeId',
      'Suffix',
      'Title',
      'Type',
      'Username',
      'UserRoleId',
    ],
  ].map((name) => name.toLowerCase()),
);

/** `Owner.Type`, `What.Type`: the object of a polymorphic parent. */
export const TYPE_OF_NAME: FieldDef = {
  name: 'Type',
  label: 'Type',
  type: 'picklist',
  custom: false,
  length: 40,
  precision: 0,
  scale: 0,
  nillable: true,
  createable: false,
  updateable: false,
  filterable: true,
  sortable: true,
  groupable: true,
  unique: false,
  externalId: false,
  caseSensitive: false,
  defaultedOnCreate: false,
  defaultValue: null,
  formula: null,
  picklist: null,
  reference: null,
  autoNumberFormat: null,
  inlineHelpText: null,
  trackHistory: false,
};
