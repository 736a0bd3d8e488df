import type { MetadataStore } from '../open-metadata-store.ts';
import { parentOf } from '../metadata-registry.ts';
import { PROBLEMS } from '../rules/problems.ts';
import { usersOf } from '../rules/references.ts';
import { forgetField } from './forget-field.ts';
import { FLOW_VERSION, flowVersions, removeFlow } from './flow-versions.ts';

export type DeleteOutcome = { readonly deleted: string } | { readonly error: string } | { readonly warning: string };

/** Elements of profiles and permission sets that name a component of a type, and how. The platform takes them out with it. */
const GRANTS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  CustomField: [['fieldPermissions', 'field']],
  CustomObject: [['objectPermissions', 'object']],
  CustomApplication: [['applicationVisibilities', 'application']],
  CustomPermission: [['customPermissions', 'name']],
  CustomTab: [
    ['tabSettings', 'tab'],
    ['tabVisibilities', 'tab'],
  ],
  Layout: [['layoutAssignments', 'layout']],
  Flow: [['flowAccesses', 'flow']],
};

/**
 * Takes a component out of the store, with what belongs to it, or says why not. A component that is not there is a warning.
 * `leaving` tells what else the same deploy deletes.
 */
export function deleteComponent(
  store: MetadataStore,
  type: string,
  fullName: string,
  leaving: (type: string, fullName: string) => boolean,
): DeleteOutcome {
  if (type === 'Flow') return deleteFlow(store, fullName);
  const stored = store.get(type, fullName);
  if (!stored) return { warning: PROBLEMS.nothingToDelete(type, fullName) };
  if (type === 'RecordType') return { error: PROBLEMS.recordTypeDelete };
  if (type === 'Settings' || type === 'StandardValueSet') return { error: `${type} cannot be deleted through the API` };
  if (type === 'CustomField' && !/__c$/i.test(fullName)) return { error: `Cannot delete standard field: ${fullName}` };
  if (type === 'CustomObject' && !/__[a-z]+$/i.test(fullName))
    return { error: `Cannot delete standard object: ${fullName}` };
  if (type === 'Profile' && stored.metadata.custom !== true)
    return { error: `Cannot delete standard profile: ${fullName}` };
  if (type === 'Layout') {
    const problem = lastLayout(store, fullName);
    if (problem) return { error: problem };
  }
  const users = usersOf(store, type, fullName, leaving);
  if (users.length > 0) {
    return {
      error: type === 'CustomField' ? PROBLEMS.referencedElsewhere(users) : PROBLEMS.componentInUse(fullName, users),
    };
  }
  store.remove(type, fullName);
  removeGrants(store, type, fullName);
  if (type === 'CustomField') forgetField(store, fullName);
  if (type === 'CustomObject') removeChildren(store, fullName);
  return { deleted: stored.id };
}

/** SALTO change_validators/last_layout_removal.ts: an object must keep one layout at least. */
function lastLayout(store: MetadataStore, fullName: string): string | undefined {
  const object = fullName.split('-')[0] ?? '';
  const layouts = store.ofType('Layout').filter((one) => one.fullName.startsWith(`${object}-`));
  if (layouts.length <= 1) return `Cannot delete the only layout of ${object}`;
  const users = store
    .ofType('Profile')
    .filter((profile) =>
      ((profile.metadata.layoutAssignments ?? []) as { layout?: string }[]).some((one) => one.layout === fullName),
    );
  return users.length > 0
    ? PROBLEMS.componentInUse(
        fullName,
        users.map((profile) => `Profile - ${profile.fullName}`),
      )
    : undefined;
}

/**
 * A flow cannot be deleted by its bare name, only an inactive version by `Name-3`.
 * https://github.com/forcedotcom/cli/issues/3401, https://github.com/scolladon/sfdx-git-delta/pull/894
 */
function deleteFlow(store: MetadataStore, fullName: string): DeleteOutcome {
  const [, name = fullName, number] = /^(.*)-(\d+)$/.exec(fullName) ?? [];
  const versions = flowVersions(store, name);
  if (number === undefined) {
    return versions.length > 0
      ? { error: PROBLEMS.flowDelete }
      : { warning: PROBLEMS.nothingToDelete('Flow', fullName) };
  }
  const version = versions.find((one) => one.number === Number(number));
  if (!version) return { warning: PROBLEMS.nothingToDelete('Flow', fullName) };
  if (version.active) return { error: PROBLEMS.flowDelete };
  if (versions.length === 1) {
    removeFlow(store, name);
    removeGrants(store, 'Flow', name);
    return { deleted: version.id };
  }
  store.remove(FLOW_VERSION, `${name}-${number}`);
  const shown = flowVersions(store, name).find((one) => one.active) ?? flowVersions(store, name).at(-1);
  if (shown) store.put({ type: 'Flow', fullName: name, metadata: shown.metadata });
  return { deleted: version.id };
}

function removeGrants(store: MetadataStore, type: string, fullName: string): void {
  const lists = GRANTS[type] ?? [];
  if (lists.length === 0) return;
  for (const holder of [...store.ofType('PermissionSet'), ...store.ofType('Profile')]) {
    let changed = false;
    const metadata: Record<string, unknown> = { ...holder.metadata };
    for (const [list, key] of lists) {
      const entries = (metadata[list] ?? []) as Record<string, unknown>[];
      const kept = entries.filter((entry) => String(entry[key]).toLowerCase() !== fullName.toLowerCase());
      if (kept.length === entries.length) continue;
      metadata[list] = kept;
      changed = true;
    }
    if (changed) store.put({ type: holder.type, fullName: holder.fullName, metadata, files: holder.files });
  }
}

/** Fields, record types, layouts and the rest go with their object. */
function removeChildren(store: MetadataStore, object: string): void {
  for (const type of store.types()) {
    const isChild = parentOf(type)?.parent.name === 'CustomObject';
    if (!isChild && type !== 'Layout') continue;
    const prefix = `${object}${isChild ? '.' : '-'}`.toLowerCase();
    for (const component of store.ofType(type)) {
      if (!component.fullName.toLowerCase().startsWith(prefix)) continue;
      store.remove(type, component.fullName);
      removeGrants(store, type, component.fullName);
    }
  }
}
