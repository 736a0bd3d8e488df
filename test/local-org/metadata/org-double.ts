import { DatabaseSync } from 'node:sqlite';
import { zipSync } from 'fflate';
import type { Automation } from '../../../local-org/automation/types.ts';
import type { Transaction, UserContext } from '../../../local-org/data/types.ts';
import { seedBaseOrg } from '../../../local-org/metadata/base-org.ts';
import { openMetadataStore } from '../../../local-org/metadata/open-metadata-store.ts';
import { buildSchema } from '../../../local-org/schema/build-schema.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

export const ADMIN: UserContext = {
  id: '005000000000001AAA',
  username: 'admin@example.org',
  name: 'Ada Admin',
  profileId: '00e000000000001AAA',
  profileName: 'System Administrator',
  roleId: null,
  timeZone: 'UTC',
  customPermissions: new Set(),
};

/** An org with metadata and schema, without data and automation: what metadata's own rules need. */
export function openOrgDouble(): LocalOrg {
  const database = new DatabaseSync(':memory:');
  const store = openMetadataStore(database);
  seedBaseOrg(store);
  let schema = buildSchema(store);
  return {
    orgId: '00D000000000001AAA',
    database,
    clock: { now: () => new Date('2026-02-03T04:05:06.000Z'), moveTo: () => undefined },
    metadata: store,
    get schema() {
      return schema;
    },
    automation: {} as Automation,
    user: () => ADMIN,
    transact(_user, work) {
      database.exec('BEGIN');
      try {
        const result = work({} as Transaction);
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    reload() {
      schema = buildSchema(store);
    },
    close: () => database.close(),
  };
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** `<CustomField>` and the like: `body` is the file's content without root. */
export const file = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${body}\n</${root}>\n`;

/** A manifest; members by type. */
export function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(types).map(
    ([name, members]) => `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return file('Package', `${entries.join('\n')}\n<version>66.0</version>`);
}

/** A zip of text files. */
export const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])));
