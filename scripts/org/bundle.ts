import type { Component } from '../metadata/component.ts';
import { printMetadata } from '../metadata/print-xml.ts';

/**
 * A Lightning component as files only. Its description (`.js-meta.xml`) is one of them, since its `targetConfigs` are free XML that
 * the metadata types do not describe (the WSDL has them as base64).
 */
export interface Bundle {
  readonly type: 'LightningComponentBundle';
  readonly fullName: string;
  readonly metadata: Readonly<Record<string, never>>;
  readonly files: Readonly<Record<string, string>>;
}

const FOLDER = 'lwc/';

export const isBundlePath = (path: string): boolean => path.startsWith(FOLDER);

/** Bundles from the files of a zip, by path (`lwc/stageTracker/stageTracker.js`). */
export function bundlesOf(texts: ReadonlyMap<string, string>): readonly Bundle[] {
  const inBundles = [...texts].filter(([path]) => isBundlePath(path));
  const byName = Map.groupBy(inBundles, ([path]) => path.split('/')[1]!);
  return [...byName].map(([fullName, files]) => ({
    type: 'LightningComponentBundle',
    fullName,
    metadata: {},
    files: Object.fromEntries(files.map(([path, text]) => [path.slice(FOLDER.length + fullName.length + 1), text])),
  }));
}

/** A compiled bundle in that form; its TypeScript stays in the project. */
export function asBundle({ fullName, metadata, files = {} }: Component): Bundle {
  const description = { [`${fullName}.js-meta.xml`]: printMetadata('LightningComponentBundle', metadata) };
  const code = Object.entries(files).filter(([name]) => !name.endsWith('.ts'));
  return {
    type: 'LightningComponentBundle',
    fullName,
    metadata: {},
    files: { ...Object.fromEntries(code), ...description },
  };
}

/** Files of a zip for a bundle. */
export const bundleEntries = ({
  fullName,
  files = {},
}: Pick<Component, 'fullName' | 'files'>): readonly (readonly [string, string])[] =>
  Object.entries(files).map(([name, text]) => [`${FOLDER}${fullName}/${name}`, text] as const);

/** Text of a bundle's file in which only what matters is left: the platform writes a description's XML its own way. */
export const comparable = (name: string, text: string): string => {
  const lines = text.replaceAll('\r\n', '\n').trim();
  if (!name.endsWith('.xml')) return lines;
  return lines
    .replace(/^<\?xml[^>]*\?>/, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/>\s+</g, '><')
    .replaceAll(/\s*\/>/g, '/>')
    .trim();
};
