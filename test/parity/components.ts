import { deployFiles, failureText, type DeployResult } from './deploy.ts';
import { filesOf, manifest, membersOf } from './package-files.ts';
import { call, query, type Target } from './target.ts';
import type { Component } from './scenario.ts';

/** Every component that a scenario brings must be called this, so that nobody's own is touched. */
export const PREFIX = 'WfParity_';
const ACCESS = `${PREFIX}Access`;

/** A name without its object: `WfParity_X__c` of `Opportunity.WfParity_X__c`. */
const ownName = (fullName: string): string => fullName.slice(fullName.indexOf('.') + 1);

/** Throws when a component could be one of the org's own. */
export function assertOwn(components: readonly Pick<Component, 'type' | 'fullName'>[]): void {
  const foreign = components.find(
    ({ fullName }) => !fullName.startsWith(PREFIX) && !ownName(fullName).startsWith(PREFIX),
  );
  if (foreign)
    throw new Error(
      `${foreign.type} ${foreign.fullName} is not called ${PREFIX}…: scenarios bring only components of their own`,
    );
}

/** Fields of which field-level security can be granted: required ones and master-detail relationships are always visible. */
const grantable = ({ type, metadata }: Component): boolean =>
  type === 'CustomField' && metadata['required'] !== true && metadata['type'] !== 'MasterDetail';

/** A permission set that shows the running user what was deployed: the Metadata API itself grants nobody access to new fields. */
function accessTo(components: readonly Component[]): Component {
  const fields = components.filter(grantable).map(({ fullName, metadata }) => ({
    editable: metadata['formula'] === undefined && metadata['type'] !== 'Summary' && metadata['type'] !== 'AutoNumber',
    field: fullName,
    readable: true,
  }));
  const objects = components
    .filter(({ type, metadata }) => type === 'CustomObject' && metadata['sharingModel'] !== 'ControlledByParent')
    .map(({ fullName }) => ({
      allowCreate: true,
      allowDelete: true,
      allowEdit: true,
      allowRead: true,
      modifyAllRecords: true,
      object: fullName,
      viewAllRecords: true,
    }));
  const recordTypes = components
    .filter(({ type, metadata }) => type === 'RecordType' && metadata['active'] === true)
    .map(({ fullName }) => ({ recordType: fullName, visible: true }));
  const metadata = {
    ...(fields.length > 0 ? { fieldPermissions: fields } : {}),
    label: ACCESS,
    ...(objects.length > 0 ? { objectPermissions: objects } : {}),
    ...(recordTypes.length > 0 ? { recordTypeVisibilities: recordTypes } : {}),
  };
  return { type: 'PermissionSet', fullName: ACCESS, metadata };
}

/** Brings what the scenarios of a file stand on, and lets the running user see it. Throws when the org refuses. */
export async function layGround(target: Target, ground: readonly Component[]): Promise<void> {
  if (ground.length === 0) return;
  assertOwn(ground);
  const all = [...ground, accessTo(ground)];
  const result = await deployFiles(target, { 'package.xml': manifest(membersOf(all)), ...filesOf(all) });
  if (!result.success) throw new Error(`what the scenarios stand on was refused: ${failureText(result)}`);
  const [set] = await query<{ Id: string }>(target, `SELECT Id FROM PermissionSet WHERE Name = '${ACCESS}'`);
  await call(target, {
    method: 'POST',
    path: '/sobjects/PermissionSetAssignment',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ AssigneeId: target.userId, PermissionSetId: set?.Id }),
  });
}

/** Flows by name: their versions must be inactive before they can go, one by one (https://github.com/forcedotcom/cli/issues/3401). */
async function deactivate(target: Target, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const inactive = names.map((fullName) => ({
    type: 'FlowDefinition',
    fullName,
    metadata: { activeVersionNumber: 0 },
  }));
  await deployFiles(target, { 'package.xml': manifest(membersOf(inactive)), ...filesOf(inactive) });
}

/** Deletes by a destructive manifest. */
export async function destroy(
  target: Target,
  components: readonly Pick<Component, 'type' | 'fullName'>[],
): Promise<DeployResult> {
  return deployFiles(
    target,
    { 'package.xml': manifest({}), 'destructiveChanges.xml': manifest(membersOf(components)) },
    { purgeOnDelete: target.kind !== 'production', ignoreWarnings: true },
  );
}

/** What refers to other components hinders their deletion, and must go before them. */
const refers = ({ type, metadata }: Component): boolean =>
  type === 'ValidationRule' ||
  (type === 'CustomField' && (metadata['formula'] !== undefined || metadata['type'] === 'Summary'));
const relates = ({ type, metadata }: Component): boolean =>
  type === 'CustomField' && metadata['referenceTo'] !== undefined;

/** Components in the order in which they can go. Other parts of an object of ours go with it. */
function inOrder(components: readonly Component[]): readonly (readonly Component[])[] {
  const objects = new Set(components.filter(({ type }) => type === 'CustomObject').map(({ fullName }) => fullName));
  const goesAlong = ({ type, fullName }: Component): boolean =>
    type !== 'CustomObject' && objects.has(fullName.split('.')[0]!);
  const rest = components.filter((one) => !refers(one) && !relates(one) && !goesAlong(one));
  return [components.filter(refers), components.filter(relates), rest];
}

/** Versions of a flow as destructive manifests name them. */
async function versionsOf(target: Target, names: readonly string[]): Promise<readonly Component[]> {
  if (names.length === 0) return [];
  const soql = `SELECT VersionNumber, Definition.DeveloperName FROM Flow WHERE Definition.DeveloperName IN (${names.map((name) => `'${name}'`).join(', ')})`;
  const { body } = await call(target, { method: 'GET', path: `/tooling/query?q=${encodeURIComponent(soql)}` });
  const { records = [] } = body as {
    records?: readonly { VersionNumber: number; Definition: { DeveloperName: string } }[];
  };
  return records.map((row) => ({
    type: 'Flow',
    fullName: `${row.Definition.DeveloperName}-${row.VersionNumber}`,
    metadata: {},
  }));
}

/** Takes away everything that was deployed, users of things before the things. Answers what stays. */
export async function removeComponents(
  target: Target,
  deployed: readonly Component[],
  ground: readonly Component[],
): Promise<readonly string[]> {
  const all = [...deployed, ...ground];
  if (all.length === 0) return [];
  const left: string[] = [];
  const flows = [...new Set(all.filter(({ type }) => type === 'Flow').map(({ fullName }) => fullName))];
  const versions = await versionsOf(target, flows);
  await deactivate(target, [...new Set(versions.map(({ fullName }) => fullName.replace(/-\d+$/, '')))]);
  const assignments = await query<{ Id: string }>(
    target,
    `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = '${ACCESS}'`,
  );
  for (const { Id } of assignments)
    await call(target, { method: 'DELETE', path: `/sobjects/PermissionSetAssignment/${Id}` });
  const access = ground.length > 0 ? [{ type: 'PermissionSet', fullName: ACCESS, metadata: {} }] : [];
  const things = inOrder(all.filter(({ type }) => type !== 'Flow'));
  for (const some of [[...versions, ...access], ...things].filter((one) => one.length > 0)) {
    const unique = [...new Map(some.map((one) => [`${one.type} ${one.fullName}`, one])).values()];
    const result = await destroy(target, unique);
    if (!result.success) left.push(failureText(result));
  }
  return left;
}
