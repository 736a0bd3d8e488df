import { parentOf, registryEntry } from '../metadata-registry.ts';
import { isFolderType, schemaTypeOf } from '../package/modelled-types.ts';
import type { StoredComponent } from '../types.ts';
import { elementsOf } from '../xml/metadata-schema.ts';
import { printMetadataFile } from '../xml/print-metadata.ts';
import { filterByRequest, type InRequest } from './filter-by-request.ts';

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** The files of a retrieve: children merged into their parent's file, everything else a file (or a bundle's files) of its own. */
export function componentFiles(
  components: readonly StoredComponent[],
  inRequest: InRequest,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const parents = new Map<string, { type: string; content: Record<string, unknown> }>();
  for (const component of components) {
    const content = filterByRequest(component, inRequest);
    const owner = parentOf(component.type);
    if (owner) {
      const shell = shellOf(parents, component.fileName, owner.parent.name);
      const local =
        owner.parent.name === 'CustomLabels'
          ? component.fullName
          : component.fullName.slice(component.fullName.indexOf('.') + 1);
      const siblings = (shell.content[owner.element] ??= []) as unknown[];
      siblings.push({ fullName: local, ...content });
    } else if (registryEntry(component.type)?.children) {
      const shell = shellOf(parents, component.fileName, component.type);
      for (const [name, value] of Object.entries(content))
        if (!(Array.isArray(value) && value.length === 0)) shell.content[name] = value;
    } else {
      for (const [path, bytes] of ownFiles(component, content)) files.set(path, bytes);
    }
  }
  for (const [path, { type, content }] of parents) {
    for (const value of Object.values(content))
      if (Array.isArray(value)) sortChildren(value as { fullName?: string }[]);
    files.set(path, text(printMetadataFile(type, type, content)));
  }
  return files;
}

function shellOf(
  parents: Map<string, { type: string; content: Record<string, unknown> }>,
  fileName: string,
  type: string,
): { type: string; content: Record<string, unknown> } {
  let shell = parents.get(fileName);
  if (!shell) parents.set(fileName, (shell = { type, content: {} }));
  return shell;
}

/** The platform writes an object's children in the order of their names. */
function sortChildren(children: { fullName?: string }[]): void {
  if (children.every((child) => typeof child === 'object' && child.fullName !== undefined)) {
    children.sort((one, other) => ((one.fullName ?? '') < (other.fullName ?? '') ? -1 : 1));
  }
}

function ownFiles(
  component: StoredComponent,
  content: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, Uint8Array> {
  if (component.files.size > 0) return component.files;
  if (typeof content.raw === 'string') return new Map([[component.fileName, text(content.raw)]]);
  const type = schemaTypeOf(component.type, component.fullName);
  if (!elementsOf(type)) return new Map();
  const root = isFolderType(component.type) ? component.type : type;
  return new Map([[component.fileName, text(printMetadataFile(root, type, content))]]);
}
