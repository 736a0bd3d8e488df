import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSoql } from '../../../local-org/data/transaction.ts';
import type { SaveOperation, SaveResult, Transaction, UserContext } from '../../../local-org/data/types.ts';
import type { SoqlRecord } from '../../../local-org/data/soql/soql-result.ts';
import { parseXml } from '../../../local-org/metadata/xml/parse-xml.ts';
import { readMetadata } from '../../../local-org/metadata/xml/read-metadata.ts';
import { productComponents } from '../automation/product-components.ts';
import { openTestOrg, type TestOrg, type Values } from '../data/open-test-org.ts';

const PERMISSION_SETS = fileURLToPath(
  new URL('../../../force-app/waterfall/main/default/permissionsets/', import.meta.url),
);

/** What one user can do with the org, as through an API. */
export interface Person {
  readonly user: UserContext;
  readonly run: <T>(work: (tx: Transaction) => T) => T;
  readonly query: (soql: string) => readonly SoqlRecord[];
  readonly save: (operation: SaveOperation, object: string, records: readonly Values[]) => readonly SaveResult[];
}

export interface Company extends TestOrg {
  readonly person: (id: string) => Person;
  /** Makes a user; answers the id. */
  readonly hire: (
    name: string,
    options?: { profile?: string; role?: string | null; sets?: readonly string[] },
  ) => string;
}

/** An org with the product's metadata and permission sets, where Opportunity has this organization-wide default. */
export function openCompany(opportunityDefault = 'ReadWrite'): Company {
  const test = openTestOrg();
  for (const { type, fullName, metadata } of productComponents()) test.put(type, fullName, metadata);
  for (const file of globSync('*.permissionset-meta.xml', { cwd: PERMISSION_SETS })) {
    const { value } = readMetadata('PermissionSet', parseXml(readFileSync(PERMISSION_SETS + file, 'utf8')));
    test.put('PermissionSet', basename(file, '.permissionset-meta.xml'), value);
  }
  const stored = test.metadata.get('CustomObject', 'Opportunity')?.metadata ?? {};
  test.put('CustomObject', 'Opportunity', { ...stored, sharingModel: opportunityDefault });
  test.org.reload();
  return {
    ...test,
    person: (id) => personOf(test, id),
    hire(name, { profile = 'Standard User', role = null, sets = [] } = {}) {
      const id = test.insert('User', {
        Username: `${name}@people.example`,
        LastName: name,
        Email: `${name}@people.example`,
        Alias: name.slice(0, 8),
        TimeZoneSidKey: 'America/New_York',
        LocaleSidKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
        LanguageLocaleKey: 'en_US',
        UserRoleId: role,
        ProfileId: test.one(`SELECT Id FROM Profile WHERE Name = '${profile}'`).Id as string,
      });
      for (const set of sets) {
        const PermissionSetId = test.one(`SELECT Id FROM PermissionSet WHERE Name = '${set}'`).Id as string;
        test.insert('PermissionSetAssignment', { AssigneeId: id, PermissionSetId });
      }
      return id;
    },
  };
}

function personOf({ org }: TestOrg, id: string): Person {
  const user = org.user(id);
  const run: Person['run'] = (work) => org.transact(user, work, { mode: 'user' });
  return {
    user,
    run,
    query: (soql) => run((tx) => runSoql(tx, soql).records),
    save: (operation, object, records) => run((tx) => tx.save({ operation, object, records, allOrNone: false })),
  };
}

export const errorsOf = (results: readonly SaveResult[]): readonly string[] =>
  results.flatMap(({ errors }) => errors.map(({ statusCode, message }) => `${statusCode}: ${message}`));
