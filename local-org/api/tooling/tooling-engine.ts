import { DatabaseSync } from 'node:sqlite';
import { encode, layoutOf } from '../../data/layout.ts';
import { fillDefinitions } from '../../data/soql/definition-rows.ts';
import type { QueryEnvironment } from '../../data/soql/environment.ts';
import { runQuery } from '../../data/soql/run-soql.ts';
import type { SoqlResult } from '../../data/soql/soql-result.ts';
import { createStore, type Store } from '../../data/store.ts';
import { syncTables } from '../../data/tables.ts';
import type { Row, Transaction } from '../../data/types.ts';
import type { MetadataReader } from '../../metadata/types.ts';
import { indexSchema } from '../../schema/index-schema.ts';
import type { ObjectDef, Schema } from '../../schema/types.ts';
import { toolingDefinitions } from './tooling-objects.ts';
import { toolingRows, type ToolingSources } from './tooling-rows.ts';

/** Records of the org that Tooling objects refer to. */
const COPIED = ['User', 'Profile', 'BusinessProcess'] as const;
const DERIVED = ['EntityDefinition', 'FieldDefinition'] as const;

interface Engine {
  readonly schema: Schema;
  readonly store: Store;
}

/** Rebuilt when the org's schema is, which is after every change of metadata. */
const engines = new WeakMap<Schema, Engine>();

/** The org's objects with those of the Tooling API in their place, or after them. */
export function toolingSchema(schema: Schema): Schema {
  const own = new Map(toolingDefinitions.map((object) => [object.name.toLowerCase(), object]));
  const kept = [...schema.objects].map(([key, object]) => own.get(key) ?? object);
  return indexSchema([...kept, ...toolingDefinitions.filter((object) => !schema.object(object.name))]);
}

function insertAll(store: Store, object: ObjectDef, rows: readonly Readonly<Row>[]): void {
  const { names, columns, insertSql } = layoutOf(object);
  const statement = store.statement(insertSql);
  for (const row of rows) {
    statement.run(
      ...names.map((name, index) => encode(row[name] ?? (columns[index]?.type === 'boolean' ? false : null))),
    );
  }
}

function build(tx: Transaction, metadata: MetadataReader): Engine {
  const schema = toolingSchema(tx.schema);
  const store = createStore(new DatabaseSync(':memory:'));
  const tables = [...toolingDefinitions, ...[...COPIED, ...DERIVED].flatMap((name) => schema.object(name) ?? [])];
  syncTables(store.database, indexSchema(tables));
  for (const name of COPIED) {
    const object = schema.object(name);
    if (object) insertAll(store, object, tx.select({ object: name, filter: null }));
  }
  fillDefinitions(environment({ schema, store }, tx), DERIVED.join(' '));
  const entities = new Map(
    store.database
      .prepare('SELECT "QualifiedApiName" AS name, "Id" AS id FROM "EntityDefinition"')
      .all()
      .map(({ name, id }) => [String(name).toLowerCase(), String(id)]),
  );
  const sources: ToolingSources = {
    metadata,
    entityId: (object) => entities.get(object.toLowerCase()) ?? null,
  };
  for (const object of toolingDefinitions) insertAll(store, object, toolingRows(object.name, sources));
  return { schema, store };
}

const environment = ({ schema, store }: Engine, tx: Transaction): QueryEnvironment => ({
  schema,
  store,
  user: tx.user,
  now: tx.now,
  fiscalStartMonth: 1,
  formulaFields: (_object, rows) => rows.map(() => ({})),
});

/** Runs SOQL over the metadata, with everything that SOQL can do. */
export function queryTooling(tx: Transaction, metadata: MetadataReader, soql: string): SoqlResult {
  let engine = engines.get(tx.schema);
  if (!engine) engines.set(tx.schema, (engine = build(tx, metadata)));
  return runQuery(environment(engine, tx), soql);
}
