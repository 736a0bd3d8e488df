import { apexClassesOf, apexDescriptionPath } from './apex-class-files.ts';
import type { Component } from './component.ts';
import { printManifest } from './manifest.ts';
import { MetadataError } from './metadata-error.ts';
import { CHILD_TYPES, rootElement, splitChildName, TOP_LEVEL_TYPES } from './metadata-types.ts';
import { mergeChildren, splitChildren } from './object-children.ts';
import { parseMetadata } from './parse-xml.ts';
import { printMetadata } from './print-xml.ts';

type Named = Pick<Component, 'type' | 'fullName'>;

export interface Deployment {
  readonly apiVersion: string;
  /** Deleted after the components have been deployed (destructiveChangesPost.xml). */
  readonly removeAfter?: readonly Named[];
  /** Deleted before (destructiveChangesPre.xml). */
  readonly removeBefore?: readonly Named[];
}

/** The file of a component in metadata format; children of an object share their object's. */
export const metadataPath = ({ type, fullName }: Named): string => {
  if (type in CHILD_TYPES) return `objects/${splitChildName(fullName)[0]}.object`;
  const top = TOP_LEVEL_TYPES[type];
  if (top === undefined) throw new MetadataError(`No file layout is known for ${type}; add it to metadata-types.ts`);
  if (type === 'ApexClass') return apexDescriptionPath(fullName);
  if (type === 'LightningComponentBundle') return `${top.directory}/${fullName}/${fullName}.js-meta.xml`;
  return `${top.directory}/${fullName}.${top.suffix}`;
};

const objectEntries = (components: readonly Component[]): readonly [string, string][] => {
  const objects = Map.groupBy(
    components.filter(({ type }) => type === 'CustomObject' || type in CHILD_TYPES),
    metadataPath,
  );
  return [...objects].map(([path, members]) => {
    const own = members.find(({ type }) => type === 'CustomObject')?.metadata ?? {};
    const children = members.filter(({ type }) => type !== 'CustomObject');
    return [path, printMetadata('CustomObject', mergeChildren(own as Readonly<Record<string, unknown>>, children))];
  });
};

const fileEntries = (component: Component): readonly [string, string][] => {
  const path = metadataPath(component);
  const folder = path.slice(0, path.lastIndexOf('/'));
  const beside = Object.entries(component.files ?? {}).filter(([name]) => !name.endsWith('.ts'));
  return [
    [path, printMetadata(rootElement(component.type, component.fullName), component.metadata)],
    ...beside.map(([name, text]): [string, string] => [`${folder}/${name}`, text]),
  ];
};

/**
 * The files of a deployment in metadata format, package.xml among them, by path in the zip. An object's children are
 * merged into its file; package.xml names each component itself, so that an object file without CustomObject in it
 * deploys its children only. Of code it holds the JavaScript.
 */
export const toMetadataZipEntries = (
  components: readonly Component[],
  { apiVersion, removeAfter = [], removeBefore = [] }: Deployment,
): ReadonlyMap<string, string> => {
  const topLevel = components.filter(({ type }) => type !== 'CustomObject' && !(type in CHILD_TYPES));
  const entries = [
    ...objectEntries(components),
    ...topLevel.flatMap(fileEntries),
    ['package.xml', printManifest(components, apiVersion)] as [string, string],
  ];
  if (removeBefore.length > 0) entries.push(['destructiveChangesPre.xml', printManifest(removeBefore, apiVersion)]);
  if (removeAfter.length > 0) entries.push(['destructiveChangesPost.xml', printManifest(removeAfter, apiVersion)]);
  return new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
};

const named = (path: string): Named | undefined => {
  for (const [type, { directory, suffix }] of Object.entries(TOP_LEVEL_TYPES)) {
    if (type === 'ApexClass') continue;
    const [folder, ...rest] = path.split('/');
    const file = rest.at(-1);
    if (folder !== directory || file === undefined) continue;
    const end = type === 'LightningComponentBundle' ? '.js-meta.xml' : `.${suffix}`;
    if (file.endsWith(end)) return { type, fullName: file.slice(0, -end.length) };
  }
  return undefined;
};

/**
 * The components in a retrieved zip's files, with objects taken apart into their children. Files of types that
 * metadata-types.ts does not list (code, package.xml) are left out. `source` says where they come from. Throws
 * MetadataError for a damaged file.
 */
export const fromMetadataZipEntries = (entries: ReadonlyMap<string, string>, source: string): readonly Component[] => [
  ...apexClassesOf(entries, source),
  ...[...entries].flatMap(([path, text]): readonly Component[] => {
    const name = named(path);
    if (name === undefined) return [];
    const { fullName: _, ...value } = parseMetadata(text, path).value;
    if (name.type !== 'CustomObject') return [{ ...name, metadata: value, source }];
    const { own, children } = splitChildren(name.fullName, value, source);
    return [...(Object.keys(own).length > 0 ? [{ ...name, metadata: own, source }] : []), ...children];
  }),
];
