import type { DatabaseSync } from 'node:sqlite';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { columnType, isStored, layoutOf, quote } from './layout.ts';

/** Every row has these; an index on them would cost more than it finds. */
const NOT_INDEXED = new Set(['CreatedById', 'LastModifiedById', 'RecordTypeId']);

/**
 * Makes the tables follow the schema: a table per object, a column per stored field, indexes on lookups, names, unique
 * and external ids. A field that is gone takes its column with it; a field of another type keeps its values as far as
 * they convert.
 */
export function syncTables(database: DatabaseSync, schema: Schema): readonly AddedColumn[] {
  const existing = readColumns(database);
  const added: AddedColumn[] = [];
  for (const object of schema.objects.values()) {
    const columns = existing.get(object.name.toLowerCase());
    if (columns) added.push(...alterTable(database, object, columns));
    else createTable(database, object);
  }
  return added;
}

/** A field that an existing table did not have. */
export interface AddedColumn {
  readonly object: ObjectDef;
  readonly field: FieldDef;
}

/** Type and collation of each column, as `columnType` gives them, by its name in lower case. */
type Columns = ReadonlyMap<string, string>;

/** Only the statement that made a table tells the collations of its columns. */
const COLUMN = /"(\w+)" (\w+(?: COLLATE NOCASE)?)/g;

function readColumns(database: DatabaseSync): ReadonlyMap<string, Columns> {
  const rows = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all();
  return new Map(
    rows.map(({ name, sql }): [string, Columns] => [
      String(name).toLowerCase(),
      new Map([...String(sql).matchAll(COLUMN)].map(([, column, type]) => [column!.toLowerCase(), type!])),
    ]),
  );
}

function createTable(database: DatabaseSync, object: ObjectDef): void {
  const columns = layoutOf(object).columns.map((field) => columnSql(field));
  database.exec(`CREATE TABLE ${quote(object.name)} (${columns.join(', ')})`);
  for (const field of object.fields.values()) if (isIndexed(object, field)) createIndex(database, object, field);
}

function alterTable(database: DatabaseSync, object: ObjectDef, columns: Columns): readonly AddedColumn[] {
  const added: AddedColumn[] = [];
  const table = quote(object.name);
  for (const field of object.fields.values()) {
    if (!isStored(field)) continue;
    const type = columns.get(field.name.toLowerCase());
    if (type === undefined) {
      database.exec(`ALTER TABLE ${table} ADD COLUMN ${columnSql(field)}`);
      added.push({ object, field });
      if (field.type === 'boolean') database.exec(`UPDATE ${table} SET ${quote(field.name)} = 0`);
    } else if (type !== columnType(field)) {
      retype(database, object, field);
    }
    if (isIndexed(object, field)) createIndex(database, object, field);
    else database.exec(`DROP INDEX IF EXISTS ${indexName(object.name, field.name)}`);
  }
  for (const name of columns.keys()) {
    const field = object.fields.get(name);
    if (field && isStored(field)) continue;
    database.exec(`DROP INDEX IF EXISTS ${indexName(object.name, name)}`);
    database.exec(`ALTER TABLE ${table} DROP COLUMN ${quote(name)}`);
  }
  return added;
}

function retype(database: DatabaseSync, object: ObjectDef, field: FieldDef): void {
  const table = quote(object.name);
  const old = quote(`${field.name}$old`);
  database.exec(`DROP INDEX IF EXISTS ${indexName(object.name, field.name)}`);
  database.exec(`ALTER TABLE ${table} RENAME COLUMN ${quote(field.name)} TO ${old}`);
  database.exec(`ALTER TABLE ${table} ADD COLUMN ${columnSql(field)}`);
  database.exec(`UPDATE ${table} SET ${quote(field.name)} = CAST(${old} AS ${columnType(field).split(' ')[0]})`);
  database.exec(`ALTER TABLE ${table} DROP COLUMN ${old}`);
}

function columnSql(field: FieldDef): string {
  return `${quote(field.name)} ${columnType(field)}${field.name === 'Id' ? ' PRIMARY KEY NOT NULL' : ''}`;
}

/**
 * Dates by which tools ask for what is new. DOC salesforce-large-data-volumes-bp "Indexes": the platform indexes CreatedDate,
 * SystemModstamp, Name, foreign keys, unique and external id fields. An opportunity's close date is what reports ask for.
 */
const INDEXED_DATES = new Set(['CreatedDate', 'SystemModstamp']);

function isIndexed(object: ObjectDef, field: FieldDef): boolean {
  if (!isStored(field) || NOT_INDEXED.has(field.name)) return false;
  if (INDEXED_DATES.has(field.name)) return object.createable && object.fields.has('isdeleted');
  if (object.name === 'Opportunity' && field.name === 'CloseDate') return true;
  return field.type === 'reference' || field.unique || field.externalId || field.name === 'Name';
}

function createIndex(database: DatabaseSync, object: ObjectDef, field: FieldDef): void {
  database.exec(
    `CREATE INDEX IF NOT EXISTS ${indexName(object.name, field.name)} ON ${quote(object.name)} (${quote(field.name)})`,
  );
}

function indexName(object: string, field: string): string {
  return quote(`ix ${object} ${field}`.toLowerCase());
}
