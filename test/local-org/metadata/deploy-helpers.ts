import { zipSync } from 'fflate';
import type { UserContext } from '../../../local-org/data/types.ts';
import { ADMIN_USERNAME, openLocalOrg } from '../../../local-org/open-org.ts';
import { deploy } from '../../../local-org/metadata/deploy.ts';
import type { DeployOptions, DeployResult } from '../../../local-org/metadata/deploy-types.ts';
import type { LocalOrg } from '../../../local-org/types.ts';

const NOW = new Date('2026-02-03T04:05:06.000Z');

export interface TestOrg {
  readonly org: LocalOrg;
  readonly admin: UserContext;
}

/** A new org in memory whose time stands still, and its administrator. */
export function openTestOrg(): TestOrg {
  const org = openLocalOrg({ file: ':memory:', now: () => NOW });
  return { org, admin: org.user(ADMIN_USERNAME) };
}

/** A sandbox may keep what is right of a deploy in error; production may not. */
export function openTestSandbox(): TestOrg {
  const scene = openTestOrg();
  scene.org.database.exec('UPDATE "Organization" SET "IsSandbox" = 1');
  return scene;
}

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';

/** `<CustomField>` and the like: `body` is the file's content without root. */
export const file = (root: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="${NAMESPACE}">\n${body}\n</${root}>\n`;

/** A manifest; members by type. */
export function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const entries = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return file('Package', `${entries.join('\n')}\n<version>66.0</version>`);
}

/** A zip of text files. */
export const zipOf = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, new TextEncoder().encode(text)])));

/** A before-save flow on Opportunity that writes `text` into NextStep. */
export const FLOW = (text: string, status = 'Active'): string =>
  file(
    'Flow',
    `<apiVersion>66.0</apiVersion>
  <assignments><name>Stamp_It</name><label>Stamp It</label><locationX>0</locationX><locationY>0</locationY>
    <assignmentItems><assignToReference>$Record.NextStep</assignToReference><operator>Assign</operator>
    <value><stringValue>${text}</stringValue></value></assignmentItems></assignments>
  <label>Stamp</label><processType>AutoLaunchedFlow</processType>
  <start><locationX>0</locationX><locationY>0</locationY><connector><targetReference>Stamp_It</targetReference></connector>
    <object>Opportunity</object><recordTriggerType>CreateAndUpdate</recordTriggerType><triggerType>RecordBeforeSave</triggerType></start>
  <status>${status}</status>`,
  );

/** Failures as `Type Name: problem`. */
export const failuresOf = (result: DeployResult): string[] =>
  result.details.componentFailures.map((one) => `${one.componentType} ${one.fullName}: ${one.problem ?? ''}`);

/** Deploys files, with a manifest of the given members. */
export function deployFiles(
  { org, admin }: TestOrg,
  types: Readonly<Record<string, readonly string[]>>,
  files: Readonly<Record<string, string>>,
  options: DeployOptions = { rollbackOnError: true, ignoreWarnings: true },
): DeployResult {
  return deploy(org, admin, zipOf({ 'package.xml': manifest(types), ...files }), options);
}
