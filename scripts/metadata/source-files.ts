import type { Component } from './component.ts';
import { MetadataError } from './metadata-error.ts';
import { CHILD_TYPES, rootElement, splitChildName, TOP_LEVEL_TYPES } from './metadata-types.ts';
import { printMetadata } from './print-xml.ts';

type Named = Pick<Component, 'type' | 'fullName'>;

/**
 * The path of a component's metadata file below a source-format package directory:
 * `objects/Opportunity/fields/X__c.field-meta.xml`, `layouts/Opportunity-Waterfall Renewal.layout-meta.xml`,
 * `lwc/waterfallStages/waterfallStages.js-meta.xml`.
 */
export const sourcePath = ({ type, fullName }: Named): string => {
  const child = CHILD_TYPES[type];
  if (child !== undefined) {
    const [object, name] = splitChildName(fullName);
    return `objects/${object}/${child.directory}/${name}.${child.suffix}-meta.xml`;
  }
  const top = TOP_LEVEL_TYPES[type];
  if (top === undefined) throw new MetadataError(`No file layout is known for ${type}; add it to metadata-types.ts`);
  const inFolder = type === 'CustomObject' || type === 'LightningComponentBundle';
  return `${top.directory}/${inFolder ? `${fullName}/` : ''}${fullName}.${top.suffix}-meta.xml`;
};

/** A component's value as its own source file holds it: children of an object name themselves. */
const sourceValue = ({ type, fullName, metadata }: Component): object =>
  type in CHILD_TYPES ? { fullName: splitChildName(fullName)[1], ...metadata } : metadata;

/** Every file of a component in source format, by path below the package directory. Of code it holds the TypeScript. */
export const sourceFiles = (component: Component): ReadonlyMap<string, string> => {
  const path = sourcePath(component);
  const folder = path.slice(0, path.lastIndexOf('/'));
  const beside = Object.entries(component.files ?? {}).filter(([name]) => !name.endsWith('.js'));
  return new Map([
    [path, printMetadata(rootElement(component.type, component.fullName), sourceValue(component))],
    ...beside.map(([name, text]): [string, string] => [`${folder}/${name}`, text]),
  ]);
};

/**
 * The component a source-format path stands for, or undefined for a path of another kind (code, folders, other types).
 */
export const componentOfSourcePath = (path: string): Named | undefined => {
  const parts = path.split('/');
  const file = parts.at(-1) ?? '';
  const [folder, object, kind] = parts;
  for (const [type, { directory, suffix }] of Object.entries(CHILD_TYPES)) {
    const end = `.${suffix}-meta.xml`;
    if (parts.length === 4 && folder === 'objects' && kind === directory && file.endsWith(end)) {
      return { type, fullName: `${object ?? ''}.${file.slice(0, -end.length)}` };
    }
  }
  for (const [type, { directory, suffix }] of Object.entries(TOP_LEVEL_TYPES)) {
    const end = `.${suffix}-meta.xml`;
    if (folder !== directory || !file.endsWith(end)) continue;
    const named = { type, fullName: file.slice(0, -end.length) };
    if (sourcePath(named) === path) return named;
  }
  return undefined;
};
