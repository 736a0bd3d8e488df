import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { openMetadataStore } from '../../local-org/metadata/open-metadata-store.ts';
import { startLocalOrg, type RunningOrg } from '../../local-org/start-local-org.ts';

/** Settings under which Salesforce's clients talk to the local org alone and write to no one's home. */
export const QUIET: Readonly<Record<string, string>> = {
  SF_DISABLE_TELEMETRY: 'true',
  SF_AUTOUPDATE_DISABLE: 'true',
  SF_SKIP_NEW_VERSION_CHECK: 'true',
  SF_DISABLE_LOG_FILE: 'true',
  SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
};

/** jsforce sends loopback through a proxy too, whatever NO_PROXY says. */
export const PROXIES = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'] as const;

/** A folder that is gone after the test. */
export function temporaryFolder(t: TestContext, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `waterfall-${name}-`));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An org in memory on a port of its own. */
export async function servedOrg(t: TestContext): Promise<RunningOrg> {
  const running = await startLocalOrg();
  t.after(() => running.close());
  return running;
}

/**
 * Lets administrators see and edit fields. On the platform nobody sees a field that the Metadata API made until a profile
 * or permission set grants it.
 */
export function grantToAdministrators({ org }: RunningOrg, ...fields: readonly string[]): void {
  const metadata = openMetadataStore(org.database);
  const admin = org.metadata.get('Profile', 'Admin')?.metadata ?? {};
  const granted = (admin['fieldPermissions'] ?? []) as readonly unknown[];
  const more = fields.map((field) => ({ field, readable: true, editable: true }));
  metadata.put({ type: 'Profile', fullName: 'Admin', metadata: { ...admin, fieldPermissions: [...granted, ...more] } });
  org.reload();
}

/** Clients in this process: no proxy, and a home of their own. Call before they are imported. */
export function isolateThisProcess(folder: string): void {
  for (const name of PROXIES) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, QUIET, { HOME: folder });
}

const METADATA = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

export const textField = (name: string, more: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CustomField ${METADATA}>\n    <fullName>${name}</fullName>\n    <label>${name.replace('__c', '')}</label>\n${more}` +
  '    <type>Text</type>\n</CustomField>\n';

/** A source project with the given files below its package folder. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  const all: Record<string, string> = {
    'sfdx-project.json': JSON.stringify({
      packageDirectories: [{ path: 'force-app', default: true }],
      sourceApiVersion: '66.0',
    }),
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`force-app/main/default/${path}`, text])),
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Path of a custom field of Opportunity in a source project. */
export const fieldPath = (name: string): string => `objects/Opportunity/fields/${name}.field-meta.xml`;
