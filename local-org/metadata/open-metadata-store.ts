import type { DatabaseSync } from 'node:sqlite';
import { metadataId } from './metadata-ids.ts';
import { fileNameOf } from './metadata-registry.ts';
import type { MetadataReader, StoredComponent } from './types.ts';

/** What the caller of `put` knows; the store adds ids and dates. */
export interface ComponentToStore {
  readonly type: string;
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** Derived from type and name when absent. */
  readonly fileName?: string;
  /** Who stores it, and when. The automated process user and the machine's time when absent. */
  readonly byId?: string;
  readonly at?: Date;
}

export interface MetadataStore extends MetadataReader {
  /** Adds or replaces; an existing component keeps its id and creation. */
  put(component: ComponentToStore): StoredComponent;
  /** False when there was none. */
  remove(type: string, fullName: string): boolean;
  /** Types that have at least one component. */
  types(): readonly string[];
  /** The next number of the org's own sequence, for ids of deploys and the like. */
  nextId(type: string): string;
  /** Forgets what was read, after a database transaction was rolled back. */
  refresh(): void;
}

const TABLES = `
CREATE TABLE IF NOT EXISTS _metadata_component (
  type TEXT NOT NULL, full_name TEXT NOT NULL COLLATE NOCASE, id TEXT NOT NULL, file_name TEXT NOT NULL, metadata TEXT NOT NULL,
  created_date TEXT NOT NULL, last_modified_date TEXT NOT NULL, created_by_id TEXT NOT NULL, last_modified_by_id TEXT NOT NULL,
  PRIMARY KEY (type, full_name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS _metadata_file (
  type TEXT NOT NULL, full_name TEXT NOT NULL COLLATE NOCASE, path TEXT NOT NULL, content BLOB NOT NULL,
  PRIMARY KEY (type, full_name, path)
);
CREATE TABLE IF NOT EXISTS _metadata_sequence (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
`;

/** What an org's own components are created by when nobody is named. */
const NOBODY = '005000000000000AAA';
/** Numbers below are for rows that mirror parts of components (setup-records), which share key prefixes with them. */
const FIRST_NUMBER = 1000;
const EMPTY: ReadonlyMap<string, Uint8Array> = new Map();

const stores = new WeakMap<DatabaseSync, MetadataStore>();

/** The metadata of the org in `database`. One store per database: readers and deploys see the same components. */
export function openMetadataStore(database: DatabaseSync): MetadataStore {
  const known = stores.get(database);
  if (known) return known;
  const store = createStore(database);
  stores.set(database, store);
  return store;
}

type Components = Map<string, Map<string, StoredComponent>>;

function readAll(database: DatabaseSync): Components {
  const files = new Map<string, Map<string, Uint8Array>>();
  for (const row of database.prepare('SELECT type, full_name, path, content FROM _metadata_file').all()) {
    const key = `${String(row.type)} ${String(row.full_name).toLowerCase()}`;
    let ofComponent = files.get(key);
    if (!ofComponent) files.set(key, (ofComponent = new Map<string, Uint8Array>()));
    ofComponent.set(String(row.path), row.content as Uint8Array);
  }
  const components: Components = new Map();
  for (const row of database.prepare('SELECT * FROM _metadata_component').all()) {
    const type = String(row.type);
    const fullName = String(row.full_name);
    const key = fullName.toLowerCase();
    let ofType = components.get(type);
    if (!ofType) components.set(type, (ofType = new Map<string, StoredComponent>()));
    ofType.set(key, {
      type,
      fullName,
      id: String(row.id),
      fileName: String(row.file_name),
      metadata: JSON.parse(String(row.metadata)) as Record<string, unknown>,
      files: files.get(`${type} ${key}`) ?? EMPTY,
      createdDate: String(row.created_date),
      lastModifiedDate: String(row.last_modified_date),
      createdById: String(row.created_by_id),
      lastModifiedById: String(row.last_modified_by_id),
    });
  }
  return components;
}

function createStore(database: DatabaseSync): MetadataStore {
  database.exec(TABLES);
  let cache: Components | undefined;
  const all = (): Components => (cache ??= readAll(database));
  const get = (type: string, fullName: string): StoredComponent | undefined =>
    all().get(type)?.get(fullName.toLowerCase());

  const nextId = (type: string): string => {
    const row = database
      .prepare(
        `INSERT INTO _metadata_sequence (name, value) VALUES ('id', ${FIRST_NUMBER})
         ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      )
      .get();
    return metadataId(type, Number(row?.value));
  };

  const put = (given: ComponentToStore): StoredComponent => {
    const before = get(given.type, given.fullName);
    const at = (given.at ?? new Date()).toISOString();
    const by = given.byId ?? NOBODY;
    const stored: StoredComponent = {
      type: given.type,
      fullName: before?.fullName ?? given.fullName,
      id: before?.id ?? nextId(given.type),
      fileName: given.fileName ?? before?.fileName ?? fileNameOf(given.type, given.fullName),
      metadata: given.metadata,
      files: given.files ?? EMPTY,
      createdDate: before?.createdDate ?? at,
      lastModifiedDate: at,
      createdById: before?.createdById ?? by,
      lastModifiedById: by,
    };
    database
      .prepare('INSERT OR REPLACE INTO _metadata_component VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        stored.type,
        stored.fullName,
        stored.id,
        stored.fileName,
        JSON.stringify(stored.metadata),
        stored.createdDate,
        stored.lastModifiedDate,
        stored.createdById,
        stored.lastModifiedById,
      );
    if (before && before.files.size > 0) dropFiles(stored.type, stored.fullName);
    const insert = database.prepare('INSERT INTO _metadata_file VALUES (?, ?, ?, ?)');
    for (const [path, content] of stored.files) insert.run(stored.type, stored.fullName, path, content);
    let ofType = all().get(stored.type);
    if (!ofType) all().set(stored.type, (ofType = new Map<string, StoredComponent>()));
    ofType.set(stored.fullName.toLowerCase(), stored);
    return stored;
  };

  const dropFiles = (type: string, fullName: string): void => {
    database.prepare('DELETE FROM _metadata_file WHERE type = ? AND full_name = ?').run(type, fullName);
  };

  return {
    get,
    put,
    nextId,
    ofType: (type) => [...(all().get(type)?.values() ?? [])],
    types: () =>
      [...all()]
        .filter(([, components]) => components.size > 0)
        .map(([type]) => type)
        .sort(),
    remove(type, fullName) {
      if (!all().get(type)?.delete(fullName.toLowerCase())) return false;
      database.prepare('DELETE FROM _metadata_component WHERE type = ? AND full_name = ?').run(type, fullName);
      dropFiles(type, fullName);
      return true;
    },
    refresh() {
      cache = undefined;
    },
  };
}
