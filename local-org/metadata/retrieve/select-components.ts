import type { PackageTypeMembers } from '../deploy-types.ts';
import { parentOf, registryEntry } from '../metadata-registry.ts';
import type { MetadataStore } from '../open-metadata-store.ts';
import { decodeName } from '../rules/rule.ts';
import type { StoredComponent } from '../types.ts';
import { FLOW_VERSION } from '../deploy/flow-versions.ts';
import { allowsWildcard, RETRIEVE_PROBLEMS } from './wildcards.ts';

export interface Selected {
  readonly components: readonly StoredComponent[];
  readonly problems: readonly string[];
}

/** The components that a manifest's types name, each once; children come with an object that is named itself. */
export function selectComponents(store: MetadataStore, types: readonly PackageTypeMembers[]): Selected {
  const found = new Map<string, StoredComponent>();
  const problems: string[] = [];
  const add = (component: StoredComponent): void => {
    found.set(`${component.type} ${component.fullName.toLowerCase()}`, component);
  };
  for (const { name: type, members } of types) {
    if (!registryEntry(type) && !parentOf(type)) {
      problems.push(RETRIEVE_PROBLEMS.unknownType(type));
      continue;
    }
    for (const member of members) {
      const selected = membersOf(store, type, member);
      if (selected.length === 0 && (member !== '*' || !allowsWildcard(type)))
        problems.push(RETRIEVE_PROBLEMS.notFound(type, member));
      for (const component of selected) {
        add(component);
        if (registryEntry(type)?.children) childrenOf(store, component).forEach(add);
      }
    }
  }
  return { components: [...found.values()], problems };
}

function membersOf(store: MetadataStore, type: string, member: string): readonly StoredComponent[] {
  if (member === '*') {
    if (!allowsWildcard(type)) return [];
    // `*` means custom objects; standard ones are named. Metadata API Developer Guide, CustomObject.
    return store.ofType(type).filter((one) => type !== 'CustomObject' || /__[a-z]+$/i.test(one.fullName));
  }
  const version = type === 'Flow' && /-\d+$/.test(member) ? store.get(FLOW_VERSION, member) : undefined;
  if (version) return [{ ...version, type: 'Flow', fileName: `flows/${version.fullName}.flow` }];
  const folder = member.includes('/') ? undefined : store.get(`${type}Folder`, member);
  if (folder) return [folder];
  const exact = store.get(type, member) ?? store.get(type, decodeName(member));
  if (exact) return [exact];
  return store
    .ofType(type)
    .filter((one) => decodeName(one.fullName).toLowerCase() === decodeName(member).toLowerCase());
}

function childrenOf(store: MetadataStore, parent: StoredComponent): readonly StoredComponent[] {
  const children = Object.values(registryEntry(parent.type)?.children ?? {});
  const prefix = `${parent.fullName.toLowerCase()}.`;
  return children.flatMap((type) =>
    store.ofType(type).filter((one) => parent.type === 'CustomLabels' || one.fullName.toLowerCase().startsWith(prefix)),
  );
}
