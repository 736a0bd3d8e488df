import { textOf } from '../text-of.ts';
import { isDeepStrictEqual } from 'node:util';
import type { ComponentToStore, MetadataStore } from '../open-metadata-store.ts';
import type { MetadataReader, StoredComponent } from '../types.ts';

/** The store's own type for one version of a flow, named `Flow_Name-3`; no client sees it as a metadata type. */
export const FLOW_VERSION = 'FlowVersion';

export interface FlowVersion {
  readonly id: string;
  readonly number: number;
  readonly active: boolean;
  readonly status: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly lastModifiedDate: string;
}

type Stamp = Pick<ComponentToStore, 'byId' | 'at'>;

/** Versions of a flow, oldest first. */
export function flowVersions(metadata: MetadataReader, flow: string): readonly FlowVersion[] {
  const prefix = `${flow.toLowerCase()}-`;
  return metadata
    .ofType(FLOW_VERSION)
    .filter((one) => one.fullName.toLowerCase().startsWith(prefix) && /^\d+$/.test(one.fullName.slice(prefix.length)))
    .map((one) => {
      const status = textOf(one.metadata.status, 'Draft');
      return {
        id: one.id,
        number: Number(one.fullName.slice(prefix.length)),
        active: status === 'Active',
        status,
        metadata: one.metadata,
        lastModifiedDate: one.lastModifiedDate,
      };
    })
    .sort((one, other) => one.number - other.number);
}

/** FlowSettings.enableFlowDeployAsActiveEnabled: without it an active flow lands inactive, as in a production org. */
function landsActive(metadata: MetadataReader): boolean {
  return metadata.get('Settings', 'Flow')?.metadata.enableFlowDeployAsActiveEnabled !== false;
}

const withoutStatus = (flow: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  ...flow,
  status: '',
});

/**
 * Stores a deployed flow. A flow that equals its active (or its latest) version is not changed; an inactive latest version is
 * overwritten; otherwise a new version is made. Afterwards the component `Flow` is the active version, or else the latest:
 * what a retrieve gives. Metadata API Developer Guide, Flow.
 */
export function putFlow(
  store: MetadataStore,
  name: string,
  sent: Readonly<Record<string, unknown>>,
  stamp: Stamp,
): StoredComponent {
  const versions = flowVersions(store, name);
  const latest = versions.at(-1);
  const same = versions.findLast((version) => isDeepStrictEqual(withoutStatus(version.metadata), withoutStatus(sent)));
  const wantsActive = sent.status === 'Active' && landsActive(store);
  const status = sent.status === 'Active' && !wantsActive ? 'Draft' : textOf(sent.status, 'Draft');
  let number: number;
  if (same && (same.active || same === latest)) {
    number = same.number;
    if (same.active && sent.status === 'Active') return writeFlow(store, name, stamp);
  } else {
    number = latest && !latest.active ? latest.number : (latest?.number ?? 0) + 1;
  }
  const metadata = { ...sent, status };
  const current = versions.find((version) => version.number === number);
  if (!current || !isDeepStrictEqual(current.metadata, metadata)) {
    store.put({ type: FLOW_VERSION, fullName: `${name}-${number}`, metadata, ...stamp });
  }
  if (wantsActive) deactivateOthers(store, name, number, stamp);
  return writeFlow(store, name, stamp);
}

function deactivateOthers(store: MetadataStore, name: string, number: number | null, stamp: Stamp): void {
  for (const version of flowVersions(store, name)) {
    if (!version.active || version.number === number) continue;
    store.put({
      type: FLOW_VERSION,
      fullName: `${name}-${version.number}`,
      metadata: { ...version.metadata, status: 'Obsolete' },
      ...stamp,
    });
  }
}

/**
 * Makes one version the active one; null or 0 deactivates the flow.
 * Returns undefined when the flow or the version does not exist.
 */
export function activateVersion(
  store: MetadataStore,
  name: string,
  number: number | null,
  stamp: Stamp,
): StoredComponent | undefined {
  const versions = flowVersions(store, name);
  const wanted = number === null || number === 0 ? null : number;
  const chosen = versions.find((version) => version.number === wanted);
  if (versions.length === 0 || (wanted !== null && !chosen)) return undefined;
  deactivateOthers(store, name, wanted, stamp);
  if (chosen && !chosen.active) {
    store.put({
      type: FLOW_VERSION,
      fullName: `${name}-${chosen.number}`,
      metadata: { ...chosen.metadata, status: 'Active' },
      ...stamp,
    });
  }
  return writeFlow(store, name, stamp);
}

/** Brings the components `Flow` and `FlowDefinition` in line with the versions. */
function writeFlow(store: MetadataStore, name: string, stamp: Stamp): StoredComponent {
  const versions = flowVersions(store, name);
  const active = versions.find((version) => version.active);
  const shown = active ?? versions.at(-1);
  if (!shown) throw new Error(`Flow ${name} has no version`);
  const definition = { activeVersionNumber: active?.number ?? 0, masterLabel: shown.metadata.label };
  putChanged(store, { type: 'FlowDefinition', fullName: name, metadata: definition, ...stamp });
  return putChanged(store, { type: 'Flow', fullName: name, metadata: shown.metadata, ...stamp });
}

/** Leaves a component that would not change alone, its dates included. */
export function putChanged(store: MetadataStore, component: ComponentToStore): StoredComponent {
  const before = store.get(component.type, component.fullName);
  if (before && sameContent(before, component)) return before;
  return store.put(component);
}

/** Compared as stored: what JSON leaves out does not count. */
function sameContent(before: StoredComponent, component: ComponentToStore): boolean {
  const files = component.files ?? new Map<string, Uint8Array>();
  if (before.files.size !== files.size) return false;
  for (const [path, content] of files) {
    const known = before.files.get(path);
    if (!known || Buffer.compare(known, content) !== 0) return false;
  }
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  return isDeepStrictEqual(plain(before.metadata), plain(component.metadata));
}

export function removeFlow(store: MetadataStore, name: string): void {
  for (const version of flowVersions(store, name)) store.remove(FLOW_VERSION, `${name}-${version.number}`);
  store.remove('FlowDefinition', name);
  store.remove('Flow', name);
}
